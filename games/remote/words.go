package remote

import (
	"fmt"
	"math"
	"slices"

	"dryad/vocab"
)

// vocabulary is vocab.Vocabulary on the wire, with names for kinds and channels.
type vocabulary struct {
	Game           string      `json:"game" cbor:"game"`
	Version        int         `json:"version" cbor:"version"`
	TicksPerSecond int         `json:"ticks_per_second,omitempty" cbor:"ticks_per_second,omitempty"`
	Channels       []string    `json:"channels,omitempty" cbor:"channels,omitempty"`
	Features       []feature   `json:"features,omitempty" cbor:"features,omitempty"`
	Conditions     []condition `json:"conditions,omitempty" cbor:"conditions,omitempty"`
	Choosers       []chooser   `json:"choosers,omitempty" cbor:"choosers,omitempty"`
	Tasks          []taskWord  `json:"tasks,omitempty" cbor:"tasks,omitempty"`
	Notes          []string    `json:"notes,omitempty" cbor:"notes,omitempty"`
}

type feature struct {
	Name        string   `json:"name" cbor:"name"`
	Kind        string   `json:"kind" cbor:"kind"`
	Unit        string   `json:"unit,omitempty" cbor:"unit,omitempty"`
	Min         float64  `json:"min,omitempty" cbor:"min,omitempty"`
	Max         float64  `json:"max,omitempty" cbor:"max,omitempty"`
	Values      []string `json:"values,omitempty" cbor:"values,omitempty"`
	Description string   `json:"description" cbor:"description"`
}

type condition struct {
	Name        string `json:"name" cbor:"name"`
	Description string `json:"description" cbor:"description"`
}

type chooser struct {
	Name        string `json:"name" cbor:"name"`
	Kind        string `json:"kind" cbor:"kind"`
	Random      bool   `json:"random,omitempty" cbor:"random,omitempty"` // picks any of the choices, not the first
	Description string `json:"description" cbor:"description"`
}

type taskWord struct {
	Name     string      `json:"name" cbor:"name"`
	Params   []parameter `json:"params,omitempty" cbor:"params,omitempty"`
	Channels []string    `json:"channels,omitempty" cbor:"channels,omitempty"`
	Mover    bool        `json:"mover,omitempty" cbor:"mover,omitempty"`
	// NonTerminating tasks never succeed by themselves. Instant ones succeed in the tick
	// in which they command.
	NonTerminating bool   `json:"non_terminating,omitempty" cbor:"non_terminating,omitempty"`
	Instant        bool   `json:"instant,omitempty" cbor:"instant,omitempty"`
	Description    string `json:"description" cbor:"description"`
}

type parameter struct {
	Name        string   `json:"name" cbor:"name"`
	Kinds       []string `json:"kinds" cbor:"kinds"`
	Values      []string `json:"values,omitempty" cbor:"values,omitempty"`
	Optional    bool     `json:"optional,omitempty" cbor:"optional,omitempty"`
	Default     float64  `json:"default,omitempty" cbor:"default,omitempty"`
	Unit        string   `json:"unit,omitempty" cbor:"unit,omitempty"`
	Min         float64  `json:"min,omitempty" cbor:"min,omitempty"`
	Max         float64  `json:"max,omitempty" cbor:"max,omitempty"`
	Description string   `json:"description" cbor:"description"`
}

// kindByName are the kinds as the language writes them.
var kindByName = func() map[string]vocab.Kind {
	kinds := map[string]vocab.Kind{}
	for k := vocab.Bool; k <= vocab.Word; k++ {
		kinds[k.String()] = k
	}
	return kinds
}()

// bounds of what a peer may declare.
const (
	maxRange     = 1e15
	maxText      = 2000
	maxTicksRate = 1000
)

