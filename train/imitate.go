package train

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"dryad/games"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/nn/kernel"
)

// lessons are inputs and what should have been answered, row by row.
type lessons struct{ inputs, answers []float32 }

// mostValues bounds the inputs of a round that are kept; what is above is thinned
// out evenly.
const mostValues = 6 << 20

// apprentice is a pupil that notes what the teacher would have done.
type apprentice struct {
	drill   *drill
	command bool // the teacher is in command
	since   int  // ticks since the last lesson
	input   []float32
	lesson  []float32
	lessons lessons
}

func (a *apprentice) answer(s *seat, call games.Call, output []float32) {
	told := a.drill.lesson(s, call, a.lesson)
	if told && a.command {
		copy(output, a.lesson)
	}
	if a.since++; !told || a.since < a.drill.task.Drill.Every {
		return
	}
	a.since = 0
	s.body.NetInput(a.drill.index, call, a.input)
	a.lessons.inputs = append(a.lessons.inputs, a.input...)
	a.lessons.answers = append(a.lessons.answers, a.lesson...)
}

func (a *apprentice) earn(float64, bool) {}

// gather plays the matches of a round and returns their lessons in order.
func (d *drill) gather(ctx context.Context, net *nn.Network, matches []played, teacherCommands bool) (lessons, error) {
	all := make([][]*apprentice, len(matches))
	for k := range all {
		all[k] = make([]*apprentice, d.seats(matches[k]))
	}
	err := d.play(ctx, net.Clone(), matches, func(k int, s games.Seat) pupil {
		a := &apprentice{drill: d, command: teacherCommands, input: make([]float32, net.Inputs()), lesson: make([]float32, net.Outputs())}
		all[k][s] = a
		return a
	})
	var l lessons
	if err != nil {
		return l, err
	}
	for _, seats := range all {
		for _, a := range seats {
			l.inputs, l.answers = append(l.inputs, a.lessons.inputs...), append(l.answers, a.lessons.answers...)
		}
	}
	return l.thin(net.Inputs(), net.Outputs()), nil
}

// thin keeps rows at even distances, so many as mostValues allows.
func (l lessons) thin(in, out int) lessons {
	rows, keep := len(l.inputs)/in, mostValues/in
	if rows <= keep {
		return l
	}
	for k := range keep {
		row := k * rows / keep
		copy(l.inputs[k*in:(k+1)*in], l.inputs[row*in:(row+1)*in])
		copy(l.answers[k*out:(k+1)*out], l.answers[row*out:(row+1)*out])
	}
	return lessons{l.inputs[:keep*in], l.answers[:keep*out]}
}

// errNothing says that a drill never came to the task.
var errNothing = errors.New("the task was never called in the drill; play more or longer matches")

// imitate is a round of imitation.
func (t *Trainer) imitate(ctx context.Context, point *Point) error {
	s := &t.params.Settings
	var fresh lessons
	var err error
	if t.params.Lessons == nil {
		fresh, err = t.drill.gather(ctx, t.network, t.training(), t.round == 0 || s.Method == Clone)
	} else if t.round == 0 {
		fresh, err = t.read(t.params.Lessons)
	}
	if err != nil {
		return err
	}
	t.fresh = fresh
	inputs, answers := append(t.lessons.inputs, fresh.inputs...), append(t.lessons.answers, fresh.answers...)
	if len(inputs) == 0 {
		return fmt.Errorf("train %s: %w", s.Task, errNothing)
	}
	t.lessons = lessons{inputs, answers}
	trainer := nn.NewTrainer(t.network, nn.TrainerParams{Loss: imitation{t.drill.task.Head}, Optimizer: t.optimizer, ClipNorm: 1, Workers: t.params.Workers})
	for epoch := range s.Epochs {
		if err := ctx.Err(); err != nil {
			return err
		}
		// The rate falls within a round, so that it ends settled.
		t.optimizer.LearningRate = s.LearningRate * float64(s.Epochs-epoch) / float64(s.Epochs)
		if point.Loss, err = t.epoch(trainer, games.Stream(s.Seed, epochStream, uint64(t.round), uint64(epoch))); err != nil {
			return err
		}
	}
	point.Samples = len(inputs) / t.network.Inputs()
	return nil
}

// epoch goes once through all lessons in a random order and returns the mean loss.
func (t *Trainer) epoch(trainer *nn.Trainer, random *rand.Rand) (float64, error) {
	in, out, batch := t.network.Inputs(), t.network.Outputs(), t.params.Batch
	rows := len(t.lessons.inputs) / in
	order := random.Perm(rows)
	inputs, answers := make([]float32, 0, batch*in), make([]float32, 0, batch*out)
	sum := 0.0
	for from := 0; from < rows; from += batch {
		inputs, answers = inputs[:0], answers[:0]
		chosen := order[from:min(from+batch, rows)]
		for _, row := range chosen {
			inputs = append(inputs, t.lessons.inputs[row*in:(row+1)*in]...)
			answers = append(answers, t.lessons.answers[row*out:(row+1)*out]...)
		}
		loss, err := trainer.Step(nn.Batch{Inputs: inputs, Targets: answers})
		if err != nil {
			return 0, fmt.Errorf("train %s: %w", t.params.Task, err)
		}
		sum += float64(loss * float64(len(chosen)))
	}
	if t.params.Worked != nil {
		t.params.Worked()
	}
	return sum / float64(rows), nil
}

// imitation is the loss of an answer against a teacher's: the squared error of
// numbers, the cross entropy of switches and of the choice.
type imitation struct{ head head.Mixed }

// Row implements nn.Loss.
func (l imitation) Row(output, answer, _, gradient []float32) float64 {
	h := l.head
	loss := 0.0
	for i := range h.Numbers {
		d := float64(output[i]) - float64(answer[i])
		loss += float64(d * d)
		gradient[i] = float32(2 * d)
	}
	for i := h.Numbers; i < h.Numbers+h.Switches; i++ {
		x, on := float64(output[i]), 0.0
		if answer[i] > 0 {
			on = 1
		}
		loss += kernel.Softplus(x) - float64(on*x)
		gradient[i] = float32(1/(1+kernel.Exp(-x)) - on)
	}
	if h.Choices > 0 {
		from := h.Numbers + h.Switches
		best := 0
		for i, v := range answer[from:] {
			if v > answer[from+best] {
				best = i
			}
		}
		loss -= head.Softmax{Choices: h.Choices}.LogProbability(output[from:], []float32{float32(best)}, gradient[from:])
		for i := from; i < len(gradient); i++ {
			gradient[i] = -gradient[i]
		}
	}
	return loss
}
