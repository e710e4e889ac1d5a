package match_test

import (
	"bytes"
	"context"
	"testing"

	"dryad/match"
)

// TestLate: before its tick a late entrant does what is recorded, bit for bit, and
// afterwards what it decides.
func TestLate(t *testing.T) {
	want := params(hunter("h"), drift("d"), hunter("h2"))
	want.Record, want.HashEvery = true, 10
	whole, err := match.Run(context.Background(), want)
	if err != nil {
		t.Fatal(err)
	}
	const from = 50
	p := want
	p.Entrants = []match.Entrant{drift("a"), drift("b"), drift("c")}
	for seat := range p.Entrants {
		p.Entrants[seat] = match.Late(p.Entrants[seat], whole.Replay.Commands[seat], from)
	}
	late, err := match.Run(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range whole.Replay.Hashes {
		if h.Tick <= from && late.Replay.Hashes[i] != h {
			t.Errorf("the state at tick %d is another", h.Tick)
		}
	}
	same := true
	for tick := from; tick < min(whole.Ticks, late.Ticks); tick++ {
		same = same && bytes.Equal(whole.Replay.Commands[0].At(tick), late.Replay.Commands[0].At(tick))
	}
	if same {
		t.Error("the late entrant goes on as recorded")
	}
	p.Entrants[1] = match.Late(drift("b"), whole.Replay.Commands[1].Prefix(from-1), from)
	if _, err := match.Run(context.Background(), p); err == nil {
		t.Error("fewer commands than ticks are accepted")
	}
}
