package fps

import (
	"fmt"
	"slices"

	"dryad/bt"
	"dryad/games"
	"dryad/nn"
	"dryad/nn/head"
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
	// Head reads the outputs as a distribution over actions while a network
	// explores; its Plain outputs are those of the task.
	Head head.Mixed
	// Drill is where networks of the task play while they learn.
	Drill Drill

	// observe writes the observation to input, which is zero, and reports whether
	// there was anything to observe.
	observe func(p *Percept, call games.Call, input []float32) bool
	// act turns an output into commands and returns the channels that it used.
	act func(b *Body, call games.Call, output []float32) vocab.Channels
	// teach writes what the task's own teacher would have answered and reports
	// whether it has an answer; nil for the rule.
	teach func(b *Body, call games.Call, lesson []float32) bool
	// express writes the output that comes nearest to a command, and reports
	// whether the command has anything to do with the task.
	express func(p *Percept, call games.Call, c Command, output []float32) bool
	// reward says what a tick was worth, from the seat's own state before it and
	// the percept after it.
	reward func(before *Self, after *Percept, call games.Call) float64
}

// Drill says how matches are played for a network to learn in.
type Drill struct {
	// Tree is the policy of every seat. It calls the task, and plays so that the
	// task meets what it is for.
	Tree string
	// Seats is the number of seats, Rules the rules of the game.
	Seats int
	Rules string
	// Every is the number of ticks between two lessons of an activation; 0 for 1.
	Every int
	// Opposed says that a reward is one seat's gain on another: where the network is
	// measured, every second seat is left to the rule, and the seats of a match that
	// learns belong to the network as it is, to former ones, or to the rule.
	Opposed bool
}

// neuralTasks is the table; a task's index is that of the vocabulary.
var neuralTasks = []NeuralTask{shootTask, aimTask, dodgeTask, navigateTask, duelTask}

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
	if b.Tutor != nil {
		b.Tutor(net, call, output)
	}
	return neuralTasks[net].act(b, call, output)
}

// Lesson writes what the teacher of a neural task would have answered in this
// tick and reports whether it has an answer. The rule teaches where the task has
// no teacher of its own, and where byRule asks for it; it has none when it has
// ended. state belongs to one
// teacher of one activation: it is LessonWords long and zero at the start.
func (t *NeuralTask) Lesson(b *Body, call games.Call, byRule bool, state []uint64, lesson []float32) bool {
	clear(lesson)
	if t.teach != nil && !byRule {
		return t.teach(b, call, lesson)
	}
	rule := &skills[slices.IndexFunc(skills, func(s skill) bool { return s.Name == t.Word.Rule })]
	call.May = rule.Channels
	status := bt.Running
	command := b.Aside(func() Command {
		var used vocab.Channels
		status, used = rule.tick(b, call, state[:rule.words])
		return b.pending.only(used)
	})
	return status == bt.Running && t.Express(b, call, command, lesson)
}

// LessonWords is the length of a teacher's state.
const LessonWords = tripWords + 1

// Express writes the output that comes nearest to a command and reports whether
// the command has anything to do with the task.
func (t *NeuralTask) Express(b *Body, call games.Call, command Command, output []float32) bool {
	clear(output)
	return t.express(&b.Percept, call, command, output)
}

// Reward says what a tick was worth to the seat, from its own state before the
// tick and its percept after it.
func (t *NeuralTask) Reward(before *Self, after *Body, call games.Call) float64 {
	return t.reward(before, &after.Percept, call)
}
