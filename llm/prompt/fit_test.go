package prompt_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dryad/games/tag"
	"dryad/llm"
	"dryad/llm/prompt"
)

// full is a question with everything that a late generation has.
func full() prompt.AuthorParams {
	tree := "policy p for tag\n\ntree main:\n  task: flee it_player\n"
	p := prompt.AuthorParams{
		Words: tag.New().Vocabulary(), Scenario: []string{"The map is small.", "There are two agents."}, Tactic: "run",
		Parent: tree, ParentResult: "The start tree.", Feedback: "Results.\n- won\n\nFigures.\n- speed 3\n\nNodes.\n- task: flee",
	}
	for i := range 4 {
		p.Others = append(p.Others, prompt.Rated{Tree: tree, Result: fmt.Sprintf("Candidate %d.", i)})
	}
	for i := range 40 {
		p.Tried = append(p.Tried, fmt.Sprintf("candidate 1.%d: moved a branch and lost", i))
	}
	return p
}

// TestFit: the fewer tokens there are, the more is left out, by rank, and it is
// said; what is left fits, and the constant message depends on nothing but the
// tokens.
func TestFit(t *testing.T) {
	parts := prompt.Parts(full())
	whole := llm.EstimateTokens(prompt.Messages(parts))
	if got, err := prompt.Fit(parts, 0); err != nil || llm.EstimateTokens(prompt.Messages(got)) != whole || prompt.Cuts(got) != "" {
		t.Errorf("without a bound: %v", err)
	}
	wanted := []string{
		"what its matches say (2 of 3 sections left out), other trees and what they achieved (left out), all that was tried (left out)",
		"other trees and what they achieved (left out), all that was tried (",
		"other trees and what they achieved (1 of 4 trees left out)",
		"game scenario (left out), available nodes (in short)",
	}
	smallest := 0
	for tokens := 2 * whole; ; tokens -= 7 {
		cut, err := prompt.Fit(parts, tokens)
		if err != nil {
			var long *prompt.TooLongError
			if !errors.As(err, &long) || long.Has != tokens || long.Needs <= tokens {
				t.Fatalf("%d tokens: %v", tokens, err)
			}
			break
		}
		smallest = tokens
		if got := llm.EstimateTokens(prompt.Messages(cut)); got > tokens {
			t.Fatalf("%d tokens for %d", got, tokens)
		}
		said := prompt.Cuts(cut)
		wanted = slices.DeleteFunc(wanted, func(w string) bool { return strings.Contains(said, w) })
		text := prompt.Messages(cut)[1].Text
		for _, kept := range []string{"> run", "task: flee it_player", "## Your work"} {
			if !strings.Contains(text, kept) {
				t.Fatalf("%d tokens: %q is cut", tokens, kept)
			}
		}
		other := full()
		other.Slot, other.Feedback, other.Parent = 3, "nothing", other.Parent+"# a longer one\n"
		if again, err := prompt.Fit(prompt.Parts(other), tokens); err == nil && prompt.Messages(again)[0].Text != prompt.Messages(cut)[0].Text {
			t.Fatalf("%d tokens: the constant message depends on the evidence", tokens)
		}
	}
	if len(wanted) > 0 {
		t.Errorf("never seen: %q", wanted)
	}
	if smallest > whole/2 {
		t.Errorf("of %d tokens no fewer than %d can be left", whole, smallest)
	}
}

// TestSlotsAreCutAlike: all that stands before the slot's own work is one text
// for all slots of a generation.
func TestSlotsAreCutAlike(t *testing.T) {
	for tokens := 1500; tokens < 4000; tokens += 50 {
		var first string
		for slot := range 6 {
			p := full()
			p.Slot = slot
			parts, err := prompt.Fit(prompt.Parts(p), tokens)
			if err != nil {
				t.Fatal(err)
			}
			before, _, _ := strings.Cut(prompt.Messages(parts)[1].Text, "## Your work")
			if slot == 0 {
				first = before
			} else if before != first {
				t.Fatalf("%d tokens: slot %d differs", tokens, slot)
			}
		}
	}
}

// TestForms: what is asked for is what the endpoint lets the model write, and
// an answer in JSON is read.
func TestForms(t *testing.T) {
	p := full()
	for form, want := range map[prompt.Form]string{prompt.Free: "<reflection>", prompt.Bare: "nothing else, without a fence", prompt.JSON: "in its JSON form"} {
		p.Form = form
		messages := prompt.Author(p)
		text := messages[0].Text + messages[1].Text
		if !strings.Contains(text, want) || form != prompt.Free && strings.Contains(text, "<think>") {
			t.Errorf("form %d: %q is missing, or thoughts are asked for", form, want)
		}
	}
	answer := `{"policy":"p","game":"tag","trees":[{"name":"main","root":{"kind":"task","word":"stay"}}]}`
	if got := prompt.Tree(answer); got != "policy p for tag\n\ntree main:\n  task: stay\n" {
		t.Errorf("%q", got)
	}
	if got := prompt.Tree(`{"policy":`); got != `{"policy":` {
		t.Errorf("%q", got)
	}
}

// TestNames: the short form names every word.
func TestNames(t *testing.T) {
	v := tag.New().Vocabulary()
	short := prompt.Names(v)
	for _, task := range v.Tasks {
		if !strings.Contains(short, prompt.Signature(task)) {
			t.Errorf("%s is missing", task.Name)
		}
	}
	for _, f := range v.Features {
		if !strings.Contains(short, f.Name) {
			t.Errorf("%s is missing", f.Name)
		}
	}
	if 3*len(short) > len(prompt.Nodes(v))+len(prompt.Words(v)) {
		t.Errorf("%d bytes are not short of %d", len(short), len(prompt.Nodes(v))+len(prompt.Words(v)))
	}
}
