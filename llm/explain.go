package llm

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// retryable is a fault that may pass, with the pause that the endpoint asked
// for if it did.
type retryable struct {
	fault *ProviderError
	after error // nil or *backoff.RetryAfterError
}

func (r *retryable) Error() string   { return r.fault.Error() }
func (r *retryable) Unwrap() []error { return []error{r.fault, r.after} }

// plain is the fault in what a try returned.
func plain(err error) error {
	var fault *ProviderError
	if errors.As(err, &fault) {
		return fault
	}
	return err
}

// ErrContext is wrapped by the error of a prompt that is longer than what the
// model takes. Asking again does not help.
var ErrContext = errors.New("the prompt is longer than the model takes")

// A ContextError says how long a prompt was that the model does not take, in
// tokens, and what it takes with the answer; each is 0 if the server does not
// say.
type ContextError struct{ Prompt, Context int }

func (*ContextError) Error() string { return ErrContext.Error() }

// Is reports whether target is [ErrContext].
func (*ContextError) Is(target error) bool { return target == ErrContext }

// passes reports whether a request that failed with a status may be answered
// when it is sent again.
func passes(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return status >= 500
}

// detail is foreign text behind a colon.
func (e *endpoint) detail(text string) string {
	if text = redact(text, e.params.Key); text != "" {
		return ": " + text
	}
	return ""
}

func (e *endpoint) fatal(cause error, format string, args ...any) error {
	return backoff.Permanent(&ProviderError{Text: e.who() + " " + fmt.Sprintf(format, args...), Permanent: true, Cause: cause})
}

// nobody is a fault of an endpoint that cannot be asked anything.
func (e *endpoint) nobody(cause error, format string, args ...any) error {
	return backoff.Permanent(&ProviderError{Text: e.who() + " " + fmt.Sprintf(format, args...), Permanent: true, Unreachable: true, Cause: cause})
}

// again is a fault that may pass, unless the endpoint wants too long a pause.
func (e *endpoint) again(cause error, wait time.Duration, format string, args ...any) error {
	fault := &ProviderError{Text: e.who() + " " + fmt.Sprintf(format, args...), Passing: true, Cause: cause}
	if wait > e.params.LongestWait {
		fault.Text += fmt.Sprintf("; it asks to wait for %v, which is too long", wait)
		return backoff.Permanent(fault)
	}
	failure := &retryable{fault: fault}
	if wait > 0 {
		failure.after = &backoff.RetryAfterError{Duration: wait}
	}
	return failure
}

