package llm

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"regexp"
)

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
		body["response_format"] = jsonSchema(request.Schema)
	}
	if err := e.params.Dialect.constrain(body, request.Grammar); err != nil {
		return nil, err
	}
	if e.params.Stream {
		body["stream"] = true
		body["stream_options"] = map[string]bool{"include_usage": true}
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
