package negotiation_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"dryad/llm"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/negotiation"
)

// model is a provider made of a function from the question.
type model func(question string) (string, error)

// held is a model that wants a schema with every question.
type held struct{ model }

func (m held) Complete(ctx context.Context, r llm.Request) (llm.Response, error) {
	if !json.Valid(r.Schema) {
		return llm.Response{}, errors.New("no schema")
	}
	return m.model.Complete(ctx, r)
}

func (model) Name() string { return "test" }

func (m model) Complete(_ context.Context, r llm.Request) (llm.Response, error) {
	text, err := m(r.Messages[1].Text)
	return llm.Response{Text: text}, err
}

// obedient says what was decided, in other words.
func obedient(question string) (string, error) {
	_, decided, found := strings.Cut(question, "You have decided to say this: \"")
	if !found {
		return `{"say": "No deal."}`, nil
	}
	said, _, _ := strings.Cut(decided, "\"")
	return "Sure!\n{\"say\": \"My friend, " + strings.ToLower(said[:1]) + said[1:] + "\"}", nil
}

func planner(t *testing.T, m model, plan negotiation.Plan) *negotiation.Talker {
	t.Helper()
	a, err := negotiation.NewTalker(negotiation.TalkerParams{Provider: m, Plan: plan})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestPlanner: the moves of a plan are the same whoever puts them into words, a
// model whose words say something else is replaced by plain ones, one that
// decides by itself loses its turns, and a wrong key ends the matches.
func TestPlanner(t *testing.T) {
	game := &negotiation.Game{Embedder: embed.NewNGrams(64), Games: 150, Steps: 50}
	r, err := lspo.Run(t.Context(), game, lspo.Params{Iterations: 1, Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	it := &r.Iterations[0]
	plan, other := game.Plan(it), game.Agent(it)
	const matches = 30
	meet := func(a *negotiation.Talker) *negotiation.Versus {
		t.Helper()
		v, err := game.Meet(t.Context(), a, other, matches, 5, a.Err)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	words := planner(t, obedient, plan)
	first := meet(words)
	if n := words.Counts(); n.Turns < 2*matches || n.Plain > 0 || n.Failed > 0 || n.Strayed > n.Turns/2 {
		t.Errorf("the obedient model: %+v", n)
	}
	constrained, err := negotiation.NewTalker(negotiation.TalkerParams{Provider: held{obedient}, Plan: plan, Constrain: true})
	if err != nil {
		t.Fatal(err)
	}
	if again := meet(constrained); !reflect.DeepEqual(again, first) {
		t.Errorf("with a schema: %+v, without: %+v", again, first)
	}
	deaf := planner(t, func(string) (string, error) { return `{"say": "Let us talk about the weather."}`, nil }, plan)
	second := meet(deaf)
	if n := deaf.Counts(); n.Plain+n.Failed != n.Turns || n.Failed != n.Strayed {
		t.Errorf("the deaf model: %+v", n)
	}
	if first.Deals == 0 || second.Deals == 0 {
		t.Errorf("no deals: %+v, %+v", first, second)
	}
	for _, answer := range []string{"", "{}", `{"say": 3}`, `{"say": "It is a deal."}`} {
		alone := planner(t, func(string) (string, error) { return answer, nil }, nil)
		v, err := game.Meet(t.Context(), alone, alone, 3, 5, alone.Err)
		if n := alone.Counts(); err != nil || n.Failed == 0 || v.Deals > 0 {
			t.Errorf("%q: %+v, %+v, %v", answer, n, v, err)
		}
	}
	locked := planner(t, func(string) (string, error) {
		return "", &llm.ProviderError{Text: "no such key", Permanent: true}
	}, plan)
	var fault *llm.ProviderError
	if _, err := game.Meet(t.Context(), locked, other, matches, 5, locked.Err); !errors.As(err, &fault) {
		t.Errorf("a wrong key: %v", err)
	}
	if _, err := negotiation.NewTalker(negotiation.TalkerParams{}); err == nil {
		t.Error("a talker without a model was made")
	}
}
