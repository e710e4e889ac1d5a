package embed

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/sashabaranov/go-openai"

	"dryad/internal/english"
)

// maxAnswer bounds the size of an answer in bytes.
const maxAnswer = 256 << 20

// passing reports whether trying again may help.
func passing(err error) bool {
	status := statusOf(err)
	return status == 0 || status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// redirected is an answer that sends the question elsewhere.
type redirected struct {
	where string
	code  int
}

func (r *redirected) Error() string {
	return fmt.Sprintf("it redirects to %s (%d), which is not followed, for it would take the key and the texts there: if that is right, give it as the base URL", r.where, r.code)
}

// statusOf is the HTTP status of a failed request, 0 where there was no answer.
func statusOf(err error) int {
	var api *openai.APIError
	if errors.As(err, &api) {
		return api.HTTPStatusCode
	}
	var moved *redirected
	if errors.As(err, &moved) {
		return moved.code
	}
	var request *openai.RequestError
	if errors.As(err, &request) {
		return request.HTTPStatusCode
	}
	return 0
}

// explain says what was tried and what may be wrong. The key never shows, even if
// the endpoint repeats it.
func (c *Client) explain(err error, attempts int) error {
	hint := ""
	switch statusOf(err) {
	case http.StatusUnauthorized, http.StatusForbidden:
		hint = " (is the key right?)"
	case http.StatusNotFound:
		hint = " (are the address and the model right? the address usually ends with /v1)"
	case http.StatusTooManyRequests:
		hint = " (the endpoint limits the rate or the quota is used up)"
	}
	where := c.params.BaseURL
	if where == "" {
		where = "api.openai.com"
	} else if address, err := url.Parse(where); err == nil {
		where = address.Redacted()
	}
	message := fmt.Sprintf("embeddings from %s, model %s, after %s%s: ", where, c.params.Model, english.Number(attempts, "attempt"), hint)
	if c.params.Key != "" && strings.Contains(err.Error(), c.params.Key) {
		return errors.New(message + strings.ReplaceAll(err.Error(), c.params.Key, "***"))
	}
	return fmt.Errorf("%s%w", message, err)
}

// bounded is an HTTP client that reads no more than maxAnswer of an answer.
type bounded struct{ client http.Client }

// Do implements openai.HTTPDoer.
func (b *bounded) Do(request *http.Request) (*http.Response, error) {
	response, err := b.client.Do(request)
	if err != nil {
		return nil, err
	}
	if code := response.StatusCode; code >= 300 && code < 400 {
		response.Body.Close()
		where := "nowhere"
		if to, err := response.Location(); err == nil {
			to.User, to.RawQuery, to.Fragment = nil, "", ""
			where = to.String()
		}
		return nil, &redirected{where, code}
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, maxAnswer), response.Body}
	return response, nil
}
