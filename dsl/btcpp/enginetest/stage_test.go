package enginetest_test

import (
	"errors"
	"fmt"

	"dryad/bt"
	"dryad/games"
	"dryad/policy"
	"dryad/vocab"
)

// stage is a game without a world: its tasks take their answers one after
// another, its conditions and numbers have a value for each tick.
type stage struct {
	vocabulary vocab.Vocabulary
	answers    map[string]string
	numbers    map[string][]float64
	at         map[string]int
	now        int
	calls      []string
}

var (
	syncNames      = []string{"a1", "a2", "a3"}
	statefulNames  = []string{"s1", "s2", "s3"}
	conditionNames = []string{"c1", "c2"}
)

func newStage(answers map[string]string, numbers map[string][]float64) *stage {
	s := &stage{answers: answers, numbers: numbers, at: map[string]int{}}
	v := vocab.Vocabulary{Game: "stage", Version: 1, TicksPerSecond: 10, Channels: []string{"hand"}}
	for _, name := range append(append([]string{}, syncNames...), statefulNames...) {
		v.Tasks = append(v.Tasks, vocab.Task{Name: name, Description: "a task", Params: []vocab.Param{
			{Name: "much", Kinds: []vocab.Kind{vocab.Number}, Optional: true, Description: "a number"}}})
	}
	for _, name := range conditionNames {
		v.Conditions = append(v.Conditions, vocab.Condition{Name: name, Description: "a condition"})
	}
	v.Features = []vocab.Feature{{Name: "n1", Kind: vocab.Number, Min: -1e9, Max: 1e9, Description: "a number"}}
	s.vocabulary = v
	return s
}

// run ticks a policy and returns what the root answers and which tasks are
// asked, tick by tick.
func (s *stage) run(source string, ticks int) (statuses []string, calls [][]string, err error) {
	p, faults := policy.Parse("case", []byte(source), s, policy.Params{})
	if p == nil {
		return nil, nil, faults.Err()
	}
	agent, batch := p.NewAgent(1, 0), policy.NewBatch()
	for s.now = 0; s.now < ticks; s.now++ {
		s.calls = []string{}
		status := agent.Tick(s, s.now, batch)
		batch.Run()
		agent.Finish(s)
		statuses = append(statuses, map[bt.Status]string{bt.Success: "S", bt.Failure: "F", bt.Running: "R"}[status])
		calls = append(calls, s.calls)
	}
	return statuses, calls, nil
}

func (s *stage) Vocabulary() *vocab.Vocabulary                 { return &s.vocabulary }
func (s *stage) Task(index int) games.Task                     { return stageTask{s, s.vocabulary.Tasks[index].Name} }
func (s *stage) Complete(c games.Config) (games.Config, error) { return c, nil }
func (s *stage) New(games.Config, uint64) (games.World, error) {
	return nil, errors.New("a stage has no world")
}

type stageTask struct {
	stage *stage
	name  string
}

func (t stageTask) Words() int { return 0 }

func (t stageTask) Tick(games.Body, games.Call, []uint64) (bt.Status, vocab.Channels) {
	s := t.stage
	all := s.answers[t.name]
	answer := all[s.at[t.name]%len(all)]
	s.at[t.name]++
	s.calls = append(s.calls, t.name)
	return map[byte]bt.Status{'S': bt.Success, 'F': bt.Failure, 'R': bt.Running}[answer], 0
}

func (t stageTask) Halt(games.Body, games.Call, []uint64) {}

// stage is its own body.

func (s *stage) Seat() games.Seat { return 0 }

func (s *stage) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		name := s.vocabulary.ReadingName(int(r))
		if all := s.numbers[name]; all != nil {
			values[i] = all[s.now%len(all)]
			continue
		}
		values[i] = 0
		if all := s.answers[name]; all != "" && all[s.now%len(all)] == 'S' {
			values[i] = 1
		}
	}
}

func (s *stage) Choose(int, uint64) (games.Target, bool)             { return games.Target{}, false }
func (s *stage) NetInput(int, games.Call, []float32)                 {}
func (s *stage) NetOutput(int, games.Call, []float32) vocab.Channels { return 0 }
func (s *stage) Commit(vocab.Channels)                               {}
func (s *stage) AppendCommands(buf []byte) []byte                    { return buf }
func (s *stage) SetCommands([]byte) error                            { return nil }

var (
	_ games.Game = (*stage)(nil)
	_ games.Body = (*stage)(nil)
)

// engineCase is what the driver is asked, and engineAnswer what it says.
type engineCase struct {
	XML        string               `json:"xml"`
	Main       string               `json:"main"`
	Sync       []string             `json:"sync"`
	Stateful   []string             `json:"stateful"`
	Conditions []string             `json:"conditions"`
	Answers    map[string]string    `json:"answers"`
	Numbers    map[string][]float64 `json:"numbers"`
	Ticks      int                  `json:"ticks"`
}

type engineAnswer struct {
	Error  string     `json:"error"`
	Status []string   `json:"status"`
	Calls  [][]string `json:"calls"`
}

// differ returns where two runs part, or "".
func differ(a engineAnswer, statuses []string, calls [][]string) string {
	for i := range a.Status {
		if a.Status[i] != statuses[i] || fmt.Sprint(a.Calls[i]) != fmt.Sprint(calls[i]) {
			return fmt.Sprintf("tick %d: the engine answers %s and asks %v, dryad %s and %v\nengine %v %v\ndryad  %v %v", i+1,
				a.Status[i], a.Calls[i], statuses[i], calls[i], a.Status, a.Calls, statuses, calls)
		}
	}
	return ""
}
