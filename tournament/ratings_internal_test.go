package tournament

import (
	"testing"

	"dryad/match"
	"dryad/rating"
)

// Where every match is drawn, Davidson's model has no ratings, and the result
// says so.
func TestDavidsonOfDrawsAlone(t *testing.T) {
	counted := &tally{payoff: rating.NewPayoff(2)}
	counted.payoff.AddRecord(0, 1, rating.Record{Draws: 8})
	r, err := counted.further(&Params{Rating: Davidson, Competitors: make([]match.Entrant, 2)}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Missing == "" || len(r.Rows) != 0 {
		t.Errorf("%+v", r)
	}
}
