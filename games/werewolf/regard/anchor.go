package regard

import (
	"dryad/cfr"
	"dryad/games/werewolf/rules"
)

// Anchor writes the strategy of somebody who goes by what it holds of the others
// and by nothing else, in the order of the state's actions: it speaks as the
// lexicon counts, and chooses the first place mostly, each next one less often.
// A solver may start from it: that everybody votes for the one who is suspected
// most is worth much when all do and nothing when one does, so that a search for
// what one player gains does not find it.
func (g *Game) Anchor(s cfr.State, dst []float64) {
	f := s.(regarded).regard()
	sum := 0.0
	for i, a := range s.Actions() {
		dst[i] = g.want(f, a)
		sum += dst[i]
	}
	for i := range dst {
		dst[i] /= sum
	}
}

// want returns how much is to be said for an action.
func (g *Game) want(f *frame, a cfr.Action) float64 {
	v := f.view
	if v.Act == rules.Speak {
		for _, t := range g.talk[v.Role] {
			if t.action == a {
				return t.times
			}
		}
	}
	switch {
	case a == g.Abstain(), int(a) == g.set().Players-1:
		return 0.01
	case v.Act == rules.Kill && v.Proposal() == f.order[a]:
		return 10
	}
	x := 1.0
	for range a {
		x *= 0.25
	}
	return x
}
