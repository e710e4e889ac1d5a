package steer

import (
	"math"
	"time"

	"dryad/games/fps"
)

// Held is what is held at a moment, and what was moved since the last one.
type Held struct {
	Ahead, Back, Left, Right bool // keys of the legs
	TurnLeft, TurnRight      bool // keys of the head
	Fire, Use                bool
	Weapon                   uint8 // number of a weapon's key, from 1; 0 for none
	// MouseX and MouseY are pixels to the right and downwards.
	MouseX, MouseY float64
	// The sticks of a gamepad, from -1 to 1, to the right and downwards.
	LegsX, LegsY, HeadX, HeadY float64
}

const (
	keyTurn   = 180.0 // degrees a second while a key is held
	stickTurn = 220.0 // with the stick at its end
	mouseTurn = 0.18  // degrees a pixel
	deadZone  = 0.15  // of a stick
)

// Steering is what was done so far.
type Steering struct {
	turn, pitch float64 // degrees to the left and upward, all in all
}

// Update takes in what is held, after some time has passed.
func (s *Steering) Update(h Held, passed time.Duration) fps.Controls {
	legsX, legsY, headX, headY := live(h.LegsX), live(h.LegsY), live(h.HeadX), live(h.HeadY)
	seconds := min(passed.Seconds(), 0.1) // a window that hung does not spin
	s.turn -= h.MouseX*mouseTurn + (headX*stickTurn+(one(h.TurnRight)-one(h.TurnLeft))*keyTurn)*seconds
	s.pitch -= h.MouseY*mouseTurn + headY*stickTurn*seconds
	return fps.Controls{
		Forward: thrust(one(h.Ahead) - one(h.Back) - legsY), Side: thrust(one(h.Right) - one(h.Left) + legsX),
		Turn: units(s.turn), Pitch: units(s.pitch), Fire: h.Fire, Use: h.Use, Weapon: h.Weapon,
	}
}

func one(held bool) float64 {
	if held {
		return 1
	}
	return 0
}

// live is a stick outside the zone in which it is taken to stand still.
func live(stick float64) float64 {
	if !(math.Abs(stick) > deadZone) {
		return 0
	}
	return max(-1, min(1, stick))
}

func thrust(share float64) int8 { return int8(max(-1, min(1, share)) * fps.MaxThrust) }

// units turns degrees into 1/65536 turns, which may go round.
func units(degrees float64) int32 { return int32(int64(math.Round(degrees * 65536 / 360))) }
