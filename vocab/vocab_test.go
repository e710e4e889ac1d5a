package vocab_test

import (
	"strings"
	"testing"

	"dryad/vocab"
)

func small() vocab.Vocabulary {
	return vocab.Vocabulary{
		Game:       "small",
		Channels:   []string{"move", "fire"},
		Features:   []vocab.Feature{{Name: "health", Kind: vocab.Int, Max: 100, Description: "own health"}, {Name: "stance", Kind: vocab.Enum, Values: []string{"up", "down"}, Description: "posture"}},
		Conditions: []vocab.Condition{{Name: "alone", Description: "nobody is near"}},
		Choosers:   []vocab.Chooser{{Name: "nearest", Kind: vocab.Agent, Description: "the nearest agent"}},
		Tasks: []vocab.Task{{Name: "go", Channels: 1, Description: "walk",
			Params: []vocab.Param{{Name: "to", Kinds: []vocab.Kind{vocab.Agent}, Description: "where"}}}},
		Nets: []vocab.Net{{Name: "steer", Rule: "go", Inputs: []int{4}, Outputs: []int{2}, Channels: 1, Description: "walk by a network"}},
	}
}

func TestReadings(t *testing.T) {
	v := small()
	for i, name := range []string{"health", "stance", "alone"} {
		if at, ok := v.Reading(name); !ok || at != i || v.ReadingName(i) != name {
			t.Errorf("%s is reading %d (%v), and reading %d is %s", name, at, ok, i, v.ReadingName(i))
		}
	}
	if v.Readings() != 3 {
		t.Errorf("%d readings", v.Readings())
	}
	if _, ok := v.Reading("nothing"); ok {
		t.Error("an unknown name is a reading")
	}
}

// TestValidate: each fault is found, and named.
func TestValidate(t *testing.T) {
	v := small()
	if err := v.Validate(); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func(*vocab.Vocabulary){
		`game name "" is not`:              func(v *vocab.Vocabulary) { v.Game = "" },
		`feature "my health" is not`:       func(v *vocab.Vocabulary) { v.Features[0].Name = "my health" },
		`feature "health" has no meaning`:  func(v *vocab.Vocabulary) { v.Features[0].Description = " " },
		`feature "health" has range`:       func(v *vocab.Vocabulary) { v.Features[0].Min = 200 },
		`feature "health" has kind agent`:  func(v *vocab.Vocabulary) { v.Features[0].Kind = vocab.Agent },
		`feature "stance" of kind enum`:    func(v *vocab.Vocabulary) { v.Features[1].Values = nil },
		`condition "health" is declared`:   func(v *vocab.Vocabulary) { v.Conditions[0].Name = "health" },
		`chooser "nearest" has kind bool`:  func(v *vocab.Vocabulary) { v.Choosers[0].Kind = vocab.Bool },
		`task "go" uses a channel`:         func(v *vocab.Vocabulary) { v.Tasks[0].Channels = 4 },
		`parameter "to" accepts no kind`:   func(v *vocab.Vocabulary) { v.Tasks[0].Params[0].Kinds = nil },
		`neural task "steer" replaces`:     func(v *vocab.Vocabulary) { v.Nets[0].Rule = "stop" },
		`neural task "steer" has shapes`:   func(v *vocab.Vocabulary) { v.Nets[0].Outputs = nil },
		`neural task "steer" uses a chann`: func(v *vocab.Vocabulary) { v.Nets[0].Channels = 8 },
		`33 channels, at most 32`:          func(v *vocab.Vocabulary) { v.Channels = make([]string, 33) },
	} {
		v := small()
		spoil(&v)
		if err := v.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, have %v", want, err)
		}
	}
}
