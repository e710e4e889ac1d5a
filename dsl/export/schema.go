package export

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"dryad/vocab"
)

// schema writes the JSON Schema of the JSON form of a game's policies.
func schema(game *vocab.Vocabulary, depth int) (string, error) {
	b := &builder{game: game, depth: depth, has: map[string]bool{}}
	b.terminals()
	b.leaves()
	if !b.has["task-still"] && !b.has["task-mover"] {
		return "", fmt.Errorf("the game %s has no task that the grammar could write", game.Game)
	}
	s := &schemaWriter{builder: b, defs: map[string]any{}, bodies: map[string]expr{}}
	for _, r := range b.rules {
		s.bodies[r.name] = r.body
	}
	s.leaves()
	for level := depth - 1; level >= 0; level-- {
		s.nodes(level, false)
		s.nodes(level, true)
	}
	root := object(map[string]any{
		"policy": map[string]any{"type": "string", "pattern": "^" + s.pattern(ref("name")) + "$"},
		"game":   map[string]any{"const": game.Game},
		"trees": map[string]any{"type": "array", "minItems": 1, "maxItems": 1, "items": object(map[string]any{
			"name": map[string]any{"const": "main"}, "root": pointer("any-0")}, "name", "root")},
	}, "policy", "game", "trees")
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "policy for " + game.Game
	root["$defs"] = s.defs
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return "", fmt.Errorf("write the schema of %s: %w", game.Game, err)
	}
	return string(out) + "\n", nil
}

type schemaWriter struct {
	*builder
	defs   map[string]any
	bodies map[string]expr
}

func pointer(name string) map[string]any { return map[string]any{"$ref": "#/$defs/" + name} }

