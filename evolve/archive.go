package evolve

import (
	"context"

	"dryad/rating"
)

// Archive keeps every champion of a search with the score of each against each.
// Opponents are chosen from it.
type Archive struct {
	// Members are the starting tree, the sparring partners, then the champions
	// in the order in which they were accepted.
	Members []*Entry
	// Guests is how many of the first members are no champions.
	Guests int
	// Payoff[i][j] is what member i scored against member j.
	Payoff [][]Tally
}

// Tally is a sum of results: Points is 1 for a win and one half for a draw.
type Tally struct {
	Points float64 `json:"points"`
	Games  int     `json:"games"`
}

// Score is the mean result; one half when nothing was played.
func (t Tally) Score() float64 {
	if t.Games == 0 {
		return 0.5
	}
	return t.Points / float64(t.Games)
}

func (t *Tally) add(o rating.Outcome) {
	t.Points += float64(float64(o) / 2)
	t.Games++
}

// index returns the place of an entry, or -1.
func (a *Archive) index(e *Entry) int {
	for i, m := range a.Members {
		if m.Hash == e.Hash {
			return i
		}
	}
	return -1
}

// join appends a member without results.
func (a *Archive) join(e *Entry) int {
	for i := range a.Payoff {
		a.Payoff[i] = append(a.Payoff[i], Tally{})
	}
	a.Members = append(a.Members, e)
	a.Payoff = append(a.Payoff, make([]Tally, len(a.Members)))
	return len(a.Members) - 1
}

// note counts a match between two members, seen from the first.
func (a *Archive) note(i, j int, o rating.Outcome) {
	a.Payoff[i][j].add(o)
	a.Payoff[j][i].add(o.Reversed())
}

// payoffPairs are the pairs that a new champion plays against each member.
const payoffPairs = 3

// measure plays a member against all others.
func (s *search) measure(ctx context.Context, i int) error {
	a := s.archive
	var fixtures []Fixture
	for j, m := range a.Members {
		if j == i {
			continue
		}
		for k := range payoffPairs {
			config, seed := scenarioOf(s.venues.configs, s.p.Seed, purposePayoff, (i*len(a.Members)+j)*payoffPairs+k)
			fixtures = append(fixtures, s.fixture(config, seed, a.Members[i], m), s.fixture(config, seed, m, a.Members[i]))
		}
	}
	if err := s.mayGoOn(ctx, len(fixtures)); err != nil {
		return err
	}
	outcomes, err := s.play(ctx, s.chunk("payoff/%d/%s", i, a.Members[i].Hash), fixtures)
	if err != nil {
		return err
	}
	at := 0
	for j := range a.Members {
		if j == i {
			continue
		}
		for range payoffPairs {
			a.Members[i].notePair(fixtures[at], outcomes[at], outcomes[at+1])
			first, second := direct(outcomes[at], outcomes[at+1])
			a.note(i, j, first)
			a.note(i, j, second)
			at += 2
		}
	}
	return nil
}

// rival is the former champion that scored most against member i, if it scored
// more than half; -1 otherwise.
func (a *Archive) rival(i int) int {
	best, most := -1, 0.5
	for j := a.Guests; j < len(a.Members); j++ {
		if score := a.Payoff[j][i].Score(); j != i && score > most {
			best, most = j, score
		}
	}
	return best
}
