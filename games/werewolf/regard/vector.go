package regard

import (
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Numbers for each place, without the strategies.
const (
	placeNumbers = 25
	ownNumbers   = 20
)

// Features returns the length of the vector observation: for each place of the
// order of the others what is known of whoever has it, and then what is known of
// oneself and of the moment. Each has a one-hot of the latent strategy of the
// latest speech.
func (g *Game) Features() int {
	n := g.set().Players
	return (n-1)*(placeNumbers+g.strategies) + ownNumbers + g.strategies
}

// encode writes the vector observation.
func (g *Game) encode(f *frame, dst []float32) {
	clear(dst)
	v := f.view
	width := placeNumbers + g.strategies
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
	if c := me.strategy; c >= 0 && c < g.strategies {
		own[ownNumbers+c] = 1
	}
}

// place writes what is known of a seat.
func (f *frame) place(seat games.Seat, dst []float32) {
	a := &f.about[seat]
	for i, x := range [placeNumbers]float32{
		1,
		float32(f.mine.Wolf(seat)),
		float32(f.mine.Role(seat, rules.Seer)),
		float32(f.mine.Role(seat, rules.Doctor) + f.mine.Role(seat, rules.Bodyguard)),
		float32(f.theirs.Wolf(seat)),
		float32(f.theirs.Role(seat, rules.Seer)),
		truth(f.view.Mates.Has(seat)),
		truth(a.found == rules.Wolf),
		truth(a.found == rules.NotWolf),
		truth(a.saysSeer), truth(a.saysPower), truth(a.saysPlain),
		float32(a.calledBad), float32(a.calledOff),
		float32(a.accused) / 2, float32(a.trusted) / 2,
		truth(a.accusesMe), truth(a.trustsMe), truth(a.votedMe),
		float32(a.votes) / 3,
		truth(a.withMe), truth(a.chosen), truth(a.spoke),
		truth(seat == f.first),
		truth(f.view.Legal.Has(seat)),
	} {
		dst[i] = x
	}
	if c := a.strategy; c >= 0 && placeNumbers+c < len(dst) {
		dst[placeNumbers+c] = 1
	}
}

func truth(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
