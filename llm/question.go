package llm

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
)

// A Dialect is the way in which a server takes a grammar.
type Dialect string

// The dialects, and the form of grammar each reads.
const (
	LlamaCpp Dialect = "llama.cpp" // GBNF in the field grammar
	VLLM     Dialect = "vllm"      // EBNF in structured_outputs.grammar
	SGLang   Dialect = "sglang"    // EBNF in the field ebnf
)

// constrain adds a grammar to the body.
func (d Dialect) constrain(body map[string]any, grammar string) error {
	switch {
	case grammar == "" || d == "":
	case d == LlamaCpp:
		body["grammar"] = grammar
	case d == VLLM:
		body["structured_outputs"] = map[string]string{"grammar": grammar}
	case d == SGLang:
		body["ebnf"] = grammar
	default:
		return fmt.Errorf("unknown dialect %q: want llama.cpp, vllm or sglang", string(d))
	}
	return nil
}

// reasoningModel matches the models that take a newer field for the limit of
// tokens, and no temperature. Local servers know the older field only.
var reasoningModel = regexp.MustCompile(`^(o[1-9]|gpt-5)`)

// body is the request as JSON, with the fields that a person gave over those
// that are there.
func (e *endpoint) body(request Request) ([]byte, error) {
	body := map[string]any{"model": e.params.Model}
	limit := "max_tokens"
	if reasoningModel.MatchString(e.params.Model) {
		limit = "max_completion_tokens"
	} else if request.Temperature != 0 {
		body["temperature"] = request.Temperature
	}
	if request.MaxTokens > 0 {
		body[limit] = request.MaxTokens
	}
	if request.Seed != 0 && !e.params.NoSeed {
		body["seed"] = request.Seed
	}
	if request.Schema != nil {
		if !json.Valid(request.Schema) {
			return nil, errors.New("llm: bug: the request's schema is no JSON")
		}
		body["response_format"] = map[string]any{
			"type":        "json_schema",
			"json_schema": map[string]any{"name": "answer", "schema": request.Schema, "strict": true},
		}
	}
	if err := e.params.Dialect.constrain(body, request.Grammar); err != nil {
		return nil, err
	}
	messages := []any{}
	for _, message := range request.Messages {
		messages = append(messages, map[string]any{"role": message.Role, "content": content(message)})
	}
	body["messages"] = messages
	for name, value := range e.params.Extra {
		body[name] = value
	}
	return json.Marshal(body)
}

// content is the text of a message, or its parts if it shows pictures.
func content(message Message) any {
	if len(message.Images) == 0 {
		return message.Text
	}
	parts := []any{map[string]any{"type": "text", "text": message.Text}}
	for _, image := range message.Images {
		parts = append(parts, map[string]any{"type": "image_url", "image_url": map[string]string{
			"url": "data:image/png;base64," + base64.StdEncoding.EncodeToString(image),
		}})
	}
	return parts
}
