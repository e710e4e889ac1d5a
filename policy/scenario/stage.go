package scenario

import (
	"errors"

	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// stage is the game without a world: its words are those of the real game, its
// tasks answer what the scenario says. The scenario lies in the body.
type stage struct{ vocabulary *vocab.Vocabulary }

var _ games.Game = (*stage)(nil)

func (s *stage) Vocabulary() *vocab.Vocabulary { return s.vocabulary }

func (s *stage) Task(index int) games.Task { return task{index} }

func (s *stage) Complete(c games.Config) (games.Config, error) { return c, nil }

func (s *stage) New(games.Config, uint64) (games.World, error) {
	return nil, errors.New("a scenario has no world")
}

// task answers what the scenario says of it.
type task struct{ index int }

func (t task) Words() int { return 0 }

func (t task) Tick(b games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	stage := b.(*body)
	status := bt.Running
	if answer := stage.answers[answerID{t.index, -1}]; answer != bt.Idle {
		status = answer
	}
	for _, a := range call.Args {
		if a.Given && a.Target.Kind.Target() {
			if answer := stage.answers[answerID{t.index, int(a.Target.ID)}]; answer != bt.Idle {
				status = answer
			}
		}
	}
	return status, call.May & stage.vocabulary.Tasks[t.index].Channels
}

func (t task) Halt(games.Body, games.Call, []uint64) {}

// answerID is a task, and the chooser of its target or -1 for any.
type answerID struct{ task, chooser int }

// body is what the agent perceives in a scenario.
type body struct {
	vocabulary *vocab.Vocabulary
	readings   []float64
	answers    map[answerID]bt.Status
	nothing    map[int]bool // choosers that find nothing
}

var _ games.Body = (*body)(nil)

// newBody returns a body that reads the lowest values that are not negative.
func newBody(v *vocab.Vocabulary) *body {
	b := &body{vocabulary: v, readings: make([]float64, v.Readings()), answers: map[answerID]bt.Status{}, nothing: map[int]bool{}}
	for i := range v.Features {
		if f := &v.Features[i]; f.Min < f.Max {
			b.readings[i] = min(max(0, f.Min), f.Max)
		}
	}
	return b
}

func (b *body) Seat() games.Seat { return 0 }

func (b *body) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		values[i] = b.readings[r]
	}
}

// Choose returns the chooser itself as the target, so that a task knows how it
// was chosen.
func (b *body) Choose(chooser int, _ uint64) (games.Target, bool) {
	return games.Target{Kind: b.vocabulary.Choosers[chooser].Kind, ID: int32(chooser)}, !b.nothing[chooser]
}

func (b *body) NetInput(int, games.Call, []float32) {}

func (b *body) NetOutput(int, games.Call, []float32) vocab.Channels { return 0 }

func (b *body) Commit(vocab.Channels) {}

func (b *body) AppendCommands(buf []byte) []byte { return buf }

func (b *body) SetCommands([]byte) error { return nil }
