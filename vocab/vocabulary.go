package vocab

// Feature is a value that a tree can read in an expression. The value does not
// change within a tick.
type Feature struct {
	Name        string
	Kind        Kind     // Bool, Int, Number, Enum, Duration or Angle
	Unit        string   // "hp", "map units", "%", ...; empty for a bare number
	Min, Max    float64  // inclusive range of the values; both 0 for a Bool or Enum
	Values      []string // words of an Enum, in the order of their indices
	Description string   // one line, for authors
}

// Condition is a named test. An expression reads it as a Bool feature.
type Condition struct {
	Name        string
	Description string
}

// Chooser selects the target of a task when the task starts.
type Chooser struct {
	Name        string
	Kind        Kind     // Agent, Item or Position
	Random      bool     // draws from the random stream of the seat
	Effects     []string // features that increase when the target is reached: health for a medkit
	Description string
}

// Param is an argument of a task.
type Param struct {
	Name        string
	Kinds       []Kind   // accepted kinds; a chooser gives a target, an expression gives a number
	Values      []string // words accepted when Kinds holds Enum or Word
	Optional    bool     // may be omitted; then Default is used (for a target: the task selects one)
	Default     float64  // value of an omitted number
	Unit        string
	Min, Max    float64 // inclusive range of a number; both 0 when unbounded
	Description string
}

// Task is an action that an agent can perform. It takes one or more ticks.
type Task struct {
	Name           string
	Params         []Param
	Channels       Channels // on which it may send commands
	Mover          bool     // controls where the agent goes; two movers in one parallel are an error
	NonTerminating bool     // runs until it is halted; it never succeeds by itself
	Effects        []string // features that increase when it succeeds, with any arguments
	Description    string
}

// Net is a neural task: a small network that maps an observation to commands.
// It replaces a rule task. If an output of the network is NaN, the rule task
// acts instead.
type Net struct {
	Name        string
	Rule        string   // the rule task; it has the same parameters
	Inputs      []int    // shape of the observation, e.g. {24} or {channels, height, width}
	Outputs     []int    // shape of the output
	Channels    Channels // on which it sends commands
	Description string
	// Confidence, of a task whose output is the logits of one choice, is the least
	// probability of the best choice at which the network acts; below it the rule
	// does. 0 for a task without.
	Confidence float64
}

// Vocabulary is all that a tree can read, select and do in one game. It must not
// change after the game is registered.
type Vocabulary struct {
	Game string
	// Takes are other games whose policies this game takes as they are: their words
	// are among its own and mean the same.
	Takes          []string
	Version        int // increased whenever the meaning of a name changes; stored in replays
	TicksPerSecond int // 0: turn-based, durations count turns
	Channels       []string
	Features       []Feature
	Conditions     []Condition
	Choosers       []Chooser
	Tasks          []Task
	Nets           []Net
	// Notes are further facts about the game for authors, one sentence each.
	Notes []string
}

// Readings returns the number of readable values: the features in order,
// then the conditions in order. A reading's index is the one that
// games.Body.Observe takes.
func (v *Vocabulary) Readings() int { return len(v.Features) + len(v.Conditions) }

// Reading returns the index of a feature's or condition's reading, or false.
func (v *Vocabulary) Reading(name string) (int, bool) {
	for i := range v.Features {
		if v.Features[i].Name == name {
			return i, true
		}
	}
	if i, ok := v.Condition(name); ok {
		return len(v.Features) + i, true
	}
	return 0, false
}

// ReadingName returns the name of the reading at an index.
func (v *Vocabulary) ReadingName(index int) string {
	if index < len(v.Features) {
		return v.Features[index].Name
	}
	return v.Conditions[index-len(v.Features)].Name
}

// Feature returns the index of the named feature, or false.
func (v *Vocabulary) Feature(name string) (int, bool) {
	for i := range v.Features {
		if v.Features[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

// Condition returns the index of the named condition, or false.
func (v *Vocabulary) Condition(name string) (int, bool) {
	for i := range v.Conditions {
		if v.Conditions[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

// Chooser returns the index of the named chooser, or false.
func (v *Vocabulary) Chooser(name string) (int, bool) {
	for i := range v.Choosers {
		if v.Choosers[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

// Task returns the index of the named task, or false.
func (v *Vocabulary) Task(name string) (int, bool) {
	for i := range v.Tasks {
		if v.Tasks[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

// Net returns the index of the named neural task, or false.
func (v *Vocabulary) Net(name string) (int, bool) {
	for i := range v.Nets {
		if v.Nets[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

// NetFor returns the index of the neural task that "task: NAME by net" means: the
// one of the same name, else the first that has the task for its rule.
func (v *Vocabulary) NetFor(task string) (int, bool) {
	if i, ok := v.Net(task); ok && v.Nets[i].Rule == task {
		return i, true
	}
	for i := range v.Nets {
		if v.Nets[i].Rule == task {
			return i, true
		}
	}
	return 0, false
}
