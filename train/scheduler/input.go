package scheduler

import (
	"fmt"
	"slices"
	"strconv"

	"dryad/games"
	"dryad/vocab"
)

// input is a reading as the network sees it: from -1 to 1.
type input struct {
	reading string
	// most is what counts as 1 of a number, or the longest time of a duration that
	// counts as 1; less counts as a share.
	most float64
	// word is the word of an enum that counts as 1.
	word string
}

// general are the inputs of every mode. The mode's words follow them.
var general = []input{
	{reading: "health", most: 100},
	{reading: "armour", most: 100},
	{reading: "has_enemy_in_view"},
	{reading: "enemy_distance", most: 1024},
	{reading: "weapons_owned", most: 6},
	{reading: "has_strong_weapon"},
	{reading: "time_since_enemy_seen", most: 4},
	{reading: "time_since_hurt", most: 2},
	{reading: "score_lead", most: 4},
	{reading: "allies_left", most: 4},
	{reading: "has_objective"},
	{reading: "carries_flag"},
	{reading: "objective_distance", most: 2048},
}

// sight reads the inputs off a body.
type sight struct {
	inputs   []input
	features []*vocab.Feature // nil for a condition
	words    []float64
	ticks    float64 // a second
	readings []int32
	values   []float64
}

func newSight(v *vocab.Vocabulary) (*sight, error) {
	s := &sight{inputs: slices.Clone(general), ticks: float64(v.TicksPerSecond)}
	if mode, ok := v.Feature("mode"); ok {
		for _, word := range v.Features[mode].Values {
			s.inputs = append(s.inputs, input{reading: "mode", word: word})
		}
	}
	n := len(s.inputs)
	s.values, s.features, s.words = make([]float64, n), make([]*vocab.Feature, n), make([]float64, n)
	for i, in := range s.inputs {
		reading, ok := v.Reading(in.reading)
		if !ok {
			return nil, fmt.Errorf("scheduler: %s has no reading %q", v.Game, in.reading)
		}
		s.readings = append(s.readings, int32(reading))
		if reading < len(v.Features) {
			s.features[i] = &v.Features[reading]
			s.words[i] = float64(slices.Index(v.Features[reading].Values, in.word))
		}
	}
	return s, nil
}

// read writes the inputs.
func (s *sight) read(body games.Body, to []float32) {
	body.Observe(s.readings, s.values)
	for i, v := range s.values {
		in, f := &s.inputs[i], s.features[i]
		switch {
		case f == nil || f.Kind == vocab.Bool:
		case f.Kind == vocab.Enum:
			if v == s.words[i] {
				v = 1
			} else {
				v = 0
			}
		case f.Kind == vocab.Duration:
			if v < in.most*s.ticks {
				v = 1
			} else {
				v = 0
			}
		default:
			v = max(-in.most, min(in.most, v)) / in.most
		}
		to[i] = float32(v)
	}
}

// expression writes an input as the language does.
func (s *sight) expression(i int) string {
	in, f := &s.inputs[i], s.features[i]
	most := strconv.FormatFloat(in.most, 'f', -1, 64)
	switch {
	case f == nil || f.Kind == vocab.Bool:
		return in.reading
	case f.Kind == vocab.Enum:
		return in.reading + " == " + in.word
	case f.Kind == vocab.Duration:
		return in.reading + " < " + most + "s"
	case f.Min < 0:
		return fmt.Sprintf("max(-%s, min(%s, %s)) / %s", most, most, in.reading, most)
	}
	return fmt.Sprintf("min(%s, %s) / %s", most, in.reading, most)
}
