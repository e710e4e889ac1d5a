package llm

import (
	"errors"
	"regexp"
	"strings"

	"dryad/internal/terminal"
)

// A ProviderError is a failed exchange, in one line that says what to do.
type ProviderError struct {
	// Text is the line.
	Text string
	// Permanent says that asking again will fail the same way until a person has
	// changed something: a wrong key, an unknown model, a spent budget.
	Permanent bool
	// Passing says that the endpoint was busy, failing or out of reach, and that
	// the question may be answered later.
	Passing bool
	// Unreachable says that there was no answer of a chat endpoint at all: nobody
	// listens, the key is wrong, the model or the page is not there.
	Unreachable bool
	// Cause is the error beneath, if any.
	Cause error
}

func (f *ProviderError) Error() string { return f.Text }

// Unwrap is the error beneath.
func (f *ProviderError) Unwrap() error { return f.Cause }

// IsPermanent reports whether err is a [ProviderError] that every later question
// would meet as well.
func IsPermanent(err error) bool {
	var fault *ProviderError
	return errors.As(err, &fault) && fault.Permanent
}

// ErrEmpty is wrapped by the error of an exchange that brought no text. The
// model was reached: another attempt may do better.
var ErrEmpty = errors.New("the answer is empty")

// keyLike finds what looks like a key of a well-known kind.
var keyLike = regexp.MustCompile(`\b(sk|pk|gsk|xai|hf|key)[-_][A-Za-z0-9_*.-]{6,}`)

// redact makes foreign text fit for an error: no key, one line, not long, and
// nothing that a terminal would obey.
func redact(text, key string) string {
	return terminal.Clip(keyLike.ReplaceAllString(withoutKey(terminal.Clean(text), key), "[key]"), 300)
}

// withoutKey takes the key itself out of a text.
func withoutKey(text, key string) string {
	if len(key) < 6 {
		return text // placeholders of local servers, such as "none"
	}
	return strings.ReplaceAll(text, key, "[key]")
}
