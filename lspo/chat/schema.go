package chat

import (
	"encoding/json"

	"dryad/games/werewolf/rules"
)

// The longest texts of an answer that is held to a schema, in characters: a small
// model that cannot end a sentence ends there.
const (
	maxReasoning = 200
	maxStatement = 300
)

// speechSchema is the form of an answer that says something.
func speechSchema() json.RawMessage {
	return schema("statement", map[string]any{"type": "string", "minLength": 1, "maxLength": maxStatement})
}

// choiceSchema is the form of an answer that names somebody.
func choiceSchema(v *rules.View) json.RawMessage {
	var names []string
	for seat := range v.Legal.All() {
		names = append(names, rules.Name(seat))
	}
	if v.Act == rules.Ballot {
		names = append(names, "none")
	}
	return schema("action", map[string]any{"enum": names})
}

func schema(field string, of map[string]any) json.RawMessage {
	text, err := json.Marshal(map[string]any{
		"type": "object", "additionalProperties": false, "required": []string{"reasoning", field},
		"properties": map[string]any{
			"reasoning": map[string]any{"type": "string", "maxLength": maxReasoning}, field: of,
		},
	})
	if err != nil {
		panic("lspo/chat: bug: " + err.Error())
	}
	return text
}
