package lsp

import (
	"fmt"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// describe returns what is to be said of the word at a place, in Markdown.
func (d *document) describe(p dsl.Position) (text string, at dsl.Range) {
	if u := d.useAt(p); u != nil {
		return d.about(u), u.at
	}
	line := d.line(p.Line)
	start := len(line) - len(strings.TrimLeft(line, " \t"))
	end := start
	for end < len(line) && wordByte(line[end]) {
		end++
	}
	at = dsl.Range{Start: dsl.Position{Line: p.Line, Column: start + 1}, End: dsl.Position{Line: p.Line, Column: end + 1}}
	if end == start || !at.Contains(p) {
		return "", at
	}
	word := line[start:end]
	if word == "tree" && !strings.HasPrefix(strings.TrimLeft(line[end:], " "), ":") {
		return "`tree NAME(PARAMETER: TYPE, ...):`\n\nA named tree; the one named main runs.", at
	}
	if k, ok := dsl.KindOf(word); ok {
		return "`" + k.Usage() + "`\n\n" + help[k], at
	}
	return "", at
}

// help says what the kinds of nodes do.
var help = map[dsl.Kind]string{
	dsl.Selector:  "Ticks its children from the first on until one does not fail. A higher child takes over from a lower one.",
	dsl.Sequence:  "Ticks its children in order until one does not succeed. Guards to the left are looked at every tick.",
	dsl.Parallel:  "Ticks its children together. All must succeed; the first failure ends it. `parallel first` ends with the first child that ends.",
	dsl.Random:    "Draws one child when it starts, by the weights below it.",
	dsl.Utility:   "Ticks the child with the highest score; one that fails yields to the next best.",
	dsl.Not:       "Turns success and failure around.",
	dsl.Retry:     "Tries its child, once a tick, until it succeeds or the count is used up.",
	dsl.Repeat:    "Repeats its child, once a tick, until it fails or the count is reached.",
	dsl.Timeout:   "Fails when its time has passed since it started.",
	dsl.Cooldown:  "After its child has ended, fails until the time has passed.",
	dsl.Succeed:   "Succeeds when its child ends.",
	dsl.Fail:      "Fails when its child ends.",
	dsl.Once:      "Runs its child to its end once in a match, then answers the same.",
	dsl.Weight:    "How often its child is drawn, below `random`.",
	dsl.Score:     "How good its child is, below `utility`.",
	dsl.Condition: "Succeeds when the test is true, else fails. `condition: no` negates the next one.",
	dsl.Task:      "Does something in the world.",
	dsl.Net:       "A neural network does something in the world.",
	dsl.Set:       "Sets a key; succeeds.",
	dsl.Call:      "Goes on with a named tree.",
	dsl.Wait:      "Runs until the time has passed, then succeeds.",
	dsl.Lua:       "Runs a function of the script beside the policy.",
}

// about says what a use refers to.
func (d *document) about(u *use) string {
	switch u.what {
	case aTree:
		if t := d.file.Tree(u.name); t != nil {
			lines := append(append([]string(nil), t.Comments...), "")
			params := make([]string, len(t.Params))
			for i, p := range t.Params {
				params[i] = p.Name + ": " + p.Type
			}
			head := "tree " + t.Name
			if len(params) > 0 {
				head += "(" + strings.Join(params, ", ") + ")"
			}
			return "`" + head + "`\n\n" + strings.TrimSpace(strings.Join(lines, "\n"))
		}
	case aKey:
		if k := d.file.Key(u.name); k != nil {
			return fmt.Sprintf("`key %s: %s in %s`", k.Name, k.Type, k.Scope)
		}
	case aParam:
		for i := range u.tree.Params {
			if p := &u.tree.Params[i]; p.Name == u.name {
				return fmt.Sprintf("`%s: %s`, a parameter of the tree %s", p.Name, p.Type, u.tree.Name)
			}
		}
	}
	if d.game == nil {
		return ""
	}
	switch u.what {
	case aTask:
		if i, ok := d.game.Task(u.name); ok {
			return task(&d.game.Tasks[i])
		}
	case aNet:
		if i, ok := d.game.Net(u.name); ok {
			n := &d.game.Nets[i]
			return fmt.Sprintf("`net: %s`\n\n%s. Inputs %v, outputs %v; `%s` acts when the network cannot.", n.Name, n.Description, n.Inputs, n.Outputs, n.Rule)
		}
	case aChooser:
		if i, ok := d.game.Chooser(u.name); ok {
			c := &d.game.Choosers[i]
			return fmt.Sprintf("`%s`: chooses %s\n\n%s", c.Name, c.Kind, c.Description)
		}
	case aReading:
		if i, ok := d.game.Feature(u.name); ok {
			return feature(&d.game.Features[i])
		}
		if i, ok := d.game.Condition(u.name); ok {
			return fmt.Sprintf("`%s`: bool\n\n%s", u.name, d.game.Conditions[i].Description)
		}
	case aGame:
		return "the game `" + u.name + "`, " + fmt.Sprint(len(d.game.Tasks)) + " tasks"
	}
	return ""
}

func feature(f *vocab.Feature) string {
	s := fmt.Sprintf("`%s`: %s", f.Name, f.Kind)
	if f.Min < f.Max {
		s += fmt.Sprintf(" from %g to %g", f.Min, f.Max)
	}
	if f.Unit != "" {
		s += " " + f.Unit
	}
	if len(f.Values) > 0 {
		s += " (" + strings.Join(f.Values, ", ") + ")"
	}
	return s + "\n\n" + f.Description
}

func task(t *vocab.Task) string {
	s := "`task: " + t.Name
	for i := range t.Params {
		if t.Params[i].Optional {
			s += " [" + t.Params[i].Name + "]"
		} else {
			s += " " + t.Params[i].Name
		}
	}
	s += "`\n\n" + t.Description + "\n"
	for i := range t.Params {
		p := &t.Params[i]
		kinds := make([]string, len(p.Kinds))
		for j, k := range p.Kinds {
			kinds[j] = k.String()
		}
		s += fmt.Sprintf("\n- `%s` (%s): %s", p.Name, strings.Join(kinds, ", "), p.Description)
	}
	return s
}
