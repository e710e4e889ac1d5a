package regard

import (
	"slices"

	"dryad/cfr"
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Numbers for each place, and for oneself and the moment.
const (
	placeNumbers = 11
	ownNumbers   = 20
)

// Features returns the length of the vector observation: for each place of the
// order of the others what is held of whoever has it, and then what is known of
// oneself and of the moment. Of what was said it has what was concluded from it;
// there are few numbers, for there are few matches to learn from.
func (g *Game) Features() int { return (g.set().Players-1)*placeNumbers + ownNumbers }

// encode writes the vector observation.
func (g *Game) encode(f *frame, dst []float32) {
	clear(dst)
	v := f.view
	const width = placeNumbers
	for place, seat := range f.order[:len(f.order)-1] {
		f.place(seat, dst[place*width:(place+1)*width])
	}
	own := dst[(g.set().Players-1)*width:]
	me := &f.about[v.Seat]
	for i, x := range [ownNumbers]float32{
		float32(v.Round) / 4,
		truth(v.Act == rules.Kill), truth(v.Act == rules.Inspect), truth(v.Act == rules.Protect), truth(v.Act == rules.Speak), truth(v.Act == rules.Ballot),
		float32(v.Alive.Len()) / float32(v.Set.Players),
		float32((v.Mates & v.Alive).Len()),
		float32(f.accused) / 3,
		float32(me.votes) / 3,
		float32(f.theirs.Wolf(v.Seat)),
		float32(f.theirs.Role(v.Seat, rules.Seer)),
		truth(me.saysSeer), truth(me.saysPower), truth(me.saysPlain),
		float32(me.calledBad), float32(me.calledOff),
		truth(f.news), truth(f.told),
		float32(f.heard) / float32(v.Set.Players),
	} {
		own[i] = x
	}
}

// place writes what is known of a seat.
func (f *frame) place(seat games.Seat, dst []float32) {
	a := &f.about[seat]
	for i, x := range [placeNumbers]float32{
		1,
		float32(f.mine.Wolf(seat)),
		float32(f.theirs.Wolf(seat)),
		float32(f.mine.Role(seat, rules.Seer)),
		float32(f.mine.Role(seat, rules.Doctor) + f.mine.Role(seat, rules.Bodyguard)),
		truth(f.view.Mates.Has(seat)),
		truth(a.found == rules.Wolf),
		truth(a.found == rules.NotWolf),
		truth(a.saysSeer),
		truth(a.chosen),
		float32(a.accused) / 2,
	} {
		dst[i] = x
	}
}

func truth(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// HistoryFeatures returns the length of an encoded history.
func (g *Game) HistoryFeatures() int { return g.Features() + g.set().Players*len(g.Kinds()) }

// EncodeHistory writes the mover's observation and everybody's role.
func (g *Game) EncodeHistory(state cfr.State, dst []float32) {
	f, kinds := g.Features(), g.Kinds()
	g.Encode(state, dst[:f])
	clear(dst[f:])
	table := state.(*State).Table()
	for seat := range g.set().Players {
		dst[f+seat*len(kinds)+slices.Index(kinds, table.Role(games.Seat(seat)))] = 1
	}
}
