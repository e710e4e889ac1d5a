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

	guided bool // the teacher is asked in every tick
	rollIn int  // ticks of the match that the teacher plays
	lesson []float32
	led    bool // the teacher answered in this tick
	after  bool // and in the one before
}

func (e *explorer) answer(s *seat, call games.Call, output []float32) {
	now := s.room.Now()
	told := (e.guided || now < e.rollIn) && e.drill.lesson(s, call, e.lesson)
	if e.led = told && now < e.rollIn; e.led {
		copy(output, e.lesson)
		e.after = true
		return
	}
	s.body.NetInput(e.drill.index, call, e.input)
	e.drill.task.Head.Settle(e.Act(e.input, s.fresh || e.after), output)
	e.after = false
	switch {
	case told:
		e.Advise(e.lesson)
	case e.guided:
		e.Advise(nil)
	}
}

func (e *explorer) earn(reward float64, died bool) {
	if !e.led {
		e.Earn(reward, died)
	}
}

// rollIn draws how many ticks of a match the teacher plays.
func (t *Trainer) rollIn(seed uint64) int {
	s := &t.params.Settings
	most := s.RollIn * (s.Rounds - 2*t.round) / s.Rounds
	if most <= 0 {
		return 0
	}
	return int(games.Mix(seed, rollInStream) % uint64(most+1))
}

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
		return &explorer{drill: t.drill, input: make([]float32, net.Inputs()), Explorer: e,
			guided: s.Guide > 0, rollIn: t.rollIn(matches[k].seed), lesson: make([]float32, t.drill.task.Head.Plain())}
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
		Head: t.drill.task.Head, Mirror: s.Method == MDPO, Discount: s.Discount, Trace: s.Trace, Clip: s.Clip, Entropy: s.Entropy, Guide: s.Guide, Imitation: imitation{t.drill.task.Head},
		Batch: s.Batch, Epochs: s.Epochs, Workers: t.params.Workers, Worked: t.params.Worked,
	}, learners)
	if err != nil {
		return nil, fmt.Errorf("train %s: %w", s.Task, err)
	}
	return all, nil
}
