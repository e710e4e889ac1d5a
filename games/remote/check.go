package remote

import (
	"fmt"

	"dryad/games"
	"dryad/vocab"
)

// Bounds of what a seat perceives.
const (
	maxChoices = 10_000
	maxMetrics = 1000
)

// checkSeat reports what a seat cannot perceive. Numbers outside their range are
// moved to its end.
func checkSeat(words *vocab.Vocabulary, s *seat) error {
	if len(s.Readings) != words.Readings() {
		return fmt.Errorf("it perceives %d readings, the vocabulary has %d", len(s.Readings), words.Readings())
	}
	for i, v := range s.Readings {
		if i >= len(words.Features) {
			if v != 0 && v != 1 {
				return fmt.Errorf("the condition %s is %g, neither 0 nor 1", words.ReadingName(i), v)
			}
			continue
		}
		f := &words.Features[i]
		fine := finite(v)
		switch f.Kind {
		case vocab.Bool:
			fine = v == 0 || v == 1
		case vocab.Enum:
			fine = v >= 0 && v < float64(len(f.Values)) && v == float64(int(v))
		}
		if !fine {
			return fmt.Errorf("the feature %s is %g, which is no value of the kind %s", f.Name, v, f.Kind)
		}
		if f.Min != f.Max && f.Kind != vocab.Enum {
			s.Readings[i] = min(max(v, f.Min), f.Max)
		}
	}
	if len(s.Choices) != len(words.Choosers) && len(s.Choices) != 0 {
		return fmt.Errorf("it has choices for %d choosers, the vocabulary has %d", len(s.Choices), len(words.Choosers))
	}
	total := 0
	for _, c := range s.Choices {
		total += len(c)
	}
	if total > maxChoices {
		return fmt.Errorf("%d choices in a tick; at most %d are taken", total, maxChoices)
	}
	for _, e := range s.Ended {
		if e < statusRunning || e > statusFailure {
			return fmt.Errorf("a command stands at %d; there are 1 running, 2 success, 3 failure", e)
		}
	}
	if len(s.Metrics) > maxMetrics {
		return fmt.Errorf("%d metrics; at most %d are taken", len(s.Metrics), maxMetrics)
	}
	for _, m := range s.Metrics {
		if !finite(m.Value) || m.Name == "" {
			return fmt.Errorf("the metric %q is %g", clip(m.Name), m.Value)
		}
	}
	return nil
}

// choose picks among the choices of a chooser.
func choose(words *vocab.Vocabulary, s *seat, chooser int, draw uint64) (games.Target, bool) {
	if chooser >= len(s.Choices) || len(s.Choices[chooser]) == 0 {
		return games.Target{}, false
	}
	choices, c := s.Choices[chooser], &words.Choosers[chooser]
	t := &choices[0]
	if c.Random {
		t = &choices[draw%uint64(len(choices))]
	}
	return games.Target{Kind: c.Kind, ID: t.ID, X: t.X, Y: t.Y, Z: t.Z}, true
}
