package train

import (
	"context"
	"fmt"
	"math/rand/v2"

	"dryad/games"
	"dryad/train/ppo"
)

// explorer is a pupil that draws its answers and notes them.
type explorer struct {
	drill *drill
	input []float32
	*ppo.Explorer
}

func (e *explorer) answer(s *seat, call games.Call, output []float32) {
	s.body.NetInput(e.drill.index, call, e.input)
	e.drill.task.Head.Settle(e.Act(e.input, s.fresh), output)
}

func (e *explorer) earn(reward float64, died bool) { e.Earn(reward, died) }

// reinforce is a round of learning from rewards.
func (t *Trainer) reinforce(ctx context.Context, point *Point) error {
	s := &t.params.Settings
	all, err := t.explore(ctx)
	if err != nil {
		return err
	}
	if all.Len() == 0 {
		return fmt.Errorf("train %s: %w", s.Task, errNothing)
	}
	point.Samples, point.Explored, point.Entropy = all.Len(), 100*all.Reward(), all.Entropy()
	t.optimizer.LearningRate = s.LearningRate * float64(s.Rounds-t.round) / float64(s.Rounds)
	point.Loss, err = all.Learn(ctx, t.network, t.optimizer, func(epoch int) *rand.Rand {
		return games.Stream(s.Seed, epochStream, uint64(t.round), uint64(epoch))
	})
	if err != nil {
		return fmt.Errorf("train %s: %w", s.Task, err)
	}
	return nil
}

// explore plays the matches of a round with the network drawing its answers.
func (t *Trainer) explore(ctx context.Context) (*ppo.Experience, error) {
	s := &t.params.Settings
	matches := t.training()
	seats := make([][]*ppo.Steps, len(matches))
	for k, m := range matches {
		seats[k] = make([]*ppo.Steps, t.drill.seats(m))
	}
	rivals := t.rivals(matches)
	blank, err := t.drill.blank()
	if err != nil {
		return nil, err
	}
	net := t.network.Clone()
	err = t.drill.play(ctx, blank, matches, func(k int, number games.Seat) pupil {
		random := games.Stream(matches[k].seed, actionStream, uint64(number))
		if r := rivals[k]; r != nil && int(number)%2 != k%2 {
			return r.pupil(t.drill, random)
		}
		e := ppo.NewExplorer(net, t.drill.task.Head, random)
		seats[k][number] = &e.Steps
		return &explorer{t.drill, make([]float32, net.Inputs()), e}
	})
	if err != nil {
		return nil, err
	}
	var learners []*ppo.Steps
	sums, ticks := make([]float64, len(matches)), make([]int, len(matches))
	for k := range seats {
		for _, s := range seats[k] {
			if s != nil {
				sum, n := s.Earned()
				sums[k], ticks[k] = sums[k]+sum, ticks[k]+n
				learners = append(learners, s)
			}
		}
	}
	t.learned(matches, sums, ticks)
	all, err := ppo.Gather(ppo.Params{
		Head: t.drill.task.Head, Mirror: s.Method == MDPO, Discount: s.Discount, Trace: s.Trace, Clip: s.Clip, Entropy: s.Entropy,
		Batch: s.Batch, Epochs: s.Epochs, Workers: t.params.Workers, Worked: t.params.Worked,
	}, learners)
	if err != nil {
		return nil, fmt.Errorf("train %s: %w", s.Task, err)
	}
	return all, nil
}