// refused says in one line why a request was refused, and whether another may
// be answered.
func (e *endpoint) refused(got reply, r refusal, request Request) error {
	status := got.status
	if status == http.StatusOK {
		// An error inside of an answer; some proxies give its status as a code.
		status = http.StatusInternalServerError
		if code, err := strconv.Atoi(r.code); err == nil && code >= 400 && code < 600 {
			status = code
		}
	}
	cause := fmt.Errorf("status %d", status)
	detail := e.detail(r.message)
	if status >= 400 && r.contextFull() {
		has := fmt.Sprintf("about %d tokens (estimated)", EstimateTokens(request.Messages))
		if r.prompt > 0 {
			has = fmt.Sprintf("%d tokens", r.prompt)
		}
		takes := "fewer, and does not say how many"
		if r.context > 0 {
			takes = fmt.Sprintf("%d with the answer", r.context)
		}
		full := &ContextError{Prompt: r.prompt, Context: r.context}
		return e.fatal(errors.Join(full, cause), "does not take this prompt: it has %s, the server takes %s; start the server with a larger context (llama.cpp: --ctx-size), or let the prompt be cut (--context) or the answer be shorter (--answer-tokens)%s", has, takes, detail)
	}
	switch {
	case status >= 300 && status < 400:
		where := "nowhere"
		if at, err := url.Parse(got.location); err == nil && got.location != "" {
			if base, err := url.Parse(e.address); err == nil {
				at = base.ResolveReference(at)
			}
			where = redact(publicURL(at.String()), e.params.Key)
		}
		return e.nobody(cause, "redirects to %s (%d), which is not followed, for it would take the key and the prompt there: if that is right, give it as the base URL", where, status)
	case status < 400:
		return e.nobody(cause, "answered with status %d and no answer: check the base URL%s", status, detail)
	case status == http.StatusUnauthorized:
		return e.nobody(cause, "refused the key (401): set %s to a valid one%s", e.params.KeyVariable, detail)
	case status == http.StatusForbidden:
		return e.nobody(cause, "does not let this key use the model (403)%s", detail)
	case status == http.StatusPaymentRequired:
		return e.nobody(cause, "wants to be paid (402)%s", detail)
	case status == http.StatusNotFound:
		return e.nobody(cause, "is not there (404): check the model's name, and that the base URL ends where /chat/completions begins%s", detail)
	case status == http.StatusMethodNotAllowed:
		return e.nobody(cause, "takes no questions at this address (405): check that the base URL ends where /chat/completions begins%s", detail)
	case status == http.StatusTooManyRequests && spentCredit.MatchString(r.code+" "+r.message):
		return e.nobody(cause, "has no credit left for this key (429)%s", detail)
	case status == http.StatusTooManyRequests:
		return e.again(cause, got.retryAfter, "is asked too often, or has no credit left (429)%s", detail)
	case passes(status):
		return e.again(cause, got.retryAfter, "failed with status %d%s", status, detail)
	}
	hint := ""
	if strings.Contains(r.message, "seed") {
		hint = "; if it does not take a seed, leave it out with --no-seed"
	}
	return backoff.Permanent(&ProviderError{Text: fmt.Sprintf("%s did not accept the request (%d)%s%s", e.who(), status, detail, hint), Cause: cause})
}

// spentCredit matches a 429 that does not pass by waiting.
var spentCredit = regexp.MustCompile(`(?i)insufficient_quota|exceeded your current quota|insufficient (credit|balance)|billing`)

// unreached says in one line why there was no answer at all.
func (e *endpoint) unreached(err error) error {
	var network net.Error
	switch {
	case errors.Is(err, errTooLong):
		return e.fatal(err, "sent an answer of more than %d MB: is it a chat endpoint?", maxAnswer>>20)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return e.again(err, 0, "broke off in the middle of its answer")
	case errors.Is(err, io.EOF):
		return e.again(err, 0, "sent nothing back")
	case errors.Is(err, errForm):
		return e.nobody(err, "did not answer in the form of a chat endpoint: check the base URL")
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout():
		return e.again(err, 0, "gave no answer within %v", e.params.Timeout)
	case errors.Is(err, syscall.ECONNREFUSED):
		return e.nobody(err, "cannot be reached: nothing listens there; start the server or check the base URL")
	}
	var unknown *net.DNSError
	if errors.As(err, &unknown) && unknown.IsNotFound {
		return e.nobody(err, "cannot be reached: no host is named %s", redact(unknown.Name, e.params.Key))
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return e.nobody(err, "cannot be trusted%s", e.detail(certificate.Err.Error()))
	}
	var address *url.Error
	if errors.As(err, &address) && address.Op == "parse" {
		return e.nobody(err, "cannot be asked: the base URL cannot be read")
	}
	if strings.Contains(err.Error(), "unsupported protocol scheme") {
		return e.nobody(err, "cannot be asked: the base URL begins with http:// or https://")
	}
	return e.again(err, 0, "could not be asked%s", e.detail(cause(err).Error()))
}

// cause is the innermost error, below those that repeat the address.
func cause(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// parseRetryAfter reads the header in its two forms, seconds and a date.
func parseRetryAfter(value string, now time.Time) time.Duration {
	if value == "" {
		return 0
	}
	var seconds float64
	if _, err := fmt.Sscanf(value, "%g", &seconds); err == nil && seconds >= 0 && seconds < 1e9 {
		return time.Duration(seconds * float64(time.Second))
	}
	if date, err := http.ParseTime(value); err == nil && date.After(now) {
		return date.Sub(now)
	}
	return 0
}
