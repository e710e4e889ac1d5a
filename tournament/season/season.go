package season

import (
	"fmt"
	"strings"

	"dryad/tournament"
)

// MaxSize is the largest file that is read, in bytes.
const MaxSize = 1 << 20

// Season is what the file says. A field that is left out is zero, which stands for
// the default of dryad tournament run.
type Season struct {
	// Name is for people.
	Name string `toml:"name"`
	// Game is the game's name, or GAME/NAME of a catalogue.
	Game string `toml:"game"`
	// Games is a filter of the catalogue and Sample how many of its games are drawn;
	// 0 for all of them.
	Games  string `toml:"games"`
	Sample int    `toml:"sample"`
	// Maps, Mode, Seats, Ticks and Rules are those of a match, where no games are
	// named.
	Maps  []string       `toml:"maps"`
	Mode  string         `toml:"mode"`
	Seats int            `toml:"seats"`
	Ticks int            `toml:"ticks"`
	Rules map[string]any `toml:"rules"`
	Seed  *uint64        `toml:"seed"`
	// Schedule and what follows are those of [tournament.Schedule].
	Schedule string `toml:"schedule"`
	Sides    int    `toml:"sides"`
	Groups   int    `toml:"groups"`
	Rounds   int    `toml:"rounds"`
	Heads    int    `toml:"heads"`
	// Matches is the number of matches in all.
	Matches int `toml:"matches"`
	// Replays keeps the replay of each match.
	Replays  bool      `toml:"replays"`
	Entrants []Entrant `toml:"entrant"`
}

// Entrant is one that plays, or a folder of them. One of File, Folder, Agent, Remote,
// Scheduler and a portfolio is given.
type Entrant struct {
	// Name is shown in the table, in place of the policy's own.
	Name string `toml:"name"`
	// File is a policy, or a strategy that dryad solve has saved.
	File string `toml:"file"`
	// Folder is one whose policies all play.
	Folder string `toml:"folder"`
	// Agent is one that the game brings along.
	Agent string `toml:"agent"`
	// Remote is the command line of an agent in a process of its own, or the socket of
	// one: tcp:HOST:PORT or unix:PATH.
	Remote string `toml:"remote"`
	// Scheduler is a folder of policies of which one is run at a time. By says how it
	// is chosen, exp3 or uniform, and Every after how many ticks anew.
	Scheduler string `toml:"scheduler"`
	By        string `toml:"by"`
	Every     int    `toml:"every"`
	// Portfolio has files among which EXP3 chooses from round to round.
	Portfolio []string `toml:"portfolio"`
	// BestOf is the folder of a tournament's run: the policies that no other one
	// dominates there are members of the portfolio.
	BestOf string `toml:"best_of"`
	// Line and Column are where the key stands that says who it is; they count from 1.
	Line   int `toml:"-"`
	Column int `toml:"-"`
}

// keys are those of a table, with what stands in them, in the order of the
// documentation.
type key struct{ name, kind string }

var topKeys = []key{
	{"name", "a text"}, {"game", "a text"}, {"games", "a text"}, {"sample", "a whole number"}, {"maps", "a list of texts"},
	{"mode", "a text"}, {"seats", "a whole number"}, {"ticks", "a whole number"}, {"rules", "a table"}, {"seed", "a whole number"},
	{"schedule", "a text"}, {"sides", "a whole number"}, {"groups", "a whole number"}, {"rounds", "a whole number"},
	{"heads", "a whole number"}, {"matches", "a whole number"}, {"replays", "true or false"}, {"entrant", "a list of tables, each begun by [[entrant]]"},
}

var entrantKeys = []key{
	{"name", "a text"}, {"file", "a text"}, {"folder", "a text"}, {"agent", "a text"}, {"remote", "a text"},
	{"scheduler", "a text"}, {"by", "a text"}, {"every", "a whole number"}, {"portfolio", "a list of texts"}, {"best_of", "a text"},
}

// Read reads a season. Path is what faults name. The error is [Faults] when the
// text is at fault.
func Read(path string, text []byte) (*Season, error) {
	if len(text) > MaxSize {
		return nil, Faults{{Path: path, Line: 1, Column: 1, Text: fmt.Sprintf("the file has more than %d bytes", MaxSize)}}
	}
	s := &Season{}
	r := &reader{path: path, text: text, at: map[string]position{}}
	r.walk()
	r.decode(s)
	if len(r.faults) == 0 {
		r.check(s)
	}
	if len(r.faults) > 0 {
		return nil, r.sorted()
	}
	return s, nil
}

// check finds what is wrong with values that have the right types.
func (r *reader) check(s *Season) {
	for _, number := range []struct {
		key   string
		value int
	}{{"sample", s.Sample}, {"seats", s.Seats}, {"ticks", s.Ticks}, {"sides", s.Sides}, {"groups", s.Groups}, {"rounds", s.Rounds}, {"heads", s.Heads}, {"matches", s.Matches}} {
		if number.value < 0 {
			r.fault(number.key, "%s must not be negative", number.key)
		}
	}
	if s.Schedule != "" {
		r.oneOf("schedule", s.Schedule, tournament.Kinds())
	}
	if s.Games != "" {
		for _, key := range []string{"maps", "mode", "seats", "rules"} {
			if _, given := r.at[key]; given {
				r.fault(key, "a named game has its own map, mode, seats and rules: leave out %s, or games", key)
			}
		}
	} else if s.Sample != 0 {
		r.fault("sample", "sample says how many of the games are drawn: it goes with games")
	}
	if len(s.Entrants) == 0 {
		r.fault("", "nobody plays: give each entrant a table [[entrant]]")
	}
	for i, e := range s.Entrants {
		var given []string
		for _, kind := range []struct {
			key string
			has bool
		}{{"file", e.File != ""}, {"folder", e.Folder != ""}, {"agent", e.Agent != ""}, {"remote", e.Remote != ""}, {"scheduler", e.Scheduler != ""}, {"portfolio", len(e.Portfolio) > 0}, {"best_of", e.BestOf != "" && len(e.Portfolio) == 0}} {
			if kind.has {
				given = append(given, kind.key)
			}
		}
		at := fmt.Sprintf("entrant.%d", i)
		switch {
		case len(given) == 0:
			r.fault(at, "the entrant needs one of file, folder, agent, remote, scheduler, portfolio and best_of")
		case len(given) > 1:
			r.fault(at+"."+given[1], "the entrant has %s: give it one of them", strings.Join(given, " and "))
		case e.Folder != "" && e.Name != "":
			r.fault(at+".name", "the policies of a folder have their own names: leave out name")
		case e.Name == "" && (len(e.Portfolio) > 0 || e.BestOf != ""):
			r.fault(at, "a portfolio needs a name")
		case e.Scheduler == "" && (e.By != "" || e.Every != 0):
			r.fault(at, "by and every say how a scheduler chooses: they go with scheduler")
		case e.Every < 0:
			r.fault(at+".every", "every must not be negative")
		case len(e.Portfolio) == 1 && e.BestOf == "":
			r.fault(at+".portfolio", "a portfolio needs two policies at least")
		}
		if len(given) > 0 {
			place := r.at[at+"."+given[0]]
			s.Entrants[i].Line, s.Entrants[i].Column = place.line, place.column
		}
		if e.By != "" {
			r.oneOf(at+".by", e.By, choices)
		}
	}
}

// choices are the ways in which a scheduler chooses.
var choices = []string{"exp3", "uniform"}
