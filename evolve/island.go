package evolve

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// island is a search of its own: its candidates meet its champion and its
// field. Islands begin alike and part by chance, and what one happens to find
// first decides where it can go; so several begin, and play-offs say which go
// on (the island model of evolutionary algorithms: E. Alba, M. Tomassini,
// "Parallelism and Evolutionary Algorithms", IEEE TEC 6(5), 2002, with
// successive halving in the place of migration).
type island struct {
	number   int
	champion *Entry
	best     []*Entry // what proposals are made from, the champion first
	field    []*Entry // whom candidates meet besides the champion
	local             // of a local search
}

// mostPlayOffPairs are the pairs of matches between two islands' champions; a
// small budget has fewer.
const mostPlayOffPairs = 32

// playOffPairs is how many pairs two champions play: all play-offs of the
// islands together take at most a fifth of the budget.
func (s *search) playOffPairs() int {
	meetings := 0
	for n := s.p.Islands; n > 1; n = (n + 1) / 2 {
		meetings += n * (n - 1) / 2
	}
	if meetings == 0 {
		return mostPlayOffPairs
	}
	share := s.p.Budget.Left(0, 10*2*meetings*mostPlayOffPairs) / 5
	return max(1, min(mostPlayOffPairs, share/(2*meetings)))
}

// playOffMatches is what a play-off takes at most after the piece of work at hand:
// of the champions that differ, and of the present island's, which may become
// another.
func (s *search) playOffMatches() int {
	matches := 0
	for i, a := range s.islands {
		for _, b := range s.islands[i+1:] {
			if a.champion.Hash != b.champion.Hash || a == s.island || b == s.island {
				matches += 2 * s.playOffPairs()
			}
		}
	}
	return matches
}

// turn makes the island of a generation the present one: they take turns.
func (s *search) turn(generation int) {
	s.island = s.islands[(generation-s.begun-1)%len(s.islands)]
}

// epochEnds reports whether every island has had its generations since the last
// play-off.
func (s *search) epochEnds(generation int) bool {
	return len(s.islands) > 1 && generation-s.begun == s.p.Epoch*len(s.islands)
}

// playOff lets the islands' champions play each other on training maps; the
// best of them go on. The others' champions join the fields of those that do,
// and their breeding.
func (s *search) playOff(ctx context.Context, generation, keep int) error {
	s.p.Progress.Note("play-off of %d islands", len(s.islands))
	scores := make([]float64, len(s.islands))
	for i, a := range s.islands {
		for j := i + 1; j < len(s.islands); j++ {
			b := s.islands[j]
			if a.champion.Hash == b.champion.Hash {
				scores[i], scores[j] = scores[i]+0.5, scores[j]+0.5
				continue
			}
			score, err := s.duel(ctx, generation, a.champion, b.champion)
			if err != nil {
				return err
			}
			scores[i], scores[j] = scores[i]+score, scores[j]+1-score
		}
	}
	order := make([]int, len(s.islands))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case scores[i] > scores[j]:
			return -1
		case scores[i] < scores[j]:
			return 1
		}
		return 0
	})
	var on []*island
	var told []string
	for place, i := range order {
		c := s.islands[i].champion
		told = append(told, fmt.Sprintf("%d.%d %.2f", c.Generation, c.Slot, scores[i]/float64(len(s.islands)-1)))
		if place < keep {
			on = append(on, s.islands[i])
			continue
		}
		for _, kept := range on {
			s.join(kept, c)
		}
	}
	s.p.Progress.Say("play-off of %d champions on training maps: %s; %d %s", len(order), strings.Join(told, ", "), keep, goesOn(keep))
	s.islands, s.island, s.begun = on, on[0], generation
	return nil
}

func goesOn(n int) string {
	if n == 1 {
		return "goes on"
	}
	return "go on"
}

// duel returns the first's score against the second over the pairs.
func (s *search) duel(ctx context.Context, generation int, a, b *Entry) (float64, error) {
	var fixtures []Fixture
	for k := range s.playOffPairs() {
		config, seed := scenarioOf(s.p.Training, s.p.Seed, purposePlayOff, generation*mostPlayOffPairs+k)
		fixtures = append(fixtures, s.fixture(config, seed, a, b), s.fixture(config, seed, b, a))
	}
	outcomes, err := s.play(ctx, fmt.Sprintf("play-off/%d/%s/%s", generation, a.Hash, b.Hash), fixtures)
	if err != nil {
		return 0, err
	}
	var r record
	for k := range s.playOffPairs() {
		r.add(direct(outcomes[2*k], outcomes[2*k+1]))
	}
	return r.pairs.Score(), nil
}

// join makes another island's champion an opponent and a donor of branches.
func (s *search) join(on *island, other *Entry) {
	same := func(e *Entry) bool { return e.Hash == other.Hash }
	if same(on.champion) {
		return
	}
	if !slices.ContainsFunc(on.field, same) {
		on.field = append(on.field, other)
		if len(on.field) > s.p.FieldSize+1 {
			on.field = slices.Delete(on.field, 1, 2)
		}
	}
	if !slices.ContainsFunc(on.best, same) {
		on.best = append(on.best[:min(len(on.best), max(1, s.p.Keep-1))], other)
	}
}
