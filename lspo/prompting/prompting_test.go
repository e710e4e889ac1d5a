package prompting_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/llm"
	"dryad/lspo/prompting"
	"dryad/match/table"
)

// model is a provider made of a function from the question.
type model func(question string) (string, error)

func (model) Name() string { return "test" }

func (m model) Complete(_ context.Context, r llm.Request) (llm.Response, error) {
	text, err := m(r.Messages[1].Text)
	return llm.Response{Text: text}, err
}

func agent(t testing.TB, method string, m model) *prompting.Agent {
	t.Helper()
	a, err := prompting.New(prompting.Params{Provider: m, Method: method})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// sensible answers whatever is asked.
func sensible(question string) (string, error) {
	if strings.Contains(question, `"statement"`) {
		return `<think>hm</think>{"roles": {"player_1": "seer"}, "reasoning": "none", "statement": "I suspect player_2."}`, nil
	}
	if strings.Contains(question, "what is most likely the role") {
		return "```json\n{\"roles\": {\"player_0\": \"Werewolf\", \"player_1\": \"seer\", \"player_2\": \"king\", \"player_99\": \"seer\"}}\n```", nil
	}
	_, list, _ := strings.Cut(question, "You may name: ")
	name, _, _ := strings.Cut(list, ",")
	name, _, _ = strings.Cut(name, ".")
	return fmt.Sprintf(`{"reasoning": "none", "action": %q}`, name), nil
}

// TestPlay: both methods play whole matches against the heuristic without losing
// a turn; ReCon asks twice.
func TestPlay(t *testing.T) {
	for method, calls := range map[string]int{prompting.ReAct: 1, prompting.ReCon: 2} {
		questions := 0
		a := agent(t, method, func(question string) (string, error) {
			questions++
			return sensible(question)
		})
		for seed := range uint64(3) {
			g, err := table.Play(t.Context(), table.Params{Seed: seed, Village: a, Wolves: agents.Heuristic{}})
			if err != nil {
				t.Fatal(err)
			}
			w := g.World
			for s := range games.Seat(7) {
				if _, passed := w.Table().Asked(s); passed > 0 {
					t.Errorf("%s, seed %d: seat %d passed", method, seed, s)
				}
			}
		}
		turns, failed := a.Asked()
		if turns == 0 || failed > 0 || questions != calls*turns {
			t.Errorf("%s: %d turns, %d failed, %d questions", method, turns, failed, questions)
		}
	}
}

// TestNonsense: an answer that cannot be read loses the turn, is counted, and the
// match goes on.
func TestNonsense(t *testing.T) {
	for _, method := range []string{prompting.ReAct, prompting.ReCon} {
		for _, answer := range []string{"", "I vote for player_3.", "{}", `{"statement": 3, "action": 3}`, `{"statement": "", "action": "player_99"}`, `[1]`, "{\"statement\""} {
			a := agent(t, method, func(string) (string, error) { return answer, nil })
			g, err := table.Play(t.Context(), table.Params{Seed: 1, Village: a, Wolves: agents.Heuristic{}})
			if err != nil {
				t.Fatal(err)
			}
			w := g.World
			for s := range games.Seat(7) {
				asked, passed := w.Table().Asked(s)
				if prompted := w.Team(s) == rules.Village; prompted && asked != passed || !prompted && passed > 0 {
					t.Errorf("%s, %q: seat %d passed %d times of %d", method, answer, s, passed, asked)
				}
			}
			if turns, failed := a.Asked(); turns == 0 || turns != failed {
				t.Errorf("%s, %q: %d of %d turns failed", method, answer, failed, turns)
			}
		}
	}
}

// TestPrompts: every question names the round and the phase, a vote's form has
// none, a speech's question says who is still to speak, and a seat finds its own
// notes in its later questions, and nobody else's.
func TestPrompts(t *testing.T) {
	for _, method := range []string{prompting.ReAct, prompting.ReCon} {
		var questions []string
		noted := map[string]bool{}
		a := agent(t, method, func(question string) (string, error) {
			questions = append(questions, question)
			me, _, _ := strings.Cut(strings.TrimPrefix(question, "You are "), ".")
			if !strings.Contains(question, "It is round ") {
				t.Errorf("no round and phase: %s", question)
			}
			for s := range games.Seat(7) {
				name := rules.Name(s)
				if got, want := strings.Contains(question, "I am "+name+" and think"), name == me && noted[me]; got != want && !strings.Contains(question, "Your draft") {
					t.Errorf("%s: notes of %s are in the question: %v", me, name, got)
				}
			}
			answer, err := sensible(question)
			noted[me] = noted[me] || method == prompting.ReAct || strings.Contains(question, "Your draft")
			return strings.Replace(answer, `"reasoning": "none"`, fmt.Sprintf(`"reasoning": "I am %s and think"`, me), 1), err
		})
		g, err := table.Play(t.Context(), table.Params{Seed: 2, Village: a, Wolves: a})
		if err != nil || g.Faults > 0 {
			t.Fatalf("%v, %d faults", err, g.Faults)
		}
		for _, want := range []string{"player_N or none", "Still to speak today, after you: ", "You are the last to speak today.", "It is round 1, night.", "It is round 1, day, the vote.", "Your private notes"} {
			if !slices.ContainsFunc(questions, func(q string) bool { return strings.Contains(q, want) }) {
				t.Errorf("%s: no question has %q", method, want)
			}
		}
		simultaneous := func(q string) bool { return strings.Contains(q, "All vote at the same time") }
		if slices.ContainsFunc(questions, simultaneous) != (method == prompting.ReCon) {
			t.Errorf("%s: the vote's refinement", method)
		}
	}
}

// TestRefined: ReCon says what it has refined, having shown its draft to itself.
func TestRefined(t *testing.T) {
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	deal := rules.Deal(set, 1)
	for deal.Phase() == rules.Night {
		for seat := range deal.Pending().All() {
			if err := deal.Decide(seat, rules.Pass()); err != nil {
				t.Fatal(err)
			}
		}
	}
	a := agent(t, prompting.ReCon, func(question string) (string, error) {
		if strings.Contains(question, "Your draft") {
			if !strings.Contains(question, `"statement": "a first thought"`) {
				t.Errorf("the draft is not shown: %s", question)
			}
			return `{"perspective": "p", "reasoning": "r", "statement": "a second thought"}`, nil
		}
		return `{"roles": {}, "reasoning": "r", "statement": "a first thought"}`, nil
	})
	d, err := a.Decide(t.Context(), deal.View(0), rand.New(rand.NewPCG(1, 1)))
	if err != nil || d.Text != "a second thought" {
		t.Errorf("%+v, %v", d, err)
	}
}

// TestPredict: what can be read is taken, what is known for certain is not asked
// of the model, and a failure predicts nothing.
func TestPredict(t *testing.T) {
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	const w, s, d, v = rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager
	view := rules.Start(&set, []rules.Role{v, v, w, w, s, d, v}).View(2)
	got := agent(t, prompting.ReAct, sensible).Predict(t.Context(), view)
	if got[0] != w || got[1] != s || got[2] != w || got[3] != w || got[4] != rules.Unknown {
		t.Errorf("predicted %v", got)
	}
	a := agent(t, prompting.ReAct, func(string) (string, error) { return "", errors.New("down") })
	if got := a.Predict(t.Context(), view); got[0] != rules.Unknown {
		t.Errorf("predicted %v", got)
	}
	if _, failed := a.Asked(); failed != 1 {
		t.Errorf("%d failed", failed)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, p := range []prompting.Params{{}, {Provider: model(sensible), Method: "wish"}} {
		if _, err := prompting.New(p); err == nil {
			t.Errorf("%+v was accepted", p)
		}
	}
}

// FuzzRead feeds the agents with answers of all kinds.
func FuzzRead(f *testing.F) {
	f.Add(`{"roles": {"player_1": "seer"}, "statement": "hello", "action": "player_1"}`)
	f.Add("```json\n{\"action\": \"PLAYER_2 \"}\n```")
	f.Add(`{"roles": {"player_1": {}}, "action": null}`)
	set, err := rules.Default("classic", 7)
	if err != nil {
		f.Fatal(err)
	}
	deal := rules.Deal(set, 1)
	f.Fuzz(func(t *testing.T, answer string) {
		a := agent(t, prompting.ReCon, func(string) (string, error) { return answer, nil })
		for seat := range deal.Pending().All() {
			v := deal.View(seat)
			if d, err := a.Decide(t.Context(), v, rand.New(rand.NewPCG(1, 1))); err == nil && v.Check(d) != nil {
				t.Errorf("%q: %v", answer, v.Check(d))
			}
			if n := len(a.Predict(t.Context(), v)); n != 7 {
				t.Errorf("%d roles", n)
			}
		}
	})
}

func Example() {
	answer := model(func(string) (string, error) {
		return `{"reasoning": "nothing has happened yet", "statement": "Let us hear everybody first."}`, nil
	})
	agent, err := prompting.New(prompting.Params{Provider: answer, Method: prompting.ReAct})
	if err != nil {
		panic(err)
	}
	set, err := rules.Default("classic", 7)
	if err != nil {
		panic(err)
	}
	view := rules.Deal(set, 1).View(0)
	view.Act = rules.Speak
	d, err := agent.Decide(context.Background(), view, rand.New(rand.NewPCG(1, 1)))
	fmt.Println(d.Text, err)
	// Output: Let us hear everybody first. <nil>
}

var _ werewolf.Agent = (*prompting.Agent)(nil)
