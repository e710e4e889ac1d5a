package fps

import (
	"fmt"

	"dryad/games"
	"dryad/nn"
	"dryad/vocab"
)

// NeuralTask is one row of the table of neural tasks.
type NeuralTask struct {
	// Word is the task in the vocabulary: the rule that it serves, the shapes and
	// the channels.
	Word vocab.Net
	// Observes says what the network is told, Acts what its output becomes, and
	// Teacher who can teach it; empty for nobody.
	Observes, Acts, Teacher string
	// Shape is the architecture of the networks that dryad makes for it.
	Shape nn.Architecture
	// Weights names the file of the shipped network; empty when there is none.
	Weights string

	// observe writes the observation to input, which is zero, and reports whether
	// there was anything to observe.
	observe func(p *Percept, call games.Call, input []float32) bool
	// act turns an output into commands and returns the channels that it used.
	act func(b *Body, call games.Call, output []float32) vocab.Channels
	// teach writes what the teacher would have answered; nil without one.
	teach func(p *Percept, call games.Call, lesson []float32)
}

// neuralTasks is the table; a task's index is that of the vocabulary.
var neuralTasks = []NeuralTask{shootTask}

// NeuralTasks returns the table of neural tasks. It must not be changed.
func NeuralTasks() []NeuralTask { return neuralTasks }

// Untrained returns a network for the task with random parameters.
func (t *NeuralTask) Untrained(seed uint64) (*nn.Network, error) { return nn.New(t.Shape, seed) }

// Network returns the network that dryad ships for the task, shared by all who
// ask; it must not be changed.
func (t *NeuralTask) Network() (*nn.Network, error) {
	if t.Weights == "" {
		return nil, fmt.Errorf("no network is shipped for the neural task %q", t.Word.Name)
	}
	return shipped(t.Weights)
}

// neuralWords are the neural tasks of the vocabulary.
func neuralWords() []vocab.Net {
	words := make([]vocab.Net, len(neuralTasks))
	for i := range neuralTasks {
		words[i] = neuralTasks[i].Word
	}
	return words
}

// NetInput writes the observation of a neural task; all zero when there is
// nothing to observe.
func (b *Body) NetInput(net int, call games.Call, input []float32) {
	clear(input)
	neuralTasks[net].observe(&b.Percept, call, input)
}

// NetOutput turns the answer of a network into commands.
func (b *Body) NetOutput(net int, call games.Call, output []float32) vocab.Channels {
	task := &neuralTasks[net]
	if b.Tutor != nil && task.teach != nil {
		input, lesson := make([]float32, elements(task.Word.Inputs)), make([]float32, elements(task.Word.Outputs))
		if task.observe(&b.Percept, call, input) {
			task.teach(&b.Percept, call, lesson)
			b.Tutor(net, input, lesson, output)
		}
	}
	return task.act(b, call, output)
}

func elements(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
