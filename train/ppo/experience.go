package ppo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"dryad/nn"
	"dryad/nn/head"
)

// Params says how to learn.
type Params struct {
	// Head reads the network's outputs.
	Head head.Mixed
	// Mirror chooses mirror descent.
	Mirror bool
	// Discount and Trace are gamma and lambda of the advantages.
	Discount, Trace float64
	// Clip bounds the ratio of probabilities; with Mirror it is the step size.
	Clip float64
	// Entropy is the weight of the entropy in the objective.
	Entropy float64
	// Batch is the number of rows of a step of the optimizer, Epochs how often all
	// steps are learned.
	Batch, Epochs int
	// Workers is the number of goroutines. It never changes the result.
	Workers int
	// Worked, if any, is called after each epoch.
	Worked func()
}

// Experience are the steps of many agents.
type Experience struct {
	Steps
	params              Params
	advantages, returns []float64
}

// mostSteps bounds the steps: a row's number must be exact in float32.
const mostSteps = 1 << 24

// Gather joins the steps of agents, in the order given.
func Gather(p Params, agents []*Steps) (*Experience, error) {
	all := &Experience{params: p}
	for _, s := range agents {
		advantages, returns := s.advantages(p.Discount, p.Trace)
		all.inputs, all.actions = append(all.inputs, s.inputs...), append(all.actions, s.actions...)
		all.chances, all.rewards = append(all.chances, s.chances...), append(all.rewards, s.rewards...)
		all.advantages, all.returns = append(all.advantages, advantages...), append(all.returns, returns...)
		all.entropy += s.entropy
	}
	if len(all.chances) >= mostSteps {
		return nil, fmt.Errorf("%d answers in a round are too many; play fewer or shorter matches", len(all.chances))
	}
	normalise(all.advantages)
	return all, nil
}

// Len returns the number of steps, Reward and Entropy the means of a step.
func (e *Experience) Len() int { return len(e.chances) }

// Reward returns the mean reward of a step.
func (e *Experience) Reward() float64 {
	sum := 0.0
	for _, r := range e.rewards {
		sum += r
	}
	return sum / float64(max(e.Len(), 1))
}

// Entropy returns the mean entropy of a step's answer in nats.
func (e *Experience) Entropy() float64 { return e.entropy / float64(max(e.Len(), 1)) }

// Learn changes the network and returns the mean loss of the last epoch. order gives
// the random numbers by which an epoch is shuffled.
func (e *Experience) Learn(ctx context.Context, network *nn.Network, optimizer nn.Optimizer, order func(epoch int) *rand.Rand) (float64, error) {
	p := &e.params
	trainer := nn.NewTrainer(network, nn.TrainerParams{Loss: e.loss(), Optimizer: optimizer, ClipNorm: 0.5, Workers: p.Workers})
	in, out := network.Inputs(), network.Outputs()
	inputs, targets := make([]float32, 0, p.Batch*in), make([]float32, p.Batch*out)
	mean := 0.0
	for epoch := range p.Epochs {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		rows := order(epoch).Perm(e.Len())
		sum := 0.0
		for from := 0; from < len(rows); from += p.Batch {
			chosen := rows[from:min(from+p.Batch, len(rows))]
			inputs = inputs[:0]
			for i, row := range chosen {
				inputs = append(inputs, e.inputs[row*in:(row+1)*in]...)
				targets[i*out] = float32(row)
			}
			loss, err := trainer.Step(nn.Batch{Inputs: inputs, Targets: targets[:len(chosen)*out]})
			if err != nil {
				return 0, err
			}
			sum += float64(loss * float64(len(chosen)))
		}
		mean = sum / float64(len(rows))
		if p.Worked != nil {
			p.Worked()
		}
	}
	return mean, nil
}

// normalise gives numbers mean 0 and deviation 1.
func normalise(values []float64) {
	mean, square := 0.0, 0.0
	for _, v := range values {
		mean += v
	}
	mean /= float64(max(len(values), 1))
	for i := range values {
		values[i] -= mean
		square += float64(values[i] * values[i])
	}
	deviation := math.Sqrt(square/float64(max(len(values), 1))) + 1e-8
	for i := range values {
		values[i] /= deviation
	}
}
