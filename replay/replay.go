package replay

import (
	"fmt"

	"dryad/games"
)

// Policy is what sat on a seat.
type Policy struct {
	// Name is the policy's name, as results show it.
	Name string `cbor:"1,keyasint"`
	// Source is the canonical source text; empty for an agent that is not
	// written in the language.
	Source string `cbor:"2,keyasint,omitempty"`
	// Hash identifies the policy wholly, its networks' weights included.
	Hash string `cbor:"3,keyasint,omitempty"`
	// Script is the Lua source beside the policy, if it has one.
	Script string `cbor:"4,keyasint,omitempty"`
	// Agent names an agent that the game brings along in place of a source;
	// empty for others.
	Agent string `cbor:"5,keyasint,omitempty"`
}

// Swap is a change of a seat's policy in the middle of a match: from Tick on
// the new one plays.
type Swap struct {
	Tick   int        `cbor:"1,keyasint"`
	Seat   games.Seat `cbor:"2,keyasint"`
	Policy Policy     `cbor:"3,keyasint"`
}

// Forfeit is a seat that was taken out of a match.
type Forfeit struct {
	Tick  int        `cbor:"1,keyasint" json:"tick"`
	Seat  games.Seat `cbor:"2,keyasint" json:"seat"`
	Class string     `cbor:"3,keyasint" json:"class"` // "agent", "infrastructure" or "illegal"
	Text  string     `cbor:"4,keyasint" json:"text"`
}

// Hash is the digest of a state: that before the commands of Tick.
type Hash struct {
	Tick  int    `cbor:"1,keyasint"`
	Value uint64 `cbor:"2,keyasint"`
}

// Replay is the record of one match.
type Replay struct {
	// Program is the version of dryad that played the match.
	Program string `cbor:"1,keyasint"`
	// Game and GameVersion are the vocabulary's name and version.
	Game        string `cbor:"2,keyasint"`
	GameVersion int    `cbor:"3,keyasint"`
	// Config is the completed configuration.
	Config games.Config `cbor:"4,keyasint"`
	Seed   uint64       `cbor:"5,keyasint"`
	// Policies has one element a seat; Swaps are in the order of their ticks.
	Policies []Policy `cbor:"6,keyasint"`
	Swaps    []Swap   `cbor:"7,keyasint,omitempty"`
	// Ticks is the number of steps made.
	Ticks int `cbor:"8,keyasint"`
	// Commands holds for every seat its commands of every tick.
	Commands []Commands `cbor:"9,keyasint"`
	// Hashes are in the order of their ticks; the last is that of the end.
	Hashes []Hash `cbor:"10,keyasint"`
	// Events is what happened, in order.
	Events []games.Event `cbor:"11,keyasint,omitempty"`
	// Over says that the match came to its end; otherwise it was broken off.
	Over     bool             `cbor:"12,keyasint"`
	Result   games.Result     `cbor:"13,keyasint"`
	Metrics  [][]games.Metric `cbor:"14,keyasint"`
	Forfeits []Forfeit        `cbor:"15,keyasint,omitempty"`
	// Told is what the world was told from outside, tick by tick; nil for a world that
	// depends on nothing else than configuration, seed and commands.
	Told *Commands `cbor:"16,keyasint,omitempty"`
	// Notes are what the writer adds about the seats, in the order of their ticks.
	Notes []Note `cbor:"17,keyasint,omitempty"`
	// Keyframes are states on the way, so that a late tick is reached quickly; nil for
	// most replays. They may be wrong: who relies on them compares them with the match.
	Keyframes *Keyframes `cbor:"-"`
	// Unkeyed is why the keyframes of the file that was read are left out, an
	// ErrKeyframes; nil when they are not.
	Unkeyed error `cbor:"-"`
}

// FinalHash returns the digest of the last state.
func (r *Replay) FinalHash() uint64 {
	if len(r.Hashes) == 0 {
		return 0
	}
	return r.Hashes[len(r.Hashes)-1].Value
}

// PolicyAt returns the policy that plays a seat in a tick.
func (r *Replay) PolicyAt(seat games.Seat, tick int) Policy {
	p := r.Policies[seat]
	for _, s := range r.Swaps {
		if s.Seat == seat && s.Tick <= tick {
			p = s.Policy
		}
	}
	return p
}

// Limits of what a replay may hold.
const (
	maxSeats = 1 << 10
	maxTicks = 1 << 24
)

// check reports what is inconsistent in a replay that was read.
func (r *Replay) check() error {
	seats := len(r.Policies)
	switch {
	case r.Game == "":
		return fmt.Errorf("it names no game")
	case seats == 0 || seats > maxSeats:
		return fmt.Errorf("it has %d seats", seats)
	case r.Config.Seats != seats:
		return fmt.Errorf("it has %d policies for %d seats", seats, r.Config.Seats)
	case r.Ticks < 0 || r.Ticks > maxTicks:
		return fmt.Errorf("it has %d ticks", r.Ticks)
	case len(r.Commands) != seats || len(r.Metrics) != seats:
		return fmt.Errorf("it has commands of %d and metrics of %d seats, not of %d", len(r.Commands), len(r.Metrics), seats)
	case len(r.Hashes) == 0 || r.Hashes[len(r.Hashes)-1].Tick != r.Ticks:
		return fmt.Errorf("it has no digest of its last state")
	case r.Over && (len(r.Result.Scores) != seats || len(r.Result.Points) != seats):
		return fmt.Errorf("its result is of %d seats, not of %d", len(r.Result.Scores), seats)
	}
	if r.Told != nil && r.Told.Ticks() != r.Ticks {
		return fmt.Errorf("it has what its world was told in %d of the %d ticks", r.Told.Ticks(), r.Ticks)
	}
	for s := range r.Commands {
		if n := r.Commands[s].Ticks(); n != r.Ticks {
			return fmt.Errorf("it has commands for %d of the %d ticks of seat %d", n, r.Ticks, s)
		}
	}
	last := -1
	for _, h := range r.Hashes {
		if h.Tick <= last || h.Tick > r.Ticks {
			return fmt.Errorf("its digests are out of order")
		}
		last = h.Tick
	}
	last = 0
	for _, s := range r.Swaps {
		if s.Tick < last || s.Tick > r.Ticks || s.Seat < 0 || int(s.Seat) >= seats {
			return fmt.Errorf("its changes of policy are out of order")
		}
		last = s.Tick
	}
	for _, f := range r.Forfeits {
		if f.Seat < 0 || int(f.Seat) >= seats || f.Tick < 0 || f.Tick > r.Ticks {
			return fmt.Errorf("it has a forfeit outside of the match")
		}
	}
	last = 0
	for _, e := range r.Events {
		if e.Tick < last || e.Tick > r.Ticks || e.Seat < games.NoSeat || int(e.Seat) >= seats || e.Other < games.NoSeat || int(e.Other) >= seats {
			return fmt.Errorf("its events are out of order")
		}
		last = e.Tick
	}
	return r.checkNotes()
}
