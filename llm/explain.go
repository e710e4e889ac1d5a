package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"
	openai "github.com/sashabaranov/go-openai"
)

// retryable is a fault that may pass, with the pause that the endpoint asked
// for if it did.
type retryable struct {
	fault *Fault
	after error // nil or *backoff.RetryAfterError
}

func (r *retryable) Error() string   { return r.fault.Error() }
func (r *retryable) Unwrap() []error { return []error{r.fault, r.after} }

// plain is the fault in what a try returned.
func plain(err error) error {
	var fault *Fault
	if errors.As(err, &fault) {
		return fault
	}
	return err
}

// explain says in one line what went wrong with one try, and whether another
// may help.
func (e *endpoint) explain(err error, seen *exchange) error {
	status := 0
	var answered *openai.APIError
	var refused *openai.RequestError
	detail := ""
	switch {
	case errors.As(err, &answered):
		status, detail = answered.HTTPStatusCode, answered.Message
	case errors.As(err, &refused):
		status, detail = refused.HTTPStatusCode, string(refused.Body)
	}
	if detail = redact(detail, e.params.Key); detail != "" {
		detail = ": " + detail
	}
	fatal := func(format string, args ...any) error {
		return backoff.Permanent(&Fault{Text: e.who() + " " + fmt.Sprintf(format, args...) + detail, Fatal: true, Cause: err})
	}
	again := func(format string, args ...any) error {
		fault := &Fault{Text: e.who() + " " + fmt.Sprintf(format, args...) + detail, Cause: err}
		if seen.retryAfter > e.params.LongestWait {
			fault.Text += fmt.Sprintf("; it asks to wait for %v, which is too long", seen.retryAfter)
			return backoff.Permanent(fault)
		}
		failure := &retryable{fault: fault}
		if seen.retryAfter > 0 {
			failure.after = &backoff.RetryAfterError{Duration: seen.retryAfter}
		}
		return failure
	}
	switch {
	case status == http.StatusUnauthorized:
		return fatal("refused the key (401): set %s to a valid one", e.params.KeyVariable)
	case status == http.StatusForbidden:
		return fatal("does not let this key use the model (403)")
	case status == http.StatusPaymentRequired:
		return fatal("wants to be paid (402)")
	case status == http.StatusNotFound:
		return fatal("is not there (404): check the model's name, and that the base URL ends where /chat/completions begins")
	case status == http.StatusTooManyRequests:
		return again("is asked too often, or has no credit left (429)")
	case status == http.StatusRequestTimeout || status == http.StatusConflict || status >= 500:
		return again("failed with status %d", status)
	case status >= 400:
		return backoff.Permanent(&Fault{Text: fmt.Sprintf("%s did not accept the request (%d)%s", e.who(), status, detail), Cause: err})
	}

	var syntax *json.SyntaxError
	var form *json.UnmarshalTypeError
	var network net.Error
	switch {
	case errors.Is(err, errTooLong):
		return fatal("sent an answer of more than %d MB: is it a chat endpoint?", maxAnswer>>20)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return again("broke off in the middle of its answer")
	case errors.Is(err, io.EOF):
		return again("sent nothing back")
	case errors.As(err, &syntax) || errors.As(err, &form):
		return fatal("did not answer in the form of a chat endpoint: check the base URL")
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout():
		return again("gave no answer within %v", e.params.Timeout)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fatal("cannot be reached: nothing listens there; start the server or check the base URL")
	}
	var unknown *net.DNSError
	if errors.As(err, &unknown) && unknown.IsNotFound {
		return fatal("cannot be reached: no host is named %s", redact(unknown.Name, e.params.Key))
	}
	detail = ": " + redact(cause(err).Error(), e.params.Key)
	return again("could not be asked")
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
