package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// errForm says that a body is no answer of a chat endpoint.
var errForm = errors.New("it is not in the form of a chat endpoint")

// answer is what a body says, in whichever of the usual forms it says it.
type answer struct {
	text     string
	thoughts int // bytes of reasoning that was not part of the text
	refusal  string
	finish   string
	prompt   number
	output   number
	cached   number
}

// number is a number that may be missing.
type number struct {
	value float64
	known bool
}

// readAnswer reads the body of an answer. It takes what servers send beside
// the common form: content as text, null or a list of parts; numbers as text or
// with a point; reasoning in a field of its own; a field text in the place of a
// message.
func readAnswer(body []byte) (answer, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return answer{}, io.EOF
	}
	var form struct {
		Choices []json.RawMessage `json:"choices"`
		Usage   json.RawMessage   `json:"usage"`
	}
	if err := json.Unmarshal(body, &form); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) && syntax.Offset >= int64(len(body)) && bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
			return answer{}, io.ErrUnexpectedEOF
		}
		return answer{}, errForm
	}
	if form.Choices == nil {
		return answer{}, errForm
	}
	var a answer
	a.count(object(form.Usage))
	if len(form.Choices) == 0 {
		return a, nil
	}
	choice := object(form.Choices[0])
	a.finish = textOf(choice["finish_reason"])
	message := object(choice["message"])
	a.text, a.refusal = textOf(message["content"]), textOf(message["refusal"])
	if message == nil {
		a.text = textOf(choice["text"])
	}
	if called := toolInput(message["tool_calls"]); called != "" && strings.TrimSpace(a.text) == "" {
		a.text = called
	}
	thoughts := ""
	for _, name := range thoughtFields {
		if thoughts == "" {
			thoughts = textOf(message[name])
		}
	}
	a.reason(thoughts)
	return a, nil
}

// thoughtFields are the fields in which servers send reasoning.
var thoughtFields = []string{"reasoning_content", "reasoning", "thinking"}

// reason takes in the reasoning that was sent beside the text.
func (a *answer) reason(thoughts string) {
	a.thoughts = len(thoughts)
	if strings.TrimSpace(a.text) == "" && a.refusal == "" && a.finish != "length" && a.finish != "content_filter" {
		// The server took the whole answer for reasoning; the model had ended it.
		a.text = thoughts
	}
}

// count takes in the numbers of tokens.
func (a *answer) count(usage map[string]json.RawMessage) {
	a.prompt, a.output = numberIn(usage, "prompt_tokens", "input_tokens"), numberIn(usage, "completion_tokens", "output_tokens")
	if a.cached = numberIn(object(usage["prompt_tokens_details"]), "cached_tokens"); !a.cached.known {
		a.cached = numberIn(usage, "prompt_cache_hit_tokens", "cached_tokens", "cache_read_input_tokens")
	}
}

// toolInput is what a custom tool was called with; empty if none was.
func toolInput(raw json.RawMessage) string {
	var calls []json.RawMessage
	if json.Unmarshal(raw, &calls) != nil || len(calls) == 0 {
		return ""
	}
	return textOf(object(object(calls[0])["custom"])["input"])
}

// object is the fields of a JSON object; nil if it is none.
func object(raw json.RawMessage) map[string]json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return nil
	}
	return fields
}

// textOf is a text, the texts of a list of parts, or nothing.
func textOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var parts []json.RawMessage
	if json.Unmarshal(raw, &parts) == nil {
		var all strings.Builder
		for _, part := range parts {
			if json.Unmarshal(part, &text) == nil {
				all.WriteString(text)
			} else if fields := object(part); fields != nil {
				all.WriteString(textOf(fields["text"]))
			}
		}
		return all.String()
	}
	if fields := object(raw); fields != nil {
		return textOf(fields["text"])
	}
	return ""
}

// numberIn is the first of some fields that is a number, as such or as text.
func numberIn(fields map[string]json.RawMessage, names ...string) number {
	for _, name := range names {
		var n float64
		if raw, have := fields[name]; have && string(raw) != "null" {
			if json.Unmarshal(raw, &n) == nil {
				return number{n, true}
			}
			if n, err := strconv.ParseFloat(strings.TrimSpace(textOf(raw)), 64); err == nil && !math.IsNaN(n) {
				return number{n, true}
			}
		}
	}
	return number{}
}

// What a text of some bytes can take: a token is at least some part of a byte
// for a model that spells letters, and no vocabulary has a mean of 32 bytes.
const longestToken = 32

// plausible is a reported number of tokens if it can be true of a text of so
// many bytes with so much room beside it.
func (n number) plausible(bytes, beside int) (int, bool) {
	if !n.known || n.value < float64(bytes/longestToken) || n.value > float64(bytes+beside) {
		return 0, false
	}
	return int(n.value), true
}

// usage is what the answer reports, and our own count where that cannot be
// true: missing, negative, or out of all proportion.
func (a answer) usage(request Request) Usage {
	bytes, beside := 0, 1000
	for _, message := range request.Messages {
		bytes += len(message.Text)
		beside += 100 + 20000*len(message.Images)
	}
	usage, known := Usage{}, false
	if usage.Prompt, known = a.prompt.plausible(bytes, beside+len(request.Schema)+len(request.Grammar)); !known {
		usage.Prompt, usage.Estimated = EstimateTokens(request.Messages), true
	}
	if a.cached.known && a.cached.value > 0 && a.cached.value <= float64(usage.Prompt) {
		usage.Cached = int(a.cached.value)
	}
	// Reasoning that is not shown is counted as well.
	hidden := 1 << 20
	if request.MaxTokens > 0 {
		hidden = 2*request.MaxTokens + 1000
	}
	if usage.Answer, known = a.output.plausible(len(a.text), a.thoughts+hidden); !known {
		usage.Answer, usage.Estimated = (len(a.text)+a.thoughts+2)/3, true
	}
	return usage
}

// nothing says why there is no text in the answer.
func (a answer) nothing(request Request) string {
	limit := "the limit of tokens"
	if request.MaxTokens > 0 {
		limit = fmt.Sprintf("the limit of %d tokens", request.MaxTokens)
	}
	switch {
	case a.refusal != "":
		return "a refusal: " + a.refusal
	case a.finish == "length" && a.thoughts > 0:
		return fmt.Sprintf("no text: %d characters of reasoning had used up %s; raise it (--answer-tokens), or let the model reason less", a.thoughts, limit)
	case a.finish == "length":
		return fmt.Sprintf("no text before %s: raise it (--answer-tokens)", limit)
	case a.finish == "content_filter":
		return "nothing: its content filter stopped the answer"
	}
	return "no text"
}
