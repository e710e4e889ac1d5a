package regard

import (
	"slices"

	"dryad/cfr"
	"dryad/games/werewolf/abstract"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// Seen is a decision in a match, as the one sees it who is to make it. It has no
// children.
type Seen struct {
	*abstract.Seen
	game    *Game
	frame   *frame
	claims  [][]hearing.Claim
	actions []cfr.Action
}

var _ cfr.State = (*Seen)(nil)

// At returns the decision that a view asks for. strategies says which latent
// strategy a speech of the log follows, or -1 if it is not known.
func (g *Game) At(v *rules.View, strategies func(r *rules.Record) int) *Seen {
	return g.seen(v, read(v), strategies)
}

func (g *Game) seen(v *rules.View, claims [][]hearing.Claim, strategies func(r *rules.Record) int) *Seen {
	f := newFrame(v, g.model, claims, belief.Overheard(v, g.model, claims))
	return &Seen{Seen: g.Game.At(v, strategies), game: g, frame: f, claims: claims, actions: g.actions(f)}
}

func (s *Seen) regard() *frame { return s.frame }

// Actions returns what the seat may do.
func (s *Seen) Actions() []cfr.Action { return s.actions }

// AppendKey appends what the seat knows: the same as a State's key.
func (s *Seen) AppendKey(dst []byte) []byte { return appendClaims(s.Seen.AppendKey(dst), s.claims) }

// ActionName names an action.
func (s *Seen) ActionName(a cfr.Action) string { return s.game.ActionName(a) }

// Decision turns an action that is no speech into what the seat decides.
func (s *Seen) Decision(a cfr.Action) rules.Decision { return s.game.decision(s.frame, a) }

// Follows returns the action that a text of a latent strategy is, and in which of
// its ways it is put. The action may be one that the lexicon does not have, and the
// way -1: it was never put so.
func (s *Seen) Follows(strategy int, text string) (a cfr.Action, at int) {
	claims := hearing.Read(text, s.frame.view.Seat)
	class, about := s.frame.classify(claims)
	a = s.game.Speech(strategy, class)
	said := take(claims, about)
	return a, slices.IndexFunc(s.game.ways(s.frame.view.Role, a), func(w way) bool { return slices.Equal(w.claims, said) })
}

// Ways returns how often an action of speaking is put in each of its ways, as a
// part of all. The slice is new.
func (s *Seen) Ways(a cfr.Action) []float64 {
	var parts []float64
	for _, w := range s.game.ways(s.frame.view.Role, a) {
		parts = append(parts, w.chance)
	}
	return parts
}
