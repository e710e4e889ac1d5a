package scheduler

import (
	"context"

	"golang.org/x/sync/errgroup"

	"dryad/games"
	"dryad/match"
)

// The network's first output for a tree is sharpness times its mean score; a mode's
// mean counts as that of shrink matches more with the tree's mean of all modes.
const (
	sharpness = 4
	shrink    = 4
)

// tally are the scores of one tree.
type tally struct {
	sum     float64
	matches int
}

// mean is the tally's mean with further matches of a score that is expected.
func (t tally) mean(expected float64, matches int) float64 {
	return (t.sum + float64(expected*float64(matches))) / float64(t.matches+matches)
}

// try plays each tree alone against the others and begins the network with what
// they came to: the bias of a tree's output is its mean score, the weight of a mode
// how much better it is in that mode.
func (s *Scheduler) try(ctx context.Context) error {
	p := &s.params
	n := len(p.Library)
	scores := make([]float64, n*p.Trials)
	modes := make([]string, len(scores))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(p.Workers)
	for k := range scores {
		group.Go(func() error {
			// All trees play the same games from the same seeds.
			tree, number := k%n, k/n
			seed := games.Mix(p.Seed, 3, uint64(number))
			definition := s.game(seed)
			other := (tree + 1 + number%(n-1)) % n
			score, err := s.duel(ctx, match.Tree(p.Library[tree]), match.Tree(p.Library[other]), number/(n-1)%2 == 1, seed, definition)
			scores[k], modes[k] = score, definition.Config.Mode
			if err == nil && p.Worked != nil {
				p.Worked()
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return s.begin(scores, modes)
}

// begin writes the scores into the network. The k-th is that of tree k%n.
func (s *Scheduler) begin(scores []float64, modes []string) error {
	n := len(s.params.Library)
	sight, err := newSight(s.params.Game.Vocabulary())
	if err != nil {
		return err
	}
	all, byMode := make([]tally, n), make([]map[string]tally, n)
	for tree := range byMode {
		byMode[tree] = map[string]tally{}
	}
	for k, score := range scores {
		tree := k % n
		all[tree] = tally{all[tree].sum + score, all[tree].matches + 1}
		m := byMode[tree][modes[k]]
		byMode[tree][modes[k]] = tally{m.sum + score, m.matches + 1}
	}
	carriers := s.carry(sight)
	layer := len(s.network.Architecture().Layers) - 1
	weights, bias := s.network.Weights(layer)
	in, _ := s.network.Shapes(layer)
	for tree := range n {
		mean := all[tree].mean(0, 0)
		bias[tree] = float32(sharpness * (mean - 0.5))
		for i := range sight.inputs {
			if m, ok := byMode[tree][sight.inputs[i].word]; ok && carriers[i] >= 0 {
				weights[tree*in.Size()+carriers[i]] = float32(sharpness * (m.mean(mean, shrink) - mean))
			}
		}
	}
	return nil
}

// carry returns, for each input, the unit before the outputs that has its value: the
// input itself, or the hidden unit that is made to carry it. -1 where there is none.
func (s *Scheduler) carry(sight *sight) []int {
	units := make([]int, len(sight.inputs))
	hidden := len(s.network.Architecture().Layers) > 1
	next := 0
	for i := range units {
		switch {
		case !hidden:
			units[i] = i
		case sight.inputs[i].word == "" || next == s.params.Hidden:
			units[i] = -1
		default:
			weights, bias := s.network.Weights(0)
			row := weights[next*len(units) : (next+1)*len(units)]
			clear(row)
			row[i], bias[next] = 1, 0
			units[i] = next
			next++
		}
	}
	return units
}