// words turns the peer's vocabulary into dryad's and reports all of its faults:
// the vocabulary's own, kinds and channels that do not exist, and ranges that are
// no numbers or absurd.
func (v *vocabulary) words() (*vocab.Vocabulary, []bool, error) {
	out := &vocab.Vocabulary{Game: v.Game, Version: v.Version, TicksPerSecond: v.TicksPerSecond, Channels: v.Channels, Notes: v.Notes}
	var fault error
	fail := func(format string, args ...any) {
		if fault == nil {
			fault = fmt.Errorf(format, args...)
		}
	}
	kind := func(what, name string) vocab.Kind {
		k, ok := kindByName[name]
		if !ok {
			fail("%s has the kind %q, which does not exist", what, name)
		}
		return k
	}
	span := func(what string, low, high float64) {
		if !(math.Abs(low) <= maxRange && math.Abs(high) <= maxRange) {
			fail("%s has the range [%g, %g]; a bound is at most %g", what, low, high, float64(maxRange))
		}
		if low > high {
			fail("%s has the range [%g, %g], which is upside down", what, low, high)
		}
	}
	if v.TicksPerSecond < 0 || v.TicksPerSecond > maxTicksRate {
		fail("%d ticks a second; there are 0 (turns) to %d", v.TicksPerSecond, maxTicksRate)
	}
	if v.Version < 1 {
		fail("the version of the words is %d; it begins with 1", v.Version)
	}
	for _, f := range v.Features {
		what := fmt.Sprintf("the feature %q", f.Name)
		span(what, f.Min, f.Max)
		out.Features = append(out.Features, vocab.Feature{Name: f.Name, Kind: kind(what, f.Kind), Unit: f.Unit, Min: f.Min, Max: f.Max, Values: f.Values, Description: clip(f.Description)})
	}
	for _, c := range v.Conditions {
		out.Conditions = append(out.Conditions, vocab.Condition{Name: c.Name, Description: clip(c.Description)})
	}
	for _, c := range v.Choosers {
		out.Choosers = append(out.Choosers, vocab.Chooser{Name: c.Name, Kind: kind(fmt.Sprintf("the chooser %q", c.Name), c.Kind), Random: c.Random, Description: clip(c.Description)})
	}
	var instant []bool
	for _, t := range v.Tasks {
		word := vocab.Task{Name: t.Name, Mover: t.Mover, NonTerminating: t.NonTerminating, Description: clip(t.Description)}
		for _, name := range t.Channels {
			i := slices.Index(v.Channels, name)
			if i < 0 {
				fail("the task %q uses the channel %q, which is not declared", t.Name, name)
			} else if i < 32 {
				word.Channels |= 1 << i
			}
		}
		for _, p := range t.Params {
			what := fmt.Sprintf("the parameter %q of the task %q", p.Name, t.Name)
			span(what, p.Min, p.Max)
			param := vocab.Param{Name: p.Name, Values: p.Values, Optional: p.Optional, Default: p.Default, Unit: p.Unit, Min: p.Min, Max: p.Max, Description: clip(p.Description)}
			if !(math.Abs(p.Default) <= maxRange) {
				fail("%s has the default %g", what, p.Default)
			}
			for _, k := range p.Kinds {
				param.Kinds = append(param.Kinds, kind(what, k))
			}
			word.Params = append(word.Params, param)
		}
		if t.Instant && t.NonTerminating {
			fail("the task %q is both instant and non-terminating", t.Name)
		}
		instant = append(instant, t.Instant)
		out.Tasks = append(out.Tasks, word)
	}
	if fault != nil {
		return nil, nil, fault
	}
	if len(out.Tasks) == 0 {
		return nil, nil, fmt.Errorf("the vocabulary has no task")
	}
	return out, instant, out.Validate()
}

// clip bounds a text.
func clip(text string) string {
	if len(text) > maxText {
		return text[:maxText]
	}
	return text
}

// wire turns dryad's vocabulary into that of the protocol, without neural tasks.
func wire(v *vocab.Vocabulary) *vocabulary {
	out := &vocabulary{Game: v.Game, Version: v.Version, TicksPerSecond: v.TicksPerSecond, Channels: v.Channels, Notes: v.Notes}
	for _, f := range v.Features {
		out.Features = append(out.Features, feature{Name: f.Name, Kind: f.Kind.String(), Unit: f.Unit, Min: f.Min, Max: f.Max, Values: f.Values, Description: f.Description})
	}
	for _, c := range v.Conditions {
		out.Conditions = append(out.Conditions, condition{Name: c.Name, Description: c.Description})
	}
	for _, c := range v.Choosers {
		out.Choosers = append(out.Choosers, chooser{Name: c.Name, Kind: c.Kind.String(), Random: c.Random, Description: c.Description})
	}
	for _, t := range v.Tasks {
		word := taskWord{Name: t.Name, Mover: t.Mover, NonTerminating: t.NonTerminating, Description: t.Description}
		for i, c := range v.Channels {
			if t.Channels>>i&1 != 0 {
				word.Channels = append(word.Channels, c)
			}
		}
		for _, p := range t.Params {
			param := parameter{Name: p.Name, Values: p.Values, Optional: p.Optional, Default: p.Default, Unit: p.Unit, Min: p.Min, Max: p.Max, Description: p.Description}
			for _, k := range p.Kinds {
				param.Kinds = append(param.Kinds, k.String())
			}
			word.Params = append(word.Params, param)
		}
		out.Tasks = append(out.Tasks, word)
	}
	return out
}
