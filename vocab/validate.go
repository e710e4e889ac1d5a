package vocab

import (
	"errors"
	"fmt"
	"strings"
)

// maxReadings bounds the values a tree can read, so that an index fits the
// compiled program's operand.
const maxReadings = 1 << 15

// Validate reports every fault of the vocabulary: empty or repeated names,
// names that the language cannot write, missing meanings, ranges upside down,
// channels that are not declared. A game's tests call it.
func (v *Vocabulary) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if !identifier(v.Game) {
		fault("game name %q is not an identifier", v.Game)
	}
	if len(v.Channels) > 32 {
		fault("%d channels, at most 32", len(v.Channels))
	}
	if v.Readings() > maxReadings {
		fault("%d features and conditions, at most %d", v.Readings(), maxReadings)
	}
	readings := map[string]bool{}
	name := func(seen map[string]bool, kind, n, meaning string) {
		switch {
		case !identifier(n):
			fault("%s %q is not an identifier", kind, n)
		case seen[n]:
			fault("%s %q is declared twice", kind, n)
		}
		seen[n] = true
		if strings.TrimSpace(meaning) == "" {
			fault("%s %q has no meaning", kind, n)
		}
	}
	raises := func(kind, n string, features []string) {
		for _, f := range features {
			if _, ok := v.Feature(f); !ok {
				fault("%s %q raises %q, which is no feature", kind, n, f)
			}
		}
	}
	declared := Channels(1)<<len(v.Channels) - 1
	for _, f := range v.Features {
		name(readings, "feature", f.Name, f.Description)
		if !f.Kind.Numeric() {
			fault("feature %q has kind %s", f.Name, f.Kind)
		}
		if f.Max < f.Min {
			fault("feature %q has range [%g, %g]", f.Name, f.Min, f.Max)
		}
		if (f.Kind == Enum) != (len(f.Values) > 0) {
			fault("feature %q of kind %s lists %d values", f.Name, f.Kind, len(f.Values))
		}
	}
	for _, c := range v.Conditions {
		name(readings, "condition", c.Name, c.Description)
	}
	choosers := map[string]bool{}
	for _, c := range v.Choosers {
		name(choosers, "chooser", c.Name, c.Description)
		if !c.Kind.Target() {
			fault("chooser %q has kind %s", c.Name, c.Kind)
		}
		raises("chooser", c.Name, c.Effects)
	}
	tasks := map[string]bool{}
	for _, t := range v.Tasks {
		name(tasks, "task", t.Name, t.Description)
		if t.Channels&^declared != 0 {
			fault("task %q uses a channel that is not declared", t.Name)
		}
		raises("task", t.Name, t.Effects)
		optional := false
		params := map[string]bool{}
		for _, p := range t.Params {
			name(params, "parameter of task "+t.Name+",", p.Name, p.Description)
			if len(p.Kinds) == 0 {
				fault("task %q: parameter %q accepts no kind", t.Name, p.Name)
			}
			if optional && !p.Optional {
				fault("task %q: parameter %q follows an optional one", t.Name, p.Name)
			}
			optional = p.Optional
		}
	}
	nets := map[string]bool{}
	for _, n := range v.Nets {
		name(nets, "neural task", n.Name, n.Description)
		if !tasks[n.Rule] {
			fault("neural task %q replaces %q, which is no task", n.Name, n.Rule)
		}
		if n.Channels&^declared != 0 {
			fault("neural task %q uses a channel that is not declared", n.Name)
		}
		if size(n.Inputs) <= 0 || size(n.Outputs) <= 0 {
			fault("neural task %q has shapes %v -> %v", n.Name, n.Inputs, n.Outputs)
		}
	}
	return errors.Join(faults...)
}

// size returns the number of elements of a shape; 0 for none.
func size(shape []int) int {
	if len(shape) == 0 {
		return 0
	}
	n := 1
	for _, d := range shape {
		if d <= 0 {
			return 0
		}
		n *= d
	}
	return n
}

// identifier reports whether the language can write s as a name.
func identifier(s string) bool {
	for i, r := range s {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}
