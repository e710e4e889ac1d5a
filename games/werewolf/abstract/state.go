package abstract

import (
	"dryad/cfr"
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// seen is a state whose mover's knowledge can be looked at.
type seen interface {
	view() *rules.View
	strategy(r *rules.Record) int
}

// State is a history of the game.
type State struct {
	game  *Game
	table *rules.Table // nil while cards are dealt
	// card is the number of the card of each seat; card[n] is undefined for a
	// seat that has none yet.
	card  [rules.MaxSeats]int8
	left  uint16 // cards not dealt
	dealt int8
	mover games.Seat
}

var _ cfr.State = (*State)(nil)

// Root returns the history before the deal.
func (g *Game) Root() cfr.State {
	n := len(g.deck)
	s := &State{game: g, left: uint16(rules.First(n))}
	if deal := g.params.Set.Deal; deal != nil {
		for seat, role := range deal {
			for card := range n {
				if s.left>>card&1 != 0 && g.deck[card] == role {
					s.deal(seat, card)
					break
				}
			}
		}
		s.start()
	}
	return s
}

func (s *State) deal(seat, card int) {
	s.card[seat] = int8(card)
	s.left &^= 1 << card
	s.dealt++
}

// start begins the game when all cards are dealt.
func (s *State) start() {
	roles := make([]rules.Role, len(s.game.deck))
	for seat := range roles {
		roles[seat] = s.game.deck[s.card[seat]]
	}
	s.table = rules.Start(&s.game.params.Set, roles)
	s.mover = s.table.Pending().Lowest()
}

// Table returns the state of the game, nil while cards are dealt. It must not
// be changed.
func (s *State) Table() *rules.Table { return s.table }

// Player returns the card of whoever moves.
func (s *State) Player() cfr.Player {
	switch {
	case s.table == nil || s.table.Phase() == rules.Tie:
		return cfr.Chance
	case s.table.Over():
		return cfr.Terminal
	}
	return cfr.Player(s.card[s.mover])
}

// Actions returns the cards that are left, the tied, or what the mover may do.
func (s *State) Actions() []cfr.Action {
	switch {
	case s.table == nil:
		return s.game.sets[s.left]
	case s.table.Phase() == rules.Tie:
		return s.game.sets[s.table.Tied()]
	}
	return s.game.actions(s.table.Phase(), s.table.Role(s.mover), s.table.Legal(s.mover))
}

func (g *Game) actions(phase rules.Phase, role rules.Role, legal rules.Seats) []cfr.Action {
	switch phase {
	case rules.Talk:
		return g.talks[role]
	case rules.Vote:
		return g.ballots[legal]
	}
	return g.sets[legal]
}

// Probabilities are equal.
func (s *State) Probabilities() []float64 { return s.game.even[len(s.Actions())] }

// Child plays an action.
func (s *State) Child(i int) cfr.State {
	c := *s
	action := s.Actions()[i]
	if s.table == nil {
		c.deal(int(s.dealt), int(action))
		if c.left == 0 {
			c.start()
		}
		return &c
	}
	c.table = s.table.Clone()
	var err error
	if s.table.Phase() == rules.Tie {
		err = c.table.Break(games.Seat(action))
	} else {
		err = c.table.Decide(s.mover, s.game.Decision(action))
	}
	if err != nil {
		panic("abstract: bug: " + err.Error())
	}
	c.mover = c.table.Pending().Lowest()
	return &c
}

// Returns pays out.
func (s *State) Returns(dst []float64) {
	for seat := range dst {
		role := s.table.Role(games.Seat(seat))
		pay := 0.0
		switch {
		case s.game.params.Payoff == Shaped:
			pay = float64(s.table.Reward(games.Seat(seat))) / 300
		case s.table.Winner() < 0:
		case s.table.Winner() == role.Team():
			pay = 1
		default:
			pay = -1
		}
		dst[s.card[seat]] = pay
	}
}

func (s *State) view() *rules.View { return s.table.View(s.mover) }

func (s *State) strategy(r *rules.Record) int { return int(r.Value) }

// AppendKey appends what the mover knows.
func (s *State) AppendKey(dst []byte) []byte { return s.game.appendKey(dst, s) }

// ActionName names an action.
func (s *State) ActionName(a cfr.Action) string {
	if s.table == nil {
		return s.game.deck[a].String()
	}
	return s.game.ActionName(a)
}

// Seen is a decision as the one sees it who is to make it, in a match: all that
// can be known of a State without knowing what is hidden. It has no children.
type Seen struct {
	game *Game
	seat *rules.View
	name func(r *rules.Record) int
}

var _ cfr.State = (*Seen)(nil)

// At returns the decision that a view asks for. strategies says which latent
// strategy a speech of the log follows, or -1 if it is not known.
func (g *Game) At(v *rules.View, strategies func(r *rules.Record) int) *Seen {
	return &Seen{game: g, seat: v, name: strategies}
}

// Player returns the first card of the seat's role: which of several equal
// cards it holds makes no difference and is not known.
func (s *Seen) Player() cfr.Player {
	for card, role := range s.game.deck {
		if role == s.seat.Role {
			return cfr.Player(card)
		}
	}
	return cfr.Terminal
}

// Actions returns what the seat may do.
func (s *Seen) Actions() []cfr.Action {
	return s.game.actions(s.seat.Phase, s.seat.Role, s.seat.Legal)
}

// Probabilities is not called: chance does not move here.
func (s *Seen) Probabilities() []float64 { panic("abstract: chance does not move in a view") }

// Child is not called: what follows depends on what is hidden.
func (s *Seen) Child(int) cfr.State { panic("abstract: a view has no children") }

// Returns is not called: the game is not over.
func (s *Seen) Returns([]float64) { panic("abstract: a view is not the end") }

// AppendKey appends what the seat knows: the same as a State's key.
func (s *Seen) AppendKey(dst []byte) []byte { return s.game.appendKey(dst, s) }

// ActionName names an action.
func (s *Seen) ActionName(a cfr.Action) string { return s.game.ActionName(a) }

func (s *Seen) view() *rules.View { return s.seat }

func (s *Seen) strategy(r *rules.Record) int { return s.name(r) }
