package policy_test

import (
	"errors"
	"fmt"

	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// stage is a game for tests, without a world: tasks a1..a4 answer what they are
// told and log what is done to them, conditions g1..g4 hold as they are told.
type stage struct {
	vocabulary vocab.Vocabulary
	answers    [4]bt.Status
	numbers    []float64 // values of the features
	log        []string
	none       bool // choosers find nothing
	claimed    vocab.Channels
}

const stageNames = 4

func newStage() *stage {
	s := &stage{numbers: make([]float64, 5)}
	v := vocab.Vocabulary{Game: "stage", Version: 1, TicksPerSecond: 10, Channels: []string{"hand"}}
	for i, kind := range []vocab.Kind{vocab.Int, vocab.Number, vocab.Duration, vocab.Bool, vocab.Angle} {
		v.Features = append(v.Features, vocab.Feature{
			Name: fmt.Sprint("f", i+1), Kind: kind, Min: -1e9, Max: 1e9, Description: "a number"})
	}
	v.Features[3].Min, v.Features[3].Max = 0, 0
	for i := range stageNames {
		v.Conditions = append(v.Conditions, vocab.Condition{Name: fmt.Sprint("g", i+1), Description: "a guard"})
		v.Tasks = append(v.Tasks, vocab.Task{Name: fmt.Sprint("a", i+1), Description: "a task", Channels: 1, Params: []vocab.Param{
			{Name: "whom", Kinds: []vocab.Kind{vocab.Agent}, Optional: true, Description: "a target"},
			{Name: "much", Kinds: []vocab.Kind{vocab.Number}, Optional: true, Default: 7, Description: "a number"}}})
	}
	v.Choosers = []vocab.Chooser{{Name: "someone", Kind: vocab.Agent, Random: true, Description: "anyone"}}
	s.vocabulary = v
	return s
}

func (s *stage) Vocabulary() *vocab.Vocabulary { return &s.vocabulary }
func (s *stage) Task(index int) games.Task     { return stageTask{s, index} }

func (s *stage) Complete(c games.Config) (games.Config, error) { return c, nil }

func (s *stage) New(games.Config, uint64) (games.World, error) {
	return nil, errors.New("a stage has no world")
}

type stageTask struct {
	stage *stage
	index int
}

func (t stageTask) Words() int { return 1 }

func (t stageTask) Tick(_ games.Body, call games.Call, state []uint64) (bt.Status, vocab.Channels) {
	state[0]++
	text := fmt.Sprintf("a%d", t.index+1)
	if call.Started {
		text += " starts"
	}
	for _, a := range call.Args {
		if a.Given {
			text += fmt.Sprintf(" %d/%g", a.Target.ID, a.Number)
		}
	}
	t.stage.log = append(t.stage.log, text)
	return t.stage.answers[t.index], call.May
}

func (t stageTask) Halt(games.Body, games.Call, []uint64) {
	t.stage.log = append(t.stage.log, fmt.Sprintf("halt a%d", t.index+1))
}

// stage is its own body.

func (s *stage) Seat() games.Seat { return 0 }

func (s *stage) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		if int(r) < len(s.numbers) {
			values[i] = s.numbers[r]
			continue
		}
		values[i] = 0
		if s.answers[int(r)-len(s.numbers)] == bt.Success {
			values[i] = 1
		}
	}
}

func (s *stage) Choose(_ int, draw uint64) (games.Target, bool) {
	return games.Target{Kind: vocab.Agent, ID: int32(draw % 1000)}, !s.none
}

func (s *stage) NetInput(int, games.Call, []float32)                 {}
func (s *stage) NetOutput(int, games.Call, []float32) vocab.Channels { return 0 }
func (s *stage) Commit(channels vocab.Channels)                      { s.claimed = channels }
func (s *stage) AppendCommands(buf []byte) []byte                    { return buf }
func (s *stage) SetCommands([]byte) error                            { return nil }

var (
	_ games.Game = (*stage)(nil)
	_ games.Body = (*stage)(nil)
)

// quiet is a stage whose tasks succeed and log nothing.
type quiet struct{ *stage }

func (quiet) Task(int) games.Task { return quietTask{} }

type quietTask struct{}

func (quietTask) Words() int { return 0 }

func (quietTask) Tick(games.Body, games.Call, []uint64) (bt.Status, vocab.Channels) {
	return bt.Success, 0
}

func (quietTask) Undrawn() {}

func (quietTask) Halt(games.Body, games.Call, []uint64) {}
