package gamestest

import (
	"math"
	"testing"

	"dryad/games"
)

// results tries what a match says of itself: metrics under the same names all
// along, events of seats that there are, and at the end scores between 0 and 1.
func results(t *testing.T, f *fixture) {
	w := f.world(t)
	names := metricNames(w, 0)
	look := func() bool {
		for s := range w.Seats() {
			if got := metricNames(w, games.Seat(s)); !equal(names, got) {
				t.Errorf("the metrics of seat %d in tick %d are %q, those at first %q", s, w.Now(), got, names)
				return false
			}
			for _, m := range w.Metrics(games.Seat(s)) {
				if math.IsNaN(m.Value) || math.IsInf(m.Value, 0) || m.Better < -1 || m.Better > 1 {
					t.Errorf("tick %d, seat %d: metric %+v", w.Now(), s, m)
					return false
				}
			}
			if team := w.Team(games.Seat(s)); team < 0 {
				t.Errorf("seat %d is in team %d", s, team)
				return false
			}
		}
		for _, e := range w.Events() {
			ok := e.Kind != "" && legalSeat(w, e.Seat) && legalSeat(w, e.Other)
			for _, k := range e.Known {
				ok = ok && k >= 0 && int(k) < w.Seats()
			}
			if !ok {
				t.Errorf("tick %d: event %+v", w.Now(), e)
				return false
			}
		}
		return true
	}
	f.play(t, w, func(*driver) bool { return look() })
	look()
	r, over := w.Result()
	if !over {
		return
	}
	if len(r.Scores) != w.Seats() || len(r.Points) != w.Seats() || r.Reason == "" || r.Winner < -1 {
		t.Errorf("the result is %+v", r)
	}
	for s, score := range r.Scores {
		if math.IsNaN(score) || score < 0 || score > 1 {
			t.Errorf("seat %d has the score %v", s, score)
		}
	}
}

func legalSeat(w games.World, s games.Seat) bool { return s >= games.NoSeat && int(s) < w.Seats() }

func metricNames(w games.World, s games.Seat) []string {
	var names []string
	for _, m := range w.Metrics(s) {
		names = append(names, m.Name)
	}
	return names
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// optional tries the optional interfaces that the world implements.
func optional(t *testing.T, f *fixture) {
	w := f.world(t)
	terminal, _ := w.(games.Terminal)
	coalitions, _ := w.(games.Coalitions)
	var before []int
	f.play(t, w, func(*driver) bool {
		if terminal != nil {
			if _, over := w.Result(); over != terminal.Over() {
				t.Errorf("tick %d: Over is %v, Result says %v", w.Now(), terminal.Over(), over)
				return false
			}
		}
		if coalitions != nil {
			var now []int
			for s := range w.Seats() {
				now = append(now, coalitions.Coalition(games.Seat(s)))
			}
			if before != nil {
				for s := range now {
					if now[s] != before[s] {
						t.Errorf("tick %d: seat %d changes its coalition", w.Now(), s)
						return false
					}
				}
			}
			before = now
		}
		return true
	})
	if terminal != nil {
		if _, over := w.Result(); over != terminal.Over() {
			t.Errorf("tick %d: Over is %v, Result says %v", w.Now(), terminal.Over(), over)
		}
	}
	if public, ok := w.(games.PublicConfigurer); ok {
		if c := public.PublicConfig(); c.Seats != w.Config().Seats || c.Mode != w.Config().Mode {
			t.Errorf("the public configuration is of another match: %+v", c)
		}
	}
}
