package regard

import (
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

// Follows returns the action that a text of a latent strategy is; it may be one
// that the lexicon does not have.
func (s *Seen) Follows(strategy int, text string) cfr.Action {
	class, _ := s.frame.classify(hearing.Read(text, s.frame.view.Seat))
	return s.game.Speech(strategy, class)
}
