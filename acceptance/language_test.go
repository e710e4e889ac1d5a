//go:build acceptance && testllm

package acceptance_test

import (
	"context"
	"fmt"
	"testing"

	"dryad/catalog"
	"dryad/dsl"
	"dryad/dsl/export"
	"dryad/evolve/genetic"
	"dryad/evolve/session"
	"dryad/games"
	"dryad/llm"
	"dryad/llm/prompt"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/rating"
)

// The numbers of answers that are asked for.
const (
	heldAnswers = 200
	freeAnswers = 40
)

// TestLanguageModel measures the small language model as an author of trees for
// the arena, of two levels: under the grammar every answer must be a tree
// without an error; how many are without it, and how strong the trees are
// beside random ones, is told. 'make test-llm' runs it; it takes an hour.
func TestLanguageModel(t *testing.T) {
	address := startModel(t, 8192)
	row, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	checker := row.Checker(catalog.Networks{})
	words := checker.Runnable()
	grammar, err := export.Grammar(words, export.Params{Format: export.GBNF, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	question := func(form prompt.Form) []llm.Message {
		author := prompt.AuthorParams{Words: words, Parent: row.Start, ParentResult: "The start tree.", Form: form}
		parts, err := prompt.Fit(prompt.Parts(author), 2600)
		if err != nil {
			t.Fatal(err)
		}
		return prompt.Messages(parts)
	}
	model := llm.NewEndpoint(llm.EndpointParams{BaseURL: address, Model: "small", Dialect: llm.LlamaCpp, Timeout: anyLong, Tries: 1})

	var written []string
	distinct := map[string]bool{}
	var used llm.Usage
	for seed := range int64(heldAnswers) {
		answer, err := model.Complete(context.Background(), llm.Request{Messages: question(prompt.Bare), Grammar: grammar, Seed: 1 + seed})
		if err != nil {
			t.Fatal(err)
		}
		used = used.Plus(answer.Usage)
		if faults := checker.Faults(answer.Text); len(faults) > 0 || answer.Truncated {
			t.Errorf("under the grammar, seed %d: truncated is %t, faults %q in\n%s", 1+seed, answer.Truncated, faults, answer.Text)
			continue
		}
		p, _ := checker.Parse("written", answer.Text)
		written = append(written, answer.Text)
		distinct[p.Hash] = true
	}
	t.Logf("under the grammar %d of %d answers are trees without an error, %d of them different; %d tokens an answer", len(written), heldAnswers, len(distinct), used.Answer/heldAnswers)

	free := 0
	for seed := range int64(freeAnswers) {
		answer, err := model.Complete(context.Background(), llm.Request{Messages: question(prompt.Free), MaxTokens: 300, Seed: 1 + seed})
		if err == nil && len(checker.Faults(prompt.Tree(answer.Text))) == 0 {
			free++
		}
	}
	t.Logf("without it %d of %d are", free, freeAnswers)

	writer := genetic.New(words, genetic.Params{Check: checker.Check})
	var random []string
	for i := range written {
		random = append(random, dsl.Format(writer.Random(games.Stream(uint64(i)))))
	}
	for _, sample := range []struct {
		name  string
		trees []string
	}{{"the model's", written}, {"random", random}} {
		shipped, err := row.Shipped()
		if err != nil {
			t.Fatal(err)
		}
		for _, rival := range []catalog.Policy{{Name: "the start tree", Source: row.Start}, shipped[0]} {
			pairs := play(t, row, checker, sample.trees, rival)
			interval := pairs.Interval(0.95)
			t.Logf("%d %s trees against %s: score %.3f over %d pairs, 95 %% interval %.3f to %.3f", len(sample.trees), sample.name, rival.Name, pairs.Score(), pairs.Pairs(), interval.Low, interval.High)
		}
	}
}

// play lets each tree play one pair of matches of one seed against a rival, with
// sides swapped.
func play(t *testing.T, row *catalog.Row, checker *policy.Checker, trees []string, rival catalog.Policy) rating.Pentanomial {
	t.Helper()
	entrant := func(name, source string) match.Entrant {
		p, faults := checker.Parse(name, source)
		if p == nil {
			t.Fatalf("%s: %v", name, faults)
		}
		return match.Tree(p)
	}
	configs, err := session.Scenarios(row.Game(), row.Scenarios.Configs, row.Scenarios.Training, 0)
	if err != nil {
		t.Fatal(err)
	}
	other := entrant(rival.Name, rival.Source)
	var matches []match.Params
	for i, tree := range trees {
		own := entrant(fmt.Sprintf("tree %d", i), tree)
		for _, sides := range [][]match.Entrant{{own, other}, {other, own}} {
			matches = append(matches, match.Params{Game: checker.Game(), Config: configs[i%len(configs)], Seed: uint64(1 + i), Sides: sides})
		}
	}
	outcomes, err := (&dispatch.Dispatcher{}).Play(context.Background(), matches)
	if err != nil {
		t.Fatal(err)
	}
	var pairs rating.Pentanomial
	for i := 0; i < len(outcomes); i += 2 {
		first, _ := outcomes[i].Duel()
		second, _ := outcomes[i+1].Duel()
		pairs.Add(rating.PairOf(first, second.Reversed()))
	}
	return pairs
}
