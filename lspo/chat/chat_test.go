package chat_test

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"dryad/games/werewolf/rules"
	"dryad/llm"
	"dryad/lspo/chat"
	"dryad/lspo/werewolf"
)

// script is a provider that gives answers in order and then the last one again.
type script struct {
	name    string
	answers []string
	err     error
	asked   []llm.Request
}

func (s *script) Name() string { return s.name }

func (s *script) Complete(_ context.Context, r llm.Request) (llm.Response, error) {
	s.asked = append(s.asked, r)
	if s.err != nil {
		return llm.Response{}, s.err
	}
	return llm.Response{Text: s.answers[min(len(s.asked), len(s.answers))-1]}, nil
}

// language returns a language whose every model is the script.
func language(t testing.TB, s *script, change func(*chat.Params)) *chat.Language {
	t.Helper()
	p := chat.Params{Model: "m", Provider: func(name string) (llm.Provider, error) {
		s.name = name
		return s, nil
	}}
	if change != nil {
		change(&p)
	}
	l, err := chat.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func speaker(t testing.TB, l *chat.Language) werewolf.Speaker {
	t.Helper()
	policy, err := l.Start()
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Speaker(policy)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// view is what a seat knows when it is asked to act, in a game of four: player_1
// is the werewolf.
func view(t testing.TB, act rules.Act) *rules.View {
	t.Helper()
	set, err := rules.Default("classic", 4)
	if err != nil {
		t.Fatal(err)
	}
	table := rules.Start(&set, []rules.Role{rules.Seer, rules.Werewolf, rules.Villager, rules.Villager})
	for !table.Over() {
		for seat := range table.Pending().All() {
			if v := table.View(seat); v.Act == act {
				return v
			}
			d := rules.Pass()
			if table.Phase() == rules.Night {
				d = rules.Point(table.Legal(seat).List()[0])
			}
			if err := table.Decide(seat, d); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Fatalf("nobody is asked to %s", act)
	return nil
}

// texts lists what candidates say.
func texts(candidates []werewolf.Candidate) string {
	all := make([]string, len(candidates))
	for i, c := range candidates {
		all[i] = c.Text
	}
	return fmt.Sprintf("%q", all)
}

func say(text string) string { return fmt.Sprintf(`{"reasoning": "r", "statement": %q}`, text) }

func draw() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// TestConstrain: where answers are held to a form, each question has the schema of
// its answer, which names who may be named; elsewhere none has.
func TestConstrain(t *testing.T) {
	for _, constrain := range []bool{false, true} {
		s := &script{answers: []string{say("one")}}
		a := speaker(t, language(t, s, func(p *chat.Params) { p.Constrain = constrain })).(werewolf.Actor)
		if _, err := a.Candidates(t.Context(), view(t, rules.Speak), 1, draw()); err != nil {
			t.Fatal(err)
		}
		s.answers = []string{`{"reasoning": "r", "action": "none"}`}
		for _, act := range []rules.Act{rules.Ballot, rules.Kill} {
			v := view(t, act)
			if _, err := a.Choose(t.Context(), v, draw()); err != nil && act == rules.Ballot {
				t.Fatal(err)
			}
		}
		// The werewolf cannot abstain: its answer is asked for once more.
		want := [][]string{{`"statement"`, `"maxLength":300`}, {`"enum":["player_2","player_3","none"]`}, {`"enum":["player_0","player_2","player_3"]`}, {`"enum":["player_0","player_2","player_3"]`}}
		if len(s.asked) != len(want) {
			t.Fatalf("%d questions", len(s.asked))
		}
		for i, q := range s.asked {
			if (q.Schema != nil) != constrain {
				t.Errorf("question %d has the schema %s", i, q.Schema)
			}
			for _, part := range want[i] {
				if constrain && !strings.Contains(string(q.Schema), part) {
					t.Errorf("question %d has the schema %s, without %s", i, q.Schema, part)
				}
			}
		}
	}
}

// TestCandidates: each candidate is asked for with those before it in sight, what
// cannot be read is asked for once more, and what is repeated counts once.
func TestCandidates(t *testing.T) {
	s := &script{answers: []string{say("one"), "nonsense", say("two\n of it"), say("one")}}
	said, err := speaker(t, language(t, s, nil)).Candidates(t.Context(), view(t, rules.Speak), 3, draw())
	if err != nil || texts(said) != `["one" "two of it"]` {
		t.Fatalf("%q, %v", said, err)
	}
	calls := map[llm.Call]bool{}
	for _, r := range s.asked {
		calls[r.Call] = true
	}
	if len(s.asked) != 4 || len(calls) != 4 {
		t.Errorf("%d questions, %d different calls", len(s.asked), len(calls))
	}
	if text := s.asked[3].Messages[1].Text; !strings.Contains(text, `"one"`) || !strings.Contains(text, `"two of it"`) {
		t.Errorf("the last question does not show the candidates: %s", text)
	}
}

// TestNonsense: an answer of no use costs the turn, a wrong key is told from it.
func TestNonsense(t *testing.T) {
	told := 0
	s := &script{answers: []string{"nonsense"}}
	who := speaker(t, language(t, s, func(p *chat.Params) { p.Fault = func(error) { told++ } }))
	if said, err := who.Candidates(t.Context(), view(t, rules.Speak), 3, draw()); err == nil || llm.IsPermanent(err) || len(said) != 0 || told != 3 {
		t.Errorf("%q, %v, told %d times", said, err, told)
	}
	if d, err := who.(werewolf.Actor).Choose(t.Context(), view(t, rules.Ballot), draw()); err == nil || d != rules.Pass() {
		t.Errorf("%+v, %v", d, err)
	}
	s.err = &llm.ProviderError{Text: "wrong key", Permanent: true}
	s.asked = nil
	if _, err := who.Candidates(t.Context(), view(t, rules.Speak), 3, draw()); !llm.IsPermanent(err) || len(s.asked) != 1 {
		t.Errorf("%v after %d questions", err, len(s.asked))
	}
}

// TestChoose: a legal name is a target, none an abstention, all else a fault.
func TestChoose(t *testing.T) {
	for _, test := range []struct {
		act    rules.Act
		action string
		want   rules.Decision
		fault  bool
	}{
		{rules.Ballot, " Player_2", rules.Point(2), false},
		{rules.Ballot, "none", rules.Pass(), false},
		{rules.Kill, "player_2", rules.Point(2), false},
		{rules.Kill, "none", rules.Pass(), true},
		{rules.Kill, "player_1", rules.Pass(), true}, // oneself
		{rules.Inspect, "player_9", rules.Pass(), true},
	} {
		s := &script{answers: []string{fmt.Sprintf(`{"action": %q}`, test.action)}}
		d, err := speaker(t, language(t, s, nil)).(werewolf.Actor).Choose(t.Context(), view(t, test.act), draw())
		if d != test.want || (err != nil) != test.fault {
			t.Errorf("%s %s: %+v, %v", test.act, test.action, d, err)
		}
	}
	s := &script{answers: []string{"{}"}}
	if _, ok := speaker(t, language(t, s, func(p *chat.Params) { p.TalkOnly = true })).(werewolf.Actor); ok {
		t.Error("a speaker who only talks chooses")
	}
}

// pairs are preferences of the seer.
func pairs(t testing.TB) []werewolf.Pair {
	v := view(t, rules.Speak)
	var all []werewolf.Pair
	for i, text := range []string{"weak", "strong", "strong", "middle", "other"} {
		o := werewolf.Origin{Iteration: 1, Role: v.Role.String(), ChosenStrategy: i / 4}
		all = append(all, werewolf.Pair{View: v, Chosen: werewolf.Candidate{Text: text}, Rejected: werewolf.Candidate{Text: "bad"}, Margin: []float64{0.1, 0.9, 0.8, 0.5, 0.2}[i], Origin: o})
	}
	return all
}

// TestExamples: of each strategy those preferred most are shown, to their role.
func TestExamples(t *testing.T) {
	s := &script{answers: []string{say("x")}}
	l := language(t, s, nil)
	start, _ := l.Start()
	next, err := l.Learn(context.Background(), start, pairs(t), 1)
	if err != nil {
		t.Fatal(err)
	}
	p := next.(*chat.Policy)
	if p.Iteration != 1 || p.Model != "m" {
		t.Fatalf("%+v", p)
	}
	var shown []string
	for _, e := range p.Examples {
		shown = append(shown, fmt.Sprintf("%d:%s", e.Strategy, e.Text))
	}
	if got := strings.Join(shown, " "); got != "0:strong 0:middle 1:other" {
		t.Errorf("examples %s", got)
	}
	who, err := l.Speaker(next)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := who.Candidates(t.Context(), view(t, rules.Speak), 1, draw()); err != nil {
		t.Fatal(err)
	}
	if text := s.asked[0].Messages[1].Text; !strings.Contains(text, `"strong", rather than "bad"`) || s.asked[0].Call.Generation != 1 {
		t.Errorf("call %v: %s", s.asked[0].Call, text)
	}
	data, err := next.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := l.Decode(data); err != nil || !reflect.DeepEqual(again, next) {
		t.Errorf("decoded %+v, %v", again, err)
	}
	if _, err := l.Decode([]byte("{")); err == nil {
		t.Error("a damaged policy: no error")
	}
	other, err := werewolf.Embedded{}.Start()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Speaker(other); err == nil {
		t.Error("another language's policy: no error")
	}
}

// FuzzAnswer: no answer makes a speech that is not one line, or an illegal
// choice.
func FuzzAnswer(f *testing.F) {
	for _, answer := range []string{say("I am the seer."), `{"statement": "a`, "<think>{</think>{\"action\":\"player_2\"}", "", `{"action":{}}`} {
		f.Add(answer)
	}
	f.Fuzz(func(t *testing.T, answer string) {
		who := speaker(t, language(t, &script{answers: []string{answer}}, nil))
		said, err := who.Candidates(t.Context(), view(t, rules.Speak), 1, draw())
		if err == nil && (len(said) != 1 || said[0].Text == "" || said[0].Text != rules.Clean(said[0].Text) || said[0].Answer != answer) {
			t.Errorf("said %q", said)
		}
		v := view(t, rules.Ballot)
		if d, err := who.(werewolf.Actor).Choose(t.Context(), v, draw()); err == nil && d != rules.Pass() && !v.Legal.Has(d.Target) {
			t.Errorf("chose %+v", d)
		}
	})
}

func ExampleLanguage() {
	language, err := chat.New(chat.Params{
		Model: "m",
		Provider: func(model string) (llm.Provider, error) {
			return &script{name: model, answers: []string{`{"statement": "I trust player_2."}`}}, nil
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	policy, err := language.Start()
	if err != nil {
		log.Fatal(err)
	}
	data, err := policy.Encode()
	fmt.Println(string(data), err)
	// Output: {"iteration":0,"model":"m"} <nil>
}
