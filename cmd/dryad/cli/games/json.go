package games

import (
	"encoding/json"
	"slices"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/vocab"
)

// The shape of "games show --json": that of the remote protocol, with names in
// words. schema describes it.
type (
	gameJSON struct {
		Game       string         `json:"game"`
		Version    int            `json:"version"`
		TickRate   int            `json:"ticks_per_second"`
		Defaults   games.Config   `json:"defaults"`
		Vocabulary vocabularyJSON `json:"vocabulary"`
	}
	vocabularyJSON struct {
		Channels   []string        `json:"channels"`
		Features   []featureJSON   `json:"features"`
		Conditions []conditionJSON `json:"conditions"`
		Choosers   []chooserJSON   `json:"choosers"`
		Tasks      []taskJSON      `json:"tasks"`
		Nets       []netJSON       `json:"neural_tasks"`
		Notes      []string        `json:"notes"`
	}
	featureJSON struct {
		Name        string   `json:"name"`
		Kind        string   `json:"kind"`
		Unit        string   `json:"unit,omitempty"`
		Min         *float64 `json:"min,omitempty"`
		Max         *float64 `json:"max,omitempty"`
		Values      []string `json:"values,omitempty"`
		Description string   `json:"description"`
	}
	conditionJSON struct {
		Name        string `json:"name"`
		Description string `json:"description"`
	}
	chooserJSON struct {
		Name        string   `json:"name"`
		Kind        string   `json:"kind"`
		Random      bool     `json:"random"`
		Effects     []string `json:"effects"`
		Description string   `json:"description"`
	}
	paramJSON struct {
		Name        string   `json:"name"`
		Kinds       []string `json:"kinds"`
		Values      []string `json:"values,omitempty"`
		Optional    bool     `json:"optional"`
		Default     float64  `json:"default,omitempty"`
		Unit        string   `json:"unit,omitempty"`
		Min         *float64 `json:"min,omitempty"`
		Max         *float64 `json:"max,omitempty"`
		Description string   `json:"description"`
	}
	taskJSON struct {
		Name           string      `json:"name"`
		Params         []paramJSON `json:"params"`
		Channels       []string    `json:"channels"`
		Mover          bool        `json:"mover"`
		NonTerminating bool        `json:"non_terminating"`
		Effects        []string    `json:"effects"`
		Description    string      `json:"description"`
	}
	netJSON struct {
		Name        string   `json:"name"`
		Rule        string   `json:"rule"`
		Inputs      []int    `json:"inputs"`
		Outputs     []int    `json:"outputs"`
		Channels    []string `json:"channels"`
		Description string   `json:"description"`
	}
)

// bounds returns the ends of a range, nil for one that is not bounded.
func bounds(low, high float64) (*float64, *float64) {
	if low == high {
		return nil, nil
	}
	return &low, &high
}

func list(words []string) []string { return append([]string{}, words...) }

func describe(v *vocab.Vocabulary, config games.Config) gameJSON {
	channels := func(set vocab.Channels) []string {
		out := []string{}
		for i, name := range v.Channels {
			if set&(1<<i) != 0 {
				out = append(out, name)
			}
		}
		return out
	}
	w := vocabularyJSON{Channels: list(v.Channels), Features: []featureJSON{}, Conditions: []conditionJSON{}, Choosers: []chooserJSON{},
		Tasks: []taskJSON{}, Nets: []netJSON{}, Notes: list(v.Notes)}
	for _, f := range v.Features {
		low, high := bounds(f.Min, f.Max)
		w.Features = append(w.Features, featureJSON{f.Name, f.Kind.String(), f.Unit, low, high, f.Values, f.Description})
	}
	for _, c := range v.Conditions {
		w.Conditions = append(w.Conditions, conditionJSON{c.Name, c.Description})
	}
	for _, c := range v.Choosers {
		w.Choosers = append(w.Choosers, chooserJSON{c.Name, c.Kind.String(), c.Random, list(c.Effects), c.Description})
	}
	for _, t := range v.Tasks {
		task := taskJSON{t.Name, []paramJSON{}, channels(t.Channels), t.Mover, t.NonTerminating, list(t.Effects), t.Description}
		for _, p := range t.Params {
			kinds := make([]string, len(p.Kinds))
			for i, k := range p.Kinds {
				kinds[i] = k.String()
			}
			low, high := bounds(p.Min, p.Max)
			task.Params = append(task.Params, paramJSON{p.Name, kinds, p.Values, p.Optional, p.Default, p.Unit, low, high, p.Description})
		}
		w.Tasks = append(w.Tasks, task)
	}
	for _, n := range v.Nets {
		w.Nets = append(w.Nets, netJSON{n.Name, n.Rule, n.Inputs, n.Outputs, channels(n.Channels), n.Description})
	}
	return gameJSON{v.Game, v.Version, v.TicksPerSecond, config, w}
}

type schemaCommand struct{}

// Run prints the JSON Schema of "games show --json".
func (schemaCommand) Run(env *frame.Env) error {
	text, err := json.MarshalIndent(schema(), "", "  ")
	if err != nil {
		return err
	}
	env.Printf("%s\n", text)
	return nil
}

// schema is the JSON Schema (draft 2020-12) of gameJSON.
func schema() map[string]any {
	type fields = map[string]any
	of := func(kind string) fields { return fields{"type": kind} }
	name := fields{"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}
	array := func(items fields) fields { return fields{"type": "array", "items": items} }
	object := func(properties fields, optional ...string) fields {
		required := []string{}
		for key := range properties {
			required = append(required, key)
		}
		return closed(properties, required, optional)
	}
	kinds := []string{}
	for k := vocab.Bool; k.String() != "unknown"; k++ {
		kinds = append(kinds, k.String())
	}
	kind := fields{"enum": kinds}
	words := array(of("string"))
	out := object(fields{"game": of("string"), "version": of("integer"), "ticks_per_second": of("integer"), "defaults": of("object"),
		"vocabulary": object(fields{
			"channels": words,
			"features": array(object(fields{"name": name, "kind": kind, "unit": of("string"), "min": of("number"), "max": of("number"),
				"values": words, "description": of("string")}, "unit", "min", "max", "values")),
			"conditions": array(object(fields{"name": name, "description": of("string")})),
			"choosers": array(object(fields{"name": name, "kind": fields{"enum": []string{"agent", "item", "position"}}, "random": of("boolean"),
				"effects": words, "description": of("string")})),
			"tasks": array(object(fields{"name": name, "channels": words, "mover": of("boolean"), "non_terminating": of("boolean"), "effects": words,
				"description": of("string"),
				"params": array(object(fields{"name": name, "kinds": array(kind), "values": words, "optional": of("boolean"), "default": of("number"),
					"unit": of("string"), "min": of("number"), "max": of("number"), "description": of("string")}, "values", "default", "unit", "min", "max"))})),
			"neural_tasks": array(object(fields{"name": name, "rule": name, "inputs": array(of("integer")), "outputs": array(of("integer")),
				"channels": words, "description": of("string")})),
			"notes": words,
		})})
	out["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	out["title"] = "dryad games show --json"
	return out
}

// closed is an object that holds the properties and no others.
func closed(properties map[string]any, all, optional []string) map[string]any {
	required := slices.DeleteFunc(all, func(key string) bool { return slices.Contains(optional, key) })
	slices.Sort(required)
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}
