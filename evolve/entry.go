package evolve

import (
	"encoding/json"
	"fmt"

	"dryad/dsl"
	"dryad/games"
	"dryad/match"
	"dryad/policy"
	"dryad/rating"
)

// Entry is one candidate of a run, whatever became of it.
type Entry struct {
	// Generation and Slot say where it was proposed; the starting tree is 0/0.
	Generation int `json:"generation"`
	Slot       int `json:"slot"`
	// Source is the tree's text; canonical when it is sound.
	Source string `json:"source,omitempty"`
	// Hash identifies the policy; empty for a text that is no policy.
	Hash string `json:"hash,omitempty"`
	// Parents are the hashes of what it was made from.
	Parents []string `json:"parents,omitempty"`
	// How says what the proposer did: operators, or a model's own words.
	How []string `json:"how,omitempty"`
	// Author names which of several authors proposed it; empty where there is one.
	Author string `json:"author,omitempty"`
	// Tokens are those of the questions and answers of a model that led to it,
	// Attempts how many questions; 0 for other proposers.
	Tokens   int `json:"tokens,omitempty"`
	Attempts int `json:"attempts,omitempty"`
	// Reflection is what a model wrote that it had learned, in one line.
	Reflection string `json:"reflection,omitempty"`
	// Prompt is what the proposer was told; empty for one that is told nothing.
	Prompt string `json:"-"`
	// Faults are the diagnostics of a text that is no policy.
	Faults []string `json:"faults,omitempty"`
	// Fate is what became of it.
	Fate Fate `json:"fate"`
	// Nodes is the size of the tree.
	Nodes int `json:"nodes"`
	// Screen counts its screening pairs, seen from the candidate.
	Screen rating.Pentanomial `json:"screen"`
	// Margin is the mean difference of points over the screening matches; it
	// breaks ties of the score.
	Margin float64 `json:"margin"`
	// Test is the sequential test against the champion of its time; nil when
	// it did not come so far.
	Test *TestRecord `json:"test,omitempty"`
	// Same is the number of training matches that a simplified champion ended in
	// the state in which its parent ended them; 0 for all others.
	Same int `json:"same,omitempty"`

	// Like names the entry as generation.slot that acted alike in the probes of a
	// local search; empty for all others.
	Like string `json:"like,omitempty"`
	// Games has what the entry scored on each training game, by GameLabel, against
	// the champion of its time, the field and the archive.
	Games map[string]Tally `json:"games,omitempty"`
	// Behaviour is what the probes measured, in the order of Params.Measures.
	Behaviour []float64 `json:"behaviour,omitempty"`

	policy *policy.Policy
	name   string            // of a tree that no generation proposed
	focus  string            // the mode that it was made for
	versus *Entry            // the champion that Screen was played against
	met    map[*Entry]*Tally // screening results against the champion's opponents, relative to its own
	// results has every match of the entry against the champion of its time, the
	// field and the archive.
	results rating.Meetings
}

// Name says which tree it is: "the start tree", "champion 4.2", "candidate 4.3".
func (e *Entry) Name() string {
	switch {
	case e.name != "":
		return e.name
	case e.Generation == 0 && e.Slot == 0:
		return "the start tree"
	case e.Fate == Accepted:
		return fmt.Sprintf("champion %d.%d", e.Generation, e.Slot)
	}
	return fmt.Sprintf("candidate %d.%d", e.Generation, e.Slot)
}

// Results are the entry's matches so far against the champion of its time, the
// field and the archive, by opponent and by kind of match.
func (e *Entry) Results() *rating.Meetings { return &e.results }

// notePair counts the two matches of a direct pair, of which f is the first, for
// who was at home in it.
func (e *Entry) notePair(f Fixture, one, other Outcome) {
	first, second := direct(one, other)
	for _, result := range []rating.Outcome{first, second} {
		e.results.Add(f.Away.Name(), match.KindOf(f.Config), result)
		e.scored(f.Config, result)
	}
}

// note counts a match for one of the two that have played it; what was achieved
// against a third policy is no result by itself.
func (e *Entry) note(f Fixture, o Outcome) {
	if o.Achieved != nil {
		return
	}
	opponent, result := f.Away, o.Home
	if e == f.Away {
		opponent, result = f.Home, o.Home.Reversed()
	}
	e.results.Add(opponent.Name(), match.KindOf(f.Config), result)
	e.scored(f.Config, result)
}

// scored adds a result to those of a game.
func (e *Entry) scored(c games.Config, result rating.Outcome) {
	if e.Games == nil {
		e.Games = map[string]Tally{}
	}
	label := GameLabel(c)
	t := e.Games[label]
	t.add(result)
	e.Games[label] = t
}

// Policy returns what plays; nil for a text that is no policy.
func (e *Entry) Policy() *policy.Policy { return e.policy }

// File returns the tree as it was read; nil for a text that is no policy. It
// must not be changed.
func (e *Entry) File() *dsl.File {
	if e.policy == nil {
		return nil
	}
	return e.policy.File
}

// Fate is what became of a candidate.
type Fate string

// The fates, from the first hurdle to the last.
const (
	Pending  Fate = "pending"  // proposed, and not judged yet
	Faulty   Fate = "faulty"   // the text is no policy
	Repeated Fate = "repeated" // the same tree was proposed before
	Screened Fate = "screened" // played, and was not among the best
	Rejected Fate = "rejected" // the sequential test found it no better
	Accepted Fate = "accepted" // became champion
)

// TestRecord is the end of a sequential test.
type TestRecord struct {
	Verdict string             `json:"verdict"` // accepted, rejected or exhausted
	Pairs   rating.Pentanomial `json:"pairs"`
	LLR     float64            `json:"llr"`
}

// Result is what became of the entry, as the store keeps it beside the tree: a
// JSON object without the source.
func (e *Entry) Result() json.RawMessage {
	bare := *e
	bare.Source = ""
	text, err := json.Marshal(&bare)
	if err != nil {
		panic("evolve: bug: an entry that JSON cannot carry: " + err.Error())
	}
	return text
}

// better orders entries by their screening: score, then margin, then the
// smaller tree, then who came first.
func better(a, b *Entry) int {
	switch x, y := a.Screen.Score(), b.Screen.Score(); {
	case x > y:
		return -1
	case x < y:
		return 1
	case a.Margin > b.Margin:
		return -1
	case a.Margin < b.Margin:
		return 1
	case a.Nodes != b.Nodes:
		return a.Nodes - b.Nodes
	case a.Generation != b.Generation:
		return a.Generation - b.Generation
	}
	return a.Slot - b.Slot
}

// ReadEntry reads a text as a run does: an entry with its policy, or with its
// faults.
func ReadEntry(checker *policy.Checker, source string) *Entry {
	return (&search{p: Params{Checker: checker}}).read(source)
}
