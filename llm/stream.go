package llm

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// An insideError is an error that a server sends in the place of an answer.
type insideError struct{ body []byte }

func (*insideError) Error() string { return "the server answers with an error" }

// readStream puts an answer together that was sent in pieces, as server-sent
// events. A stream that ends before the model has is broken off.
func readStream(body []byte) (answer, error) {
	var whole answer
	var text, thoughts, input, refusal strings.Builder
	ended, events := false, 0
	for line := range bytes.Lines(body) {
		data, is := bytes.CutPrefix(bytes.TrimRight(line, "\r\n"), []byte("data:"))
		if data = bytes.TrimSpace(data); !is || len(data) == 0 {
			continue // a comment, or another field
		}
		if string(data) == "[DONE]" {
			ended = true
			break
		}
		events++
		if readRefusal(data).named {
			return answer{}, &insideError{data}
		}
		var piece struct {
			Choices []json.RawMessage `json:"choices"`
			Usage   json.RawMessage   `json:"usage"`
		}
		if json.Unmarshal(data, &piece) != nil {
			return answer{}, errForm
		}
		if usage := object(piece.Usage); usage != nil {
			whole.count(usage)
		}
		if len(piece.Choices) == 0 {
			continue
		}
		choice := object(piece.Choices[0])
		delta := object(choice["delta"])
		text.WriteString(textOf(delta["content"]))
		refusal.WriteString(textOf(delta["refusal"]))
		input.WriteString(toolInput(delta["tool_calls"]))
		for _, name := range thoughtFields {
			if piece := textOf(delta[name]); piece != "" {
				thoughts.WriteString(piece)
				break
			}
		}
		if finish := textOf(choice["finish_reason"]); finish != "" {
			whole.finish, ended = finish, true
		}
	}
	switch {
	case events == 0 && !ended:
		return answer{}, io.EOF
	case !ended:
		return answer{}, io.ErrUnexpectedEOF
	}
	whole.text, whole.refusal = text.String(), refusal.String()
	if strings.TrimSpace(whole.text) == "" {
		whole.text = input.String()
	}
	whole.reason(thoughts.String())
	return whole, nil
}