func object(properties map[string]any, required ...string) map[string]any {
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// pattern writes an expression as a regular expression; the rules that it
// refers to are not recursive.
func (s *schemaWriter) pattern(e expr) string {
	switch e := e.(type) {
	case literal:
		return regexp.QuoteMeta(string(e))
	case class:
		return "[" + string(e) + "]"
	case ref:
		return s.pattern(s.bodies[string(e)])
	case seq:
		var b strings.Builder
		for _, p := range e {
			b.WriteString(s.pattern(p))
		}
		return b.String()
	case alt:
		parts := make([]string, len(e))
		for i, p := range e {
			parts[i] = s.pattern(p)
		}
		return "(" + strings.Join(parts, "|") + ")"
	case rep:
		return fmt.Sprintf("(%s){%d,%d}", s.pattern(e.of), e.low, e.high)
	}
	panic("export: bug: an expression of no kind")
}

func (s *schemaWriter) text(e expr) map[string]any {
	return map[string]any{"type": "string", "pattern": "^" + s.pattern(e) + "$"}
}

// leaves defines conditions, waits and one object a task.
func (s *schemaWriter) leaves() {
	kind := func(word string) map[string]any { return map[string]any{"const": word} }
	if s.has["test"] {
		s.defs["condition"] = object(map[string]any{"kind": kind("condition"), "test": s.text(ref("test"))}, "kind", "test")
	}
	s.defs["wait"] = object(map[string]any{"kind": kind("wait"), "amount": s.text(ref("duration"))}, "kind", "amount")
	var still, mover []any
	add := func(word, name string, params []vocab.Param, moves bool) {
		leaf, ok := s.call(word, name, params)
		switch {
		case ok && moves:
			mover = append(mover, leaf)
		case ok:
			still = append(still, leaf)
		}
	}
	for i := range s.game.Tasks {
		t := &s.game.Tasks[i]
		add("task", t.Name, t.Params, t.Mover)
	}
	for i := range s.game.Nets {
		if at, ok := s.game.Task(s.game.Nets[i].Rule); ok {
			add("net", s.game.Nets[i].Name, s.game.Tasks[at].Params, s.game.Tasks[at].Mover)
		}
	}
	if len(still) > 0 {
		s.defs["task-still"] = map[string]any{"anyOf": still}
	}
	if len(mover) > 0 {
		s.defs["task-mover"] = map[string]any{"anyOf": mover}
	}
}

// call is a leaf with its arguments as a list.
func (s *schemaWriter) call(kind, name string, params []vocab.Param) (map[string]any, bool) {
	var items []any
	needed := 0
	for i := range params {
		value := s.value(&params[i])
		if value == nil && params[i].Optional {
			break
		}
		if value == nil {
			return nil, false
		}
		items = append(items, s.text(value))
		if !params[i].Optional {
			needed = len(items)
		}
	}
	properties := map[string]any{"kind": map[string]any{"const": kind}, "word": map[string]any{"const": name}}
	required := []string{"kind", "word"}
	if len(items) > 0 {
		properties["arguments"] = map[string]any{"type": "array", "prefixItems": items, "items": false, "minItems": needed, "maxItems": len(items)}
		if needed > 0 {
			required = append(required, "arguments")
		}
	}
	return object(properties, required...), true
}

// nodes defines the nodes at a level; see [builder.level].
func (s *schemaWriter) nodes(level int, mayMove bool) {
	kind := "still"
	if mayMove {
		kind = "any"
	}
	name := kind + "-" + strconv.Itoa(level)
	choices := []any{pointer("wait")}
	if s.has["test"] {
		choices = append(choices, pointer("condition"))
	}
	if s.defs["task-still"] != nil {
		choices = append(choices, pointer("task-still"))
	}
	if mayMove && s.defs["task-mover"] != nil {
		choices = append(choices, pointer("task-mover"))
	}
	if level+1 < s.depth {
		next := strconv.Itoa(level + 1)
		wide := fanout[min(level, len(fanout)-1)]
		label := s.text(ref("name"))
		many := func(of string, most int) map[string]any {
			return map[string]any{"type": "array", "items": pointer(of), "minItems": 1, "maxItems": most}
		}
		block := func(words []string, more map[string]any, children any, required ...string) {
			properties := map[string]any{"kind": map[string]any{"enum": words}, "name": label, "children": children}
			for k, v := range more {
				properties[k] = v
			}
			choices = append(choices, object(properties, append([]string{"kind", "children"}, required...)...))
		}
		block([]string{"selector", "sequence"}, map[string]any{"memory": map[string]any{"type": "boolean"}}, many(kind+"-"+next, wide))
		together := many("still-"+next, wide)
		if mayMove {
			together = map[string]any{"type": "array", "prefixItems": []any{pointer("any-" + next)}, "items": pointer("still-" + next), "minItems": 1, "maxItems": wide}
		}
		block([]string{"parallel", "parallel first"}, nil, together)
		block([]string{"not", "succeed", "fail", "once"}, nil, many(kind+"-"+next, 1))
		block([]string{"retry", "repeat"}, map[string]any{"amount": s.text(ref("count"))}, many(kind+"-"+next, 1))
		block([]string{"timeout", "cooldown"}, map[string]any{"amount": s.text(ref("duration"))}, many(kind+"-"+next, 1), "amount")
		if level+2 < s.depth {
			below := many(kind+"-"+strconv.Itoa(level+2), 1)
			weight := object(map[string]any{"kind": map[string]any{"const": "weight"}, "amount": s.text(ref("count")), "children": below}, "kind", "amount", "children")
			score := object(map[string]any{"kind": map[string]any{"const": "score"}, "score": s.text(ref("score")), "children": below}, "kind", "score", "children")
			block([]string{"random"}, nil, map[string]any{"type": "array", "items": weight, "minItems": 1, "maxItems": wide})
			block([]string{"utility"}, map[string]any{"margin": s.text(seq{literal("0."), class("1-9")})},
				map[string]any{"type": "array", "items": score, "minItems": 1, "maxItems": wide})
		}
	}
	s.defs[name] = map[string]any{"anyOf": choices}
}
