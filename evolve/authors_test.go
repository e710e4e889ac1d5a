package evolve_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dryad/evolve"
	"dryad/llm"
	"dryad/rating"
)

// writer proposes its name.
type writer struct{ name string }

func (w writer) Name() string      { return w.name }
func (writer) WantsFeedback() bool { return false }
func (writer) Concurrent() int     { return 1 }

func (w writer) Propose(context.Context, evolve.Request) (evolve.Proposal, error) {
	return evolve.Proposal{Source: w.name}, nil
}

// generation asks for the slots of a generation and returns who wrote them.
func generation(t *testing.T, p evolve.Proposer, past []*evolve.Entry, slots int) string {
	t.Helper()
	var who []string
	for slot := range slots {
		proposal, err := p.Propose(t.Context(), evolve.Request{Generation: 2, Slot: slot, Past: past})
		if err != nil {
			t.Fatal(err)
		}
		who = append(who, proposal.Author)
	}
	return strings.Join(who, " ")
}

// judged are entries of an author, of which the first so many became champion.
func judged(author string, n, accepted, tokens int) []*evolve.Entry {
	var list []*evolve.Entry
	for i := range n {
		e := &evolve.Entry{Generation: 1, Slot: i, Author: author, Tokens: tokens, Fate: evolve.Screened}
		e.Screen.Add(rating.PairOf(rating.Loss, rating.Loss))
		if i < accepted {
			e.Fate = evolve.Accepted
		}
		list = append(list, e)
	}
	return list
}

// TestAuthors: the untried come first, then whoever gains more for what it costs.
func TestAuthors(t *testing.T) {
	both := evolve.Authors(evolve.AuthorsParams{Authors: []evolve.Author{{"a", writer{"a"}}, {"b", writer{"b"}}}, Tokens: 1000})
	for name, c := range map[string]struct {
		past []*evolve.Entry
		want string
	}{
		"nobody has proposed":      {nil, "a b a b"},
		"one has not":              {judged("a", 9, 9, 0), "b b a a"},
		"one gains":                {append(judged("a", 50, 40, 0), judged("b", 50, 0, 0)...), "a a a a"},
		"one gains and costs more": {append(judged("a", 50, 40, 9000), judged("b", 50, 5, 0)...), "b b b b"},
		"both alike":               {append(judged("a", 50, 5, 10), judged("b", 50, 5, 10)...), "a b a b"},
		"others do not count":      {judged("", 50, 5, 10), "a b a b"},
	} {
		if got := generation(t, both, c.past, 4); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	tally := evolve.ByAuthor(append(judged("a", 4, 1, 10), judged("b", 2, 0, 0)...))
	if len(tally) != 2 || tally[0] != (evolve.AuthorTally{Author: "a", Proposals: 4, Valid: 4, AtOnce: 4, Accepted: 1, Gain: 0.25, Tokens: 40}) || tally[0].PerAccepted() != "40" {
		t.Errorf("%+v", tally)
	}
}

// TestDropped: each file of a folder is proposed once, by name; a slot for which there
// is none goes to another author; and a recording stands in for the folder.
func TestDropped(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"b.dryad": "second", "a.dryad": "first", "c.txt": "none"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tape, err := llm.OpenCassette(filepath.Join(t.TempDir(), "tape.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer tape.Close()
	propose := func(provider llm.Provider, past []*evolve.Entry) []string {
		p := evolve.Authors(evolve.AuthorsParams{Authors: []evolve.Author{{"files", evolve.Dropped(folder, provider)}, {"w", writer{"w"}}}})
		var got []string
		for slot := range 6 {
			proposal, err := p.Propose(t.Context(), evolve.Request{Generation: 1 + len(past), Slot: slot, Past: past})
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, proposal.Author+": "+proposal.Source)
		}
		return got
	}
	through := tape.Through(evolve.DroppedFiles(folder))
	want := []string{"files: first", "w: w", "files: second", "w: w", "w: w", "w: w"}
	if got := propose(through, nil); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	past := []*evolve.Entry{{Generation: 1, Author: "files", How: []string{"file a.dryad"}}}
	if got := propose(through, past); !slices.Contains(got, "files: second") || slices.Contains(got, "files: first") {
		t.Errorf("a file is taken twice, or none: %q", got)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if got := propose(through, nil); !slices.Equal(got, want) {
		t.Errorf("without the folder: %q", got)
	}
	if got := propose(evolve.DroppedFiles(folder), nil); slices.ContainsFunc(got, func(s string) bool { return s != "w: w" }) {
		t.Errorf("a folder that is not there: %q", got)
	}
}
