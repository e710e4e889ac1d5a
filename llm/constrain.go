package llm

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// A Dialect is the way in which a server takes a grammar.
type Dialect string

// The dialects, and the form of grammar each reads.
const (
	LlamaCpp   Dialect = "llama.cpp"   // GBNF in the field grammar
	VLLM       Dialect = "vllm"        // EBNF in structured_outputs.grammar
	SGLang     Dialect = "sglang"      // EBNF in the field ebnf
	CustomTool Dialect = "custom-tool" // Lark in the format of a custom tool of OpenAI's, which must be called
	JSONSchema Dialect = "json-schema" // a JSON schema in response_format
)

// Dialects lists them in the order in which they are tried.
func Dialects() []Dialect { return []Dialect{LlamaCpp, VLLM, SGLang, CustomTool, JSONSchema} }

// ReadDialect reads the name of one.
func ReadDialect(name string) (Dialect, error) {
	var names []string
	for _, d := range Dialects() {
		if string(d) == name {
			return d, nil
		}
		names = append(names, string(d))
	}
	return "", fmt.Errorf("there is no way %q to constrain answers: there are %s", name, strings.Join(names, ", "))
}

// toolName is that of the custom tool that takes an answer.
const toolName = "answer"

// constrain adds a grammar to the body.
func (d Dialect) constrain(body map[string]any, grammar string) error {
	if grammar == "" || d == "" {
		return nil
	}
	switch d {
	case LlamaCpp:
		body["grammar"] = grammar
	case VLLM:
		body["structured_outputs"] = map[string]string{"grammar": grammar}
	case SGLang:
		body["ebnf"] = grammar
	case CustomTool:
		body["tools"] = []any{map[string]any{"type": "custom", "custom": map[string]any{
			"name": toolName, "description": "Takes the whole answer, and nothing else.",
			"format": map[string]any{"type": "grammar", "grammar": map[string]string{"syntax": "lark", "definition": grammar}},
		}}}
		body["tool_choice"] = map[string]any{"type": "custom", "custom": map[string]string{"name": toolName}}
	case JSONSchema:
		if !json.Valid([]byte(grammar)) {
			return errors.New("llm: bug: the grammar of a question is no JSON schema")
		}
		body["response_format"] = jsonSchema(json.RawMessage(grammar))
	default:
		_, err := ReadDialect(string(d))
		return err
	}
	return nil
}

// jsonSchema is the field response_format.
func jsonSchema(schema json.RawMessage) map[string]any {
	return map[string]any{
		"type":        "json_schema",
		"json_schema": map[string]any{"name": "answer", "schema": schema, "strict": true},
	}
}
