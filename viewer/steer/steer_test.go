package steer_test

import (
	"math"
	"testing"
	"time"

	"dryad/games/fps"
	"dryad/viewer/steer"
)

func TestUpdate(t *testing.T) {
	for name, c := range map[string]struct {
		held steer.Held
		want fps.Controls
	}{
		"nothing":       {steer.Held{}, fps.Controls{}},
		"ahead":         {steer.Held{Ahead: true}, fps.Controls{Forward: 100}},
		"both ways":     {steer.Held{Ahead: true, Back: true, Left: true}, fps.Controls{Side: -100}},
		"key and pad":   {steer.Held{Right: true, LegsX: 1, LegsY: -0.5}, fps.Controls{Forward: 50, Side: 100}},
		"dead zone":     {steer.Held{LegsX: 0.1, HeadX: -0.1, LegsY: math.NaN()}, fps.Controls{}},
		"turn by key":   {steer.Held{TurnLeft: true}, fps.Controls{Turn: 1638}}, // 9 degrees in a twentieth of a second
		"turn by pad":   {steer.Held{HeadX: 5}, fps.Controls{Turn: -2002}},
		"by mouse":      {steer.Held{MouseX: 100, MouseY: 50}, fps.Controls{Turn: -3277, Pitch: -1638}},
		"hands":         {steer.Held{Fire: true, Use: true, Weapon: 4}, fps.Controls{Fire: true, Use: true, Weapon: 4}},
		"all at a time": {steer.Held{Ahead: true, TurnRight: true, Fire: true}, fps.Controls{Forward: 100, Turn: -1638, Fire: true}},
	} {
		var s steer.Steering
		if have := s.Update(c.held, 50*time.Millisecond); have != c.want {
			t.Errorf("%s: %+v, not %+v", name, have, c.want)
		}
	}
}

// TestTurnsAddUp: turns are told as a sum, and standing still keeps it.
func TestTurnsAddUp(t *testing.T) {
	var s steer.Steering
	for range 40 {
		s.Update(steer.Held{TurnLeft: true}, 50*time.Millisecond)
	}
	if have := s.Update(steer.Held{}, time.Second).Turn; have != 65536 {
		t.Errorf("two seconds at 180 degrees a second are %d of a turn", have)
	}
	if have := s.Update(steer.Held{TurnLeft: true}, time.Hour).Turn; have != 65536+3277 {
		t.Errorf("an hour's hang turned to %d", have)
	}
}
