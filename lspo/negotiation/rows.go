package negotiation

import (
	"fmt"
	"strings"

	"dryad/games/negotiation"
	"dryad/lspo/prefer"
)

// Origin says where a row comes from.
type Origin struct {
	Iteration int    `json:"iteration"`
	Turn      int    `json:"turn"` // of the iteration's self-play
	Seat      string `json:"seat"`
}

// Rows returns the preferences of an iteration for a trainer of language models:
// the rules, what the seat knew, and both things that it might have said.
func (g *Game) Rows(it *Iteration) ([]prefer.Row, error) {
	var rows []prefer.Row
	for _, p := range it.Pairs {
		if p.Turn < 0 || p.Turn >= len(it.Space.Turns) {
			return nil, fmt.Errorf("a preference is of turn %d, which was not played", p.Turn)
		}
		t := &it.Space.Turns[p.Turn]
		rows = append(rows, prefer.Row{
			System: g.Rules(), Prompt: Prompt(t.view(g.set())), Chosen: p.Chosen, Rejected: p.Rejected, Margin: p.Margin,
			Origin: Origin{it.Number, p.Turn, seatNames[t.Seat]},
		})
	}
	return rows, nil
}

// Prompt says in words what a seat knows when it is its turn.
func Prompt(v *negotiation.View) string {
	var b strings.Builder
	fmt.Fprintf(&b, "To you a book is worth %d, a hat %d and a ball %d points.", v.Values[0], v.Values[1], v.Values[2])
	for i, text := range v.Texts {
		who := "The other"
		if i%2 == v.Seat {
			who = "You"
		}
		if text == "" {
			fmt.Fprintf(&b, "\n%s said nothing.", who)
		} else {
			fmt.Fprintf(&b, "\n%s: %q", who, text)
		}
	}
	left := v.Talk.Set.Turns - len(v.Talk.Moves)
	fmt.Fprintf(&b, "\nTurns left: %d, this one included. What do you say?", left)
	return b.String()
}
