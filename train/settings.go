package train

import (
	"fmt"
	"slices"
	"strings"

	"dryad/dsl"
	"dryad/games/fps"
	"dryad/nn"
	"dryad/policy"
	"dryad/replay"
)

// Method is a way to learn.
type Method string

// The methods.
const (
	// Clone is behaviour cloning: the teacher plays and the network learns what it
	// does.
	Clone Method = "clone"
	// DAgger plays the first round as Clone does and leaves the network in command
	// in later ones; the teacher says what it would have done.
	DAgger Method = "dagger"
	// PPO is proximal policy optimisation.
	PPO Method = "ppo"
	// MDPO is mirror descent policy optimisation.
	MDPO Method = "mdpo"
)

// Methods are all methods.
func Methods() []Method { return []Method{Clone, DAgger, PPO, MDPO} }

// Reinforces reports whether the method learns from rewards.
func (m Method) Reinforces() bool { return m == PPO || m == MDPO }

// Settings are all that determines the result, apart from the networks and the tree
// that Params brings along. Zero values take the defaults of the method.
type Settings struct {
	Task   string `json:"task"`
	Method Method `json:"method"`
	Seed   uint64 `json:"seed"`
	// Games are conditions on games of the catalogue (catalog.ParseFilter), whose training
	// games are played in place of the task's own; empty for its own. Those are played more
	// often on which the rewards change.
	Games string `json:"games,omitempty"`
	// Rounds of playing and learning; 0 for 4, with rewards for 40.
	Rounds int `json:"rounds"`
	// Matches played in each round; 0 for 32, with rewards for 8.
	Matches int `json:"matches"`
	// Epochs are the times that a round learns what it has; 0 for 12, with rewards
	// for 4.
	Epochs int `json:"epochs"`
	// Ticks is the length of a match; 0 for 2100, with rewards for 1050.
	Ticks int `json:"ticks"`
	// LearningRate of Adam. It falls within each round of imitation, and over all
	// rounds with rewards. 0 for 2e-3, with rewards for 3e-4.
	LearningRate float64 `json:"learning_rate"`
	// Batch is the number of rows of a step; 0 for 256.
	Batch int `json:"batch"`
	// Validation is the number of matches played after each round to measure the
	// network; 0 for 4, below 0 for none.
	Validation int `json:"validation"`
	// ByRule lets the rule that the network replaces teach, where the task has a
	// teacher of its own.
	ByRule bool `json:"by_rule,omitempty"`
	// Started says that Params.Start is given, Given is the digest of
	// Params.Lessons.
	Started bool   `json:"started,omitempty"`
	Given   string `json:"given,omitempty"`
	// Starts is the digest of Params.Starts.
	Starts string `json:"starts,omitempty"`

	// Discount and Trace are gamma and lambda of the advantages; 0 for 0.98 and
	// 0.95.
	Discount float64 `json:"discount,omitempty"`
	Trace    float64 `json:"trace,omitempty"`
	// Clip bounds the ratio of probabilities of PPO; for MDPO it is the step size.
	// 0 for 0.2.
	Clip float64 `json:"clip,omitempty"`
	// Entropy is the weight of the entropy in the objective; 0 for 0.003.
	Entropy float64 `json:"entropy,omitempty"`
	// Deviation is the standard deviation of numbers at the start of exploration, which
	// stays between .0067 and 2.7; 0 for 0.2.
	Deviation float64 `json:"deviation,omitempty"`
	// Archive is the number of rounds after which the network joins the former selves
	// that it plays against, in tasks whose seats play against each other; 0 for 10.
	Archive int `json:"archive,omitempty"`
}

// Complete fills in the defaults and reports what cannot be.
func (s Settings) Complete() (Settings, error) {
	task, _ := find(s.Task)
	if task == nil {
		return s, unknown("neural task", s.Task, names())
	}
	if s.Method == "" {
		s.Method = DAgger
	}
	if !slices.Contains(Methods(), s.Method) {
		return s, fmt.Errorf("there is no method %q; there are %v", s.Method, Methods())
	}
	if s.Method.Reinforces() {
		fill(&s.Rounds, 40)
		fill(&s.Matches, 8)
		fill(&s.Epochs, 4)
		fill(&s.Ticks, 1050)
		fill(&s.LearningRate, 3e-4)
		fill(&s.Discount, 0.98)
		fill(&s.Trace, 0.95)
		fill(&s.Clip, 0.2)
		fill(&s.Entropy, 0.003)
		fill(&s.Deviation, 0.2)
		if task.Drill.Opposed {
			fill(&s.Archive, 10)
		}
	}
	if s.Games != "" && task.Drill.Opposed {
		return s, fmt.Errorf("the seats of %s play against each other, in games of its own alone", s.Task)
	}
	if s.Archive != 0 && (!task.Drill.Opposed || !s.Method.Reinforces()) {
		return s, fmt.Errorf("an archive of former selves is kept where a network learns from rewards of playing against another, not by %s of %s", s.Method, s.Task)
	}
	fill(&s.Rounds, 4)
	fill(&s.Matches, 32)
	fill(&s.Epochs, 12)
	fill(&s.Ticks, 2100)
	fill(&s.LearningRate, 2e-3)
	fill(&s.Batch, 256)
	if s.Validation == 0 {
		s.Validation = 4
	}
	if s.Discount >= 1 || s.Trace > 1 || s.LearningRate > 1 || s.Clip > 1 {
		return s, fmt.Errorf("the discount must be below 1, the trace, the clip and the learning rate at most 1")
	}
	return s, nil
}

// fill takes the default where nothing sensible is given.
func fill[T int | float64](v *T, otherwise T) {
	if !(*v > 0) {
		*v = otherwise
	}
}

// find returns the row of a neural task and its index.
func find(name string) (*fps.NeuralTask, int) {
	tasks := fps.NeuralTasks()
	for i := range tasks {
		if tasks[i].Word.Name == name {
			return &tasks[i], i
		}
	}
	return nil, -1
}

// unknown is the error of a name that there is not.
func unknown(what, name string, all []string) error {
	if near, alike := dsl.Nearest(name, all); alike {
		return fmt.Errorf("there is no %s %q; did you mean %q?", what, name, near[0])
	}
	return fmt.Errorf("there is no %s %q; there are %s", what, name, strings.Join(all, ", "))
}

// names lists the neural tasks.
func names() []string {
	var all []string
	for _, t := range fps.NeuralTasks() {
		all = append(all, t.Word.Name)
	}
	return all
}

// Params says how to train.
type Params struct {
	Settings
	// Start is the network to begin with; nil for one with random parameters.
	Start *nn.Network
	// Teacher is a tree that teaches; nil for the task's own teacher.
	Teacher *policy.Policy
	// Lessons, a file as Lessons.Encode writes it, are what Clone learns in place of
	// what a teacher does; nil for none. Then no matches are played.
	Lessons []byte
	// Starts are replays of arena. The matches that the network learns in begin in a
	// drawn tick of one of them, with its map, rules and seats, in place of the task's
	// own matches; nil for those. Measuring is the same with and without.
	Starts []*replay.Replay
	// Workers is the number of matches at a time; 0 for 1. It never changes the
	// result.
	Workers int
	// Worked, if any, is told of every match played and every epoch learned. It may
	// be called from several goroutines.
	Worked func()
}

// Work is the number of times that Worked is called in a round.
func (s Settings) Work() int {
	matches := s.Matches
	if s.Given != "" {
		matches = 0 // given lessons are learned without playing
	}
	return matches + s.Epochs + max(s.Validation, 0)
}
