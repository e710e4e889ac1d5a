package scheduler

import (
	"fmt"
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

// inputs are what the network of the arena sees. The first is 1 always.
var inputs = []input{
	{},
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
	{reading: "mode", word: "deathmatch"},
	{reading: "mode", word: "team_deathmatch"},
	{reading: "mode", word: "capture_the_flag"},
	{reading: "mode", word: "domination"},
	{reading: "mode", word: "gun_game"},
}

// sight reads the inputs off a body.
type sight struct {
	inputs   []input
	features []*vocab.Feature // nil for a condition, and for the first
	words    []float64
	ticks    float64 // a second
	readings []int32
	values   []float64
}

func newSight(v *vocab.Vocabulary) (*sight, error) {
	s := &sight{inputs: inputs, ticks: float64(v.TicksPerSecond), values: make([]float64, len(inputs)-1),
		features: make([]*vocab.Feature, len(inputs)), words: make([]float64, len(inputs))}
	for i, in := range inputs[1:] {
		reading, ok := v.Reading(in.reading)
		if !ok {
			return nil, fmt.Errorf("scheduler: %s has no reading %q", v.Game, in.reading)
		}
		s.readings = append(s.readings, int32(reading))
		if reading >= len(v.Features) {
			continue
		}
		f := &v.Features[reading]
		s.features[i+1] = f
		found := f.Kind != vocab.Enum
		for k, word := range f.Values {
			if word == in.word {
				s.words[i+1], found = float64(k), true
			}
		}
		if !found {
			return nil, fmt.Errorf("scheduler: %s is never %q", in.reading, in.word)
		}
	}
	return s, nil
}

// read writes the inputs.
func (s *sight) read(body games.Body, to []float32) {
	body.Observe(s.readings, s.values)
	to[0] = 1
	for i, v := range s.values {
		in, f := &s.inputs[i+1], s.features[i+1]
		switch {
		case f == nil || f.Kind == vocab.Bool:
		case f.Kind == vocab.Enum:
			if v == s.words[i+1] {
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
		to[i+1] = float32(v)
	}
}

// term writes what a weight makes of an input as an expression of the language.
func (s *sight) term(i int, weight float64) string {
	in, f := &s.inputs[i], s.features[i]
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
	switch {
	case i == 0:
		return number(weight)
	case f == nil || f.Kind == vocab.Bool:
		return fmt.Sprintf("(%s ? %s : 0)", in.reading, number(weight))
	case f.Kind == vocab.Enum:
		return fmt.Sprintf("(%s == %s ? %s : 0)", in.reading, in.word, number(weight))
	case f.Kind == vocab.Duration:
		return fmt.Sprintf("(%s < %ss ? %s : 0)", in.reading, number(in.most), number(weight))
	case f.Min < 0:
		return fmt.Sprintf("%s * max(%s, min(%s, %s))", number(weight/in.most), number(-in.most), number(in.most), in.reading)
	}
	return fmt.Sprintf("%s * min(%s, %s)", number(weight/in.most), number(in.most), in.reading)
}
