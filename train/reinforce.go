package train

import (
	"context"
	"errors"
	"fmt"
	"math"

	"dryad/games"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/nn/kernel"
)

// errShape says that a network cannot explore.
var errShape = errors.New("a network that learns from rewards must end with a dense layer")

// logarithm is that of package kernel, which agrees between platforms.
func logarithm(x float64) float64 { return kernel.Log(x) }

// valueWeight is the share of the value in the loss.
const valueWeight = 0.5

// reinforce is a round of learning from rewards.
func (t *Trainer) reinforce(ctx context.Context, point *Point) error {
	s := &t.params.Settings
	all, err := t.explore(ctx)
	if err != nil {
		return err
	}
	if len(all.chances) == 0 {
		return fmt.Errorf("train %s: %w", s.Task, errNothing)
	}
	reward := 0.0
	for _, r := range all.rewards {
		reward += r
	}
	point.Samples = len(all.chances)
	point.Explored = 100 * reward / float64(point.Samples)
	point.Entropy = all.entropy / float64(point.Samples)

	t.optimizer.LearningRate = s.LearningRate * float64(s.Rounds-t.round) / float64(s.Rounds)
	trainer := nn.NewTrainer(t.network, nn.TrainerParams{Loss: all.loss(t.drill.task.Head, s), Optimizer: t.optimizer, ClipNorm: 0.5, Workers: t.params.Workers})
	in, out := t.network.Inputs(), t.network.Outputs()
	inputs, targets := make([]float32, 0, s.Batch*in), make([]float32, s.Batch*out)
	for epoch := range s.Epochs {
		if err := ctx.Err(); err != nil {
			return err
		}
		order := games.Stream(s.Seed, epochStream, uint64(t.round), uint64(epoch)).Perm(len(all.chances))
		sum := 0.0
		for from := 0; from < len(order); from += s.Batch {
			chosen := order[from:min(from+s.Batch, len(order))]
			inputs = inputs[:0]
			for i, row := range chosen {
				inputs = append(inputs, all.inputs[row*in:(row+1)*in]...)
				targets[i*out] = float32(row) // exact: there are fewer than 1<<24 rows
			}
			loss, err := trainer.Step(nn.Batch{Inputs: inputs, Targets: targets[:len(chosen)*out]})
			if err != nil {
				return fmt.Errorf("train %s: %w", s.Task, err)
			}
			sum += float64(loss * float64(len(chosen)))
		}
		point.Loss = sum / float64(len(order))
		if t.params.Worked != nil {
			t.params.Worked()
		}
	}
	return nil
}

// mostSteps bounds the answers of a round: a row's number must be exact in float32.
const mostSteps = 1 << 24

// experience are the steps of all seats of a round, in order.
type experience struct {
	steps
	advantages, returns []float64
}

// explore plays the matches of a round with the network drawing its answers.
func (t *Trainer) explore(ctx context.Context) (*experience, error) {
	s := &t.params.Settings
	matches := t.matches(matchStream, trainingMap, trainingMaps, s.Matches)
	seats := make([][]*explorer, len(matches))
	for k := range seats {
		seats[k] = make([]*explorer, t.drill.task.Drill.Seats)
	}
	blank, err := t.drill.blank()
	if err != nil {
		return nil, err
	}
	net := t.network.Clone()
	err = t.drill.play(ctx, blank, matches, func(k int, seat games.Seat) pupil {
		seats[k][seat] = newExplorer(t.drill, net, games.Stream(matches[k].seed, actionStream, uint64(seat)))
		return seats[k][seat]
	})
	if err != nil {
		return nil, err
	}
	all := &experience{}
	for _, match := range seats {
		for _, e := range match {
			advantages, returns := e.steps.advantages(s.Discount, s.Trace)
			all.inputs, all.actions = append(all.inputs, e.inputs...), append(all.actions, e.actions...)
			all.chances, all.rewards = append(all.chances, e.chances...), append(all.rewards, e.rewards...)
			all.advantages, all.returns = append(all.advantages, advantages...), append(all.returns, returns...)
			all.entropy += e.entropy
		}
	}
	if len(all.chances) >= mostSteps {
		return nil, fmt.Errorf("train %s: %d answers in a round are too many; play fewer or shorter matches", s.Task, len(all.chances))
	}
	normalise(all.advantages)
	return all, nil
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

// policyLoss is the loss of a row of outputs against what was answered then. The
// first target of a row is its number.
type policyLoss struct {
	head    head.Mixed
	all     *experience
	action  int // values of an action
	mirror  bool
	clip    float64
	entropy float64
}

func (e *experience) loss(h head.Mixed, s *Settings) policyLoss {
	_, action := h.Size()
	return policyLoss{head: h, all: e, action: action, mirror: s.Method == MDPO, clip: s.Clip, entropy: s.Entropy}
}

// Row implements nn.Loss: the surrogate of PPO (Schulman et al. 2017, equations 7
// and 9), or that of MDPO (Tomar et al. 2020, equation 9) with the divergence
// estimated from the answers.
func (l policyLoss) Row(output, target, _, gradient []float32) float64 {
	row := int(target[0])
	action := l.all.actions[row*l.action : (row+1)*l.action]
	advantage := l.all.advantages[row]
	outputs, _ := l.head.Size()
	value := gradient[outputs:]
	gradient = gradient[:outputs]

	logRatio := max(-20, min(20, l.head.LogProbability(output[:outputs], action, gradient)-l.all.chances[row]))
	ratio := kernel.Exp(logRatio)
	surrogate, slope := float64(ratio*advantage), float64(ratio*advantage) // slope by the logarithm of the probability
	if l.mirror {
		surrogate -= (float64(ratio*logRatio) - (ratio - 1)) / l.clip
		slope -= float64(ratio*logRatio) / l.clip
	} else if bound := float64(max(1-l.clip, min(1+l.clip, ratio)) * advantage); bound < surrogate {
		surrogate, slope = bound, 0
	}
	bonus := make([]float32, outputs)
	entropy := l.head.Entropy(output[:outputs], bonus)
	for i := range gradient {
		gradient[i] = float32(-float64(slope*float64(gradient[i])) - float64(l.entropy*float64(bonus[i])))
	}
	d := float64(output[outputs]) - l.all.returns[row]
	value[0] = float32(2 * valueWeight * d)
	return float64(valueWeight*float64(d*d)) - surrogate - float64(l.entropy*entropy)
}
