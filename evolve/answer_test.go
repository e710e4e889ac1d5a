package evolve_test

import (
	"context"
	"strings"
	"testing"

	"dryad/evolve"
	"dryad/llm"
)

// dictated answers each attempt with the next text.
type dictated struct {
	answers []string
	asked   []llm.Request
}

func (*dictated) Name() string { return "dictated" }

func (d *dictated) Complete(_ context.Context, q llm.Request) (llm.Response, error) {
	d.asked = append(d.asked, q)
	return llm.Response{Text: d.answers[min(len(d.asked), len(d.answers))-1]}, nil
}

const startTree = "policy start for tag\n\ntree main:\n  selector:\n    sequence hunt:\n      condition: is_it\n      task: stay\n    task: stay\n"

// propose asks a model once.
func propose(t *testing.T, patches bool, model *dictated) (source string, how []string) {
	t.Helper()
	p := modelParams(&script{})
	p.Start, p.Generations, p.Candidates = startTree, 1, 1
	p.Proposer = evolve.Model(evolve.ModelParams{Provider: model, Checker: checker, Patches: patches})
	var got *evolve.Entry
	p.Record = lastEntry{&got}
	if _, err := evolve.Run(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	return got.Source, got.How
}

// lastEntry keeps the candidate of generation 1.
type lastEntry struct{ entry **evolve.Entry }

func (l lastEntry) PutCandidate(_ context.Context, e *evolve.Entry) error {
	if e.Generation == 1 {
		*l.entry = e
	}
	return nil
}

// TestChangesAsAnswer: changes to the present tree are an answer if they may be,
// and a faulty change goes back like a faulty tree.
func TestChangesAsAnswer(t *testing.T) {
	const changes = "<think>stand less</think>\n```\nreplace hunt:\n  sequence hunt:\n    condition: is_it\n    task: move_to nearest_player\nchange `main/selector:/task: stay` to task: flee it_player\n```"
	want := "policy start for tag\n\ntree main:\n  selector:\n    sequence hunt:\n      condition: is_it\n      task: move_to nearest_player\n    task: flee it_player\n"
	model := &dictated{answers: []string{changes}}
	source, how := propose(t, true, model)
	if source != want || !strings.Contains(strings.Join(how, "; "), "answered with changes") {
		t.Errorf("%v:\n%s", how, source)
	}
	if !strings.Contains(model.asked[0].Messages[0].Text, "replace TARGET: and the new node below") {
		t.Error("the author is not told of changes")
	}

	// A target that is not there goes back, and the repair may be a tree.
	model = &dictated{answers: []string{"```\nremove fight\n```", "```\n" + want + "```"}}
	if source, _ = propose(t, true, model); source != want || len(model.asked) != 2 {
		t.Errorf("asked %d times:\n%s", len(model.asked), source)
	}
	if text := model.asked[1].Messages[len(model.asked[1].Messages)-1].Text; !strings.Contains(text, "remove fight") {
		t.Errorf("the fault does not show the instruction:\n%s", text)
	}

	// Who may not answer with changes is told that this is no tree.
	model = &dictated{answers: []string{changes, "```\n" + want + "```"}}
	if source, _ = propose(t, false, model); source != want || len(model.asked) != 2 {
		t.Errorf("asked %d times:\n%s", len(model.asked), source)
	}
	if strings.Contains(model.asked[0].Messages[0].Text, "replace TARGET") {
		t.Error("the author is told of changes that it may not make")
	}
}

// TestRepairOfASubtree: a repair names the smallest sub-tree that has all
// faults, and that one alone is an answer.
func TestRepairOfASubtree(t *testing.T) {
	faulty := strings.ReplaceAll(startTree, "      task: stay\n", "      task: hunt nearest_player\n      task: chase it_player\n")
	model := &dictated{answers: []string{
		"```\n" + faulty + "```",
		"```\nreplace hunt:\n  sequence hunt:\n    condition: is_it\n    task: move_to nearest_player\n    task: chase it_player\n```",
		"```\nreplace `main/selector:/hunt/task: chase it_player`:\n  task: flee it_player\n```",
	}}
	source, how := propose(t, false, model)
	if want := "policy start for tag\n\ntree main:\n  selector:\n    sequence hunt:\n      condition: is_it\n      task: move_to nearest_player\n      task: flee it_player\n    task: stay\n"; source != want {
		t.Errorf("%v:\n%s", how, source)
	}
	for i, path := range []string{"main/selector:/hunt`", "main/selector:/hunt/task: chase it_player`"} {
		messages := model.asked[i+1].Messages
		if text := messages[len(messages)-1].Text; !strings.Contains(text, "All of this is in the sub-tree `"+path) {
			t.Errorf("repair %d does not name %s:\n%s", i+1, path, text)
		}
	}

	// Faults all over the tree name no sub-tree.
	model = &dictated{answers: []string{"```\n" + strings.ReplaceAll(startTree, "stay", "sit") + "```", "```\n" + startTree + "```"}}
	propose(t, false, model)
	if text := model.asked[1].Messages[len(model.asked[1].Messages)-1].Text; strings.Contains(text, "sub-tree") {
		t.Errorf("a sub-tree is named:\n%s", text)
	}
}
