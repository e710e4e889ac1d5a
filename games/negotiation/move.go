package negotiation

import (
	"fmt"
	"slices"
)

// Kind is what a turn is.
type Kind uint8

// The kinds of moves.
const (
	Pass    Kind = iota // nothing is said, or nothing that can be understood
	Propose             // the speaker keeps Keep and leaves the rest
	Accept              // of the other's last proposal
	Leave               // there is no deal
)

// Move is a turn.
type Move struct {
	Kind Kind
	Keep Items // of a proposal
}

// Proposal is the move that proposes to keep some of the items.
func Proposal(books, hats, balls uint8) Move {
	return Move{Kind: Propose, Keep: Items{books, hats, balls}}
}

// String names a move.
func (m Move) String() string {
	if m.Kind == Propose {
		return fmt.Sprintf("keep %d %d %d", m.Keep[0], m.Keep[1], m.Keep[2])
	}
	return [...]string{"pass", "keep", "accept", "leave"}[m.Kind]
}

// Talk is what both have said so far. Seat 0 speaks first.
type Talk struct {
	Set   *Set // with a pool
	Moves []Move
}

// Speaker returns the seat whose turn it is.
func (t *Talk) Speaker() int { return len(t.Moves) % 2 }

// Offer returns the proposal that can be accepted now, and whether there is one:
// that of the move before.
func (t *Talk) Offer() (Items, bool) {
	if n := len(t.Moves); n > 0 && t.Moves[n-1].Kind == Propose {
		return t.Moves[n-1].Keep, true
	}
	return Items{}, false
}

// Over reports whether the talk is over.
func (t *Talk) Over() bool {
	n := len(t.Moves)
	if n == 0 {
		return false
	}
	last := t.Moves[n-1].Kind
	return n >= t.Set.Turns || last == Accept || last == Leave
}

// Check says what is wrong with a move of the speaker.
func (t *Talk) Check(m Move) error {
	switch _, offered := t.Offer(); {
	case t.Over():
		return fmt.Errorf("the talk is over")
	case m.Kind > Leave:
		return fmt.Errorf("%d is no kind of move", m.Kind)
	case m.Kind == Accept && !offered:
		return fmt.Errorf("nothing was proposed that could be accepted")
	case m.Kind == Propose && len(t.Moves) == t.Set.Turns-1:
		return fmt.Errorf("nothing can be proposed in the last turn")
	case m.Kind == Propose && !m.Keep.within(t.Set.Pool):
		return fmt.Errorf("there are not so many items: %v of %v", m.Keep, t.Set.Pool)
	}
	return nil
}

// Legal returns the moves of the speaker, without Pass, in an order that is
// always the same.
func (t *Talk) Legal() []Move {
	var all []Move
	if t.Over() {
		return nil
	}
	if _, offered := t.Offer(); offered {
		all = append(all, Move{Kind: Accept})
	}
	all = append(all, Move{Kind: Leave})
	if len(t.Moves) == t.Set.Turns-1 {
		return all
	}
	for a := range t.Set.Pool[0] + 1 {
		for b := range t.Set.Pool[1] + 1 {
			for c := range t.Set.Pool[2] + 1 {
				all = append(all, Proposal(a, b, c))
			}
		}
	}
	return all
}

// After returns the talk with one move more.
func (t *Talk) After(m Move) Talk { return Talk{t.Set, append(slices.Clip(t.Moves), m)} }

// Shares returns what each seat gets of the talk so far: nothing without a deal.
func (t *Talk) Shares() (shares [2]Items, deal bool) {
	n := len(t.Moves)
	if n < 2 || t.Moves[n-1].Kind != Accept {
		return shares, false
	}
	proposer := (n - 2) % 2
	shares[proposer] = t.Moves[n-2].Keep
	shares[1-proposer] = t.Set.Pool.Less(t.Moves[n-2].Keep)
	return shares, true
}

// Points returns what each seat's share is worth at its values.
func (t *Talk) Points(values [2]Items) [2]int {
	shares, _ := t.Shares()
	return [2]int{shares[0].Worth(values[0]), shares[1].Worth(values[1])}
}
