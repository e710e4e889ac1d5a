package evolve

import (
	"context"
	"dryad/internal/english"
	"dryad/rating"
	"fmt"
	"slices"
)

// screen plays the candidates of a generation against the champion and the
// field by successive halving and returns the finalists, the best first. Every
// candidate keeps the pairs that it played.
func (s *search) screen(ctx context.Context, generation int, candidates []*Entry) ([]*Entry, error) {
	alive := slices.Clone(candidates)
	first := 0
	for rung, pairs := range s.p.Rungs {
		if len(alive) == 0 {
			break
		}
		if err := s.mayGoOn(ctx, 2*pairs*len(alive)); err != nil {
			return nil, err
		}
		s.p.Progress.Note("screening %s", english.Number(len(alive), "candidate"))
		if err := s.screenRung(ctx, generation, rung, alive, first, pairs); err != nil {
			return nil, err
		}
		first += pairs
		slices.SortStableFunc(alive, better)
		keep := len(alive)
		if rung+1 < len(s.p.Rungs) {
			keep = max((len(alive)+1)/2, min(s.p.Finalists, len(alive)))
		}
		alive = alive[:keep]
	}
	var finalists []*Entry
	for _, e := range alive {
		if len(finalists) < s.p.Finalists && e.Screen.Score() > 0.5 {
			finalists = append(finalists, e)
		}
	}
	return finalists, nil
}

// screenRung plays pairs first to first+pairs-1 for every candidate as one
// chunk. The champion's matches against the field serve all candidates.
func (s *search) screenRung(ctx context.Context, generation, rung int, candidates []*Entry, first, pairs int) error {
	if len(candidates) == 0 {
		return nil
	}
	// Seeds differ between generations, so that no tree is bred for one set.
	offset := generation * s.screenPairs()
	var fixtures []Fixture
	shared := make([]int, pairs) // where the champion's own match of a pair lies, or -1
	places := make([][][2]int, len(candidates))
	for k := range pairs {
		shared[k] = -1
	}
	for i, e := range candidates {
		places[i] = make([][2]int, pairs)
		for k := range pairs {
			c := s.comparison(purposeScreen, offset+first+k)
			both := s.fixtures(c, e, s.champion)
			places[i][k][0] = len(fixtures)
			fixtures = append(fixtures, both[0])
			if shared[k] >= 0 {
				places[i][k][1] = shared[k]
				continue
			}
			places[i][k][1] = len(fixtures)
			if c.opponent != nil {
				shared[k] = len(fixtures)
			}
			fixtures = append(fixtures, both[1])
		}
	}
	outcomes, err := s.play(ctx, fmt.Sprintf("screen/%d/%d", generation, rung), fixtures)
	if err != nil {
		return err
	}
	for k := range pairs {
		if shared[k] >= 0 {
			s.champion.note(fixtures[shared[k]], outcomes[shared[k]])
		}
	}
	scores := make([][]float64, len(candidates))
	for i, e := range candidates {
		scores[i] = make([]float64, pairs)
		e.versus = s.champion
		played := float64(e.Screen.Pairs())
		sum := float64(e.Margin * played)
		for k := range pairs {
			at := places[i][k]
			c := s.comparison(purposeScreen, offset+first+k)
			pair, margin := c.pair([2]Outcome{outcomes[at[0]], outcomes[at[1]]})
			if c.opponent == nil {
				e.notePair(fixtures[at[0]], outcomes[at[0]], outcomes[at[1]])
			} else {
				e.note(fixtures[at[0]], outcomes[at[0]])
			}
			e.Screen.Add(pair)
			e.meet(c.opponent, pair)
			scores[i][k] = pair.Score()
			sum += margin
		}
		e.Margin = sum / float64(e.Screen.Pairs())
	}
	if s.archive != nil && s.venues.curriculum != nil {
		list := make([]int, pairs)
		for k := range list {
			list[k] = s.game(purposeScreen, offset+first+k)
		}
		s.venues.curriculum.learn(list, scores)
	}
	return nil
}

// meet notes how a candidate did against an opponent, relative to the champion.
func (e *Entry) meet(opponent *Entry, pair rating.Pair) {
	if opponent == nil {
		return
	}
	if e.met == nil {
		e.met = map[*Entry]*Tally{}
	}
	if e.met[opponent] == nil {
		e.met[opponent] = &Tally{}
	}
	e.met[opponent].Points += pair.Score()
	e.met[opponent].Games++
}

// screenPairs returns the pairs of a candidate that survives all rungs.
func (s *search) screenPairs() int {
	if s.p.archives() {
		return firstStage + secondStage
	}
	n := 0
	for _, pairs := range s.p.Rungs {
		n += pairs
	}
	return n
}
