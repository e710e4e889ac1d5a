package feedback_test

import (
	"math"
	"testing"

	"dryad/feedback"
	"dryad/games"
	"dryad/replay"
)

// TestBehaviour: two mates and an enemy on a line, and a flag that one mate carries
// for the second half of the match.
func TestBehaviour(t *testing.T) {
	c := &feedback.Course{Rate: 35, Every: 5, Fights: []games.Fight{{Seats: [2]games.Seat{2, 0}, Distance: 300, Health: [2]float64{90, 60}, First: 1, Died: [2]bool{true, false}}}}
	for i := range 20 {
		x := 20 * float64(i) // 4 a tick
		mate := 200.0
		if i >= 10 {
			mate = 2000
		}
		c.Samples = append(c.Samples, games.Survey{Seats: []games.Standing{
			{X: x, Z: 32, Present: true, Health: 100}, {X: x, Y: mate, Z: 32, Present: i != 19, Health: 50}, {X: x + 1000, Team: 1, Present: true, Health: 100},
		}})
	}
	r := &replay.Replay{Ticks: 100, Events: []games.Event{
		{Tick: 50, Kind: "flag_taken", Seat: 1, Other: games.NoSeat}, {Tick: 98, Kind: "flag_dropped", Seat: 1, Other: games.NoSeat},
	}}
	got := map[string]float64{}
	for _, trait := range feedback.Behaviour(r, c, []games.Seat{0, 1}) {
		got[trait.Name] = trait.Value
	}
	for name, want := range map[string]float64{
		"time alive": 97.5, "speed": 140, "time near a mate": 100 * 20. / 38, "height above the nearest enemy": 32,
		"distance to the mate with the flag": 2000, "time near the mate with the flag": 0,
		"fights": 0.5 / (100. / 35 / 60), "distance as a fight begins": 300, "health as a fight begins": 60, "fights in which it fires first": 100,
		"fights that it wins": 100, "fights in which it dies": 0,
	} {
		if math.Abs(got[name]-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got[name], want)
		}
	}
	if _, have := got["distance to the mate with the flag"]; !have || len(feedback.Behaviour(&replay.Replay{}, &feedback.Course{Rate: 35, Every: 5}, nil)) != 0 {
		t.Errorf("%v", got)
	}
}
