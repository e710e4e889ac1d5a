package train

import (
	"context"
	"math"

	"dryad/games"
	"dryad/nn"
)

// Part is a set of maps that a network does not learn on.
type Part string

// The parts.
const (
	Validation Part = "validation" // looked at after every round
	HeldOut    Part = "held-out"   // looked at once, at the end
)

// Actor is who acts while the reward is measured.
type Actor string

// The actors.
const (
	ByNetwork Actor = "network"
	ByRule    Actor = "rule"    // the rule that the network replaces
	ByTeacher Actor = "teacher" // whom the network learned from
)

// Measure is the reward of a task on maps of a part.
type Measure struct {
	Matches int `json:"matches"`
	// Ticks are those in which the task acted.
	Ticks int `json:"ticks"`
	// Reward is the mean of 100 such ticks. The interval is at 95 %, over matches.
	Reward float64 `json:"reward"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// observer is a pupil that adds up rewards.
type observer struct {
	drill  *drill
	actor  Actor
	lesson []float32
	sum    float64
	ticks  int
}

func (o *observer) answer(s *seat, call games.Call, output []float32) {
	if o.actor == ByNetwork {
		return
	}
	d := *o.drill
	if o.actor == ByRule {
		d.byRule, s.tree = true, nil
	}
	d.lesson(s, call, o.lesson)
	copy(output, o.lesson)
}

func (o *observer) earn(reward float64, _ bool) {
	o.sum += reward
	o.ticks++
}

// Measure plays matches on maps of a part without learning and returns the reward.
func (t *Trainer) Measure(ctx context.Context, part Part, matches int, actor Actor) (Measure, error) {
	stream, first := uint64(validationStream), validationMap
	if part == HeldOut {
		stream, first = heldOutStream, heldOutMap
	}
	list := make([]played, matches)
	for k := range list {
		list[k] = played{seed: games.Mix(t.params.Seed, stream, uint64(k)), level: first + k}
	}
	net := t.Network()
	all := make([][]*observer, matches)
	for k := range all {
		all[k] = make([]*observer, t.drill.task.Drill.Seats)
	}
	err := t.drill.play(ctx, net, list, func(k int, s games.Seat) pupil {
		o := &observer{drill: t.drill, actor: actor, lesson: make([]float32, net.Outputs())}
		if t.drill.task.Drill.Opposed && int(s)%2 != k%2 {
			o.actor = ByRule
			return o
		}
		all[k][s] = o
		return o
	})
	if err != nil {
		return Measure{}, err
	}
	sums, ticks := make([]float64, matches), make([]int, matches)
	for k, seats := range all {
		for _, o := range seats {
			if o == nil {
				continue // the rule, whose gain is the network's loss
			}
			sums[k] += o.sum
			ticks[k] += o.ticks
		}
	}
	return measure(sums, ticks), nil
}

// measure is the ratio of two sums with the interval of the delta method.
func measure(sums []float64, ticks []int) Measure {
	m := Measure{Matches: len(sums)}
	total := 0.0
	for k, s := range sums {
		total += s
		m.Ticks += ticks[k]
	}
	if m.Ticks == 0 {
		return m
	}
	mean := total / float64(m.Ticks)
	square := 0.0
	for k, s := range sums {
		d := s - float64(mean*float64(ticks[k]))
		square += float64(d * d)
	}
	margin := 0.0
	if n := float64(len(sums)); n > 1 {
		margin = 1.96 * math.Sqrt(square*n/(n-1)) / float64(m.Ticks)
	}
	m.Reward, m.Low, m.High = 100*mean, 100*(mean-margin), 100*(mean+margin)
	return m
}

// blank is a network of a task that answers zero at no cost: pupils that explore
// write the answers themselves.
func (d *drill) blank() (*nn.Network, error) {
	in := size(d.task.Word.Inputs)
	n, err := nn.New(nn.Architecture{Input: nn.Vector(in), Layers: []nn.Layer{nn.Dense(d.task.Head.Plain())}}, 0)
	if err == nil {
		clear(n.Parameters())
	}
	return n, err
}
