package jsonform

import (
	"encoding/json"

	"dryad/dsl"
)

// Schema returns the JSON Schema (draft 2020-12) of the JSON form.
func Schema() []byte {
	text := func(pattern string) map[string]any {
		s := map[string]any{"type": "string"}
		if pattern != "" {
			s["pattern"] = pattern
		}
		return s
	}
	list := func(of any) map[string]any { return map[string]any{"type": "array", "items": of} }
	object := func(properties map[string]any, required ...string) map[string]any {
		return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	}
	name := text("^[A-Za-z_][A-Za-z0-9_]*$")
	comments := list(text("^(#|//)"))
	fields := map[string]any{
		"memory": map[string]any{"type": "boolean"}, "name": name, "word": name,
		"amount":    text("^[+-]?[0-9]+(\\.[0-9]+)?(s|ms| ?ticks?| ?turns?|deg)?$"),
		"margin":    text("^[0-9]+(\\.[0-9]+)?$"),
		"test":      text("."),
		"score":     text("."),
		"value":     text("."),
		"arguments": list(text(".")),
		"children":  map[string]any{"type": "array", "items": map[string]any{"$ref": "#/$defs/node"}, "minItems": 1},
	}
	// One rule a kind, chosen by the kind: a validator that tried every
	// alternative would try those of the children once for each.
	var kinds []string
	var rules []any
	for _, k := range dsl.Kinds() {
		properties := map[string]any{"kind": map[string]any{"const": k.String()}, "comments": comments}
		required := []string{"kind"}
		takes := fieldsOf(k)
		for _, f := range []string{"memory", "name", "amount", "margin", "test", "score", "word", "value", "arguments", "children"} {
			needed, known := takes[f]
			if !known {
				continue
			}
			properties[f] = fields[f]
			if needed {
				required = append(required, f)
			}
			if k == dsl.Task {
				properties["by"] = map[string]any{"const": byNet}
			}
			if c := k.Class(); f == "children" && c != dsl.Composite {
				properties[f] = map[string]any{"type": "array", "items": map[string]any{"$ref": "#/$defs/node"}, "minItems": 1, "maxItems": 1}
			}
		}
		kinds = append(kinds, k.String())
		rules = append(rules, map[string]any{
			"if":   map[string]any{"properties": map[string]any{"kind": map[string]any{"const": k.String()}}},
			"then": object(properties, required...)})
	}
	schema := object(map[string]any{
		"policy": name, "game": name, "by": map[string]any{"const": byScheduler}, "comments": comments,
		"network": list(object(map[string]any{"unit": map[string]any{"enum": []string{"input", "hidden", "output"}}, "input": text("."),
			"weights": list(map[string]any{"type": "number"}), "comments": comments}, "unit")),
		"end_comments": comments,
		"keys": list(object(map[string]any{"name": name, "type": map[string]any{"enum": []string{"bool", "int", "number", "duration", "angle", "enum"}},
			"values": list(name), "default": text("."), "scope": map[string]any{"enum": []string{"agent", "tree", "team"}}, "comments": comments}, "name", "type")),
		"trees": list(object(map[string]any{"name": name, "root": map[string]any{"$ref": "#/$defs/node"}, "comments": comments,
			"parameters": list(object(map[string]any{"name": name,
				"type": map[string]any{"enum": []string{"bool", "int", "number", "duration", "angle", "agent", "item", "position"}}, "default": text(".")}, "name", "type"))},
			"name", "root")),
	}, "trees")
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "dryad policy"
	schema["$defs"] = map[string]any{"node": map[string]any{"type": "object", "required": []string{"kind"},
		"properties": map[string]any{"kind": map[string]any{"enum": kinds}}, "allOf": rules}}
	out, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		panic("jsonform: bug in the schema: " + err.Error())
	}
	return append(out, '\n')
}
