package fps_test

import (
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/match"
)

// TestPerson plays what is held: it goes ahead where it looks, turns no faster
// than the rules allow, loses no turn, fires, and its match verifies like any
// other.
func TestPerson(t *testing.T) {
	held := fps.Controls{Forward: 100, Turn: 65536 / 4} // a quarter to the left
	person := match.Entrant{Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
		return fps.NewPerson(func() fps.Controls { return held }), nil
	}}
	person.Record.Name = "human"
	m, err := match.New(match.Params{Game: arena.New(), Config: games.Config{Map: "generated:rooms:3", Seats: 2, Ticks: 60}, Entrants: []match.Entrant{person, person}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	scene := func() fps.Scene { return m.World().(fps.Spectated).Scene() }
	start := scene().Figures[0].Angle
	for range 4 {
		m.Step()
	}
	if turned := scene().Figures[0].Angle.Sub(start); turned <= 1<<29 || turned >= 1<<30 {
		t.Errorf("turned by %d after 4 ticks of at most 20 degrees", turned)
	}
	m.Step()
	if turned := scene().Figures[0].Angle.Sub(start); turned < 1<<30-1<<20 || turned > 1<<30+1<<20 {
		t.Errorf("turned by %d, not by a quarter", turned)
	}
	held.Fire, held.Weapon = true, 200 // which nobody has
	for m.Step() {
	}
	o := m.Outcome()
	if len(o.Forfeits) > 0 || o.Metrics[0][0].Name == "" {
		t.Error(o.Forfeits)
	}
	moved, shots := 0.0, 0.0
	for _, metric := range o.Metrics[0] {
		switch metric.Name {
		case "distance":
			moved = metric.Value
		case "shots":
			shots = metric.Value
		}
	}
	if moved < 100 || shots == 0 {
		t.Errorf("moved %g, fired %g times", moved, shots)
	}
	if _, err := match.Verify(t.Context(), match.PlaybackParams{Game: arena.New(), Replay: o.Replay}); err != nil {
		t.Error(err)
	}
}
