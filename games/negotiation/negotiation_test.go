package negotiation_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dryad/cfr"
	"dryad/games"
	"dryad/games/gamestest"
	"dryad/games/negotiation"
)

func TestConformance(t *testing.T) {
	gamestest.Run(t, negotiation.New(), gamestest.Params{
		Configs: []games.Config{{}, {Mode: "standard"}, {Rules: json.RawMessage(`{"pool":[2,0,3],"total":10,"turns":5}`)}},
	})
}

// A seat learns nothing of the other's values, whatever was said.
func TestValuesAreHidden(t *testing.T) {
	game := negotiation.New()
	readings := make([]int32, game.Vocabulary().Readings())
	for i := range readings {
		readings[i] = int32(i)
	}
	draw := rand.New(rand.NewPCG(1, 2))
	for seed := range uint64(20) {
		world, err := game.New(games.Config{Mode: "standard"}, seed)
		if err != nil {
			t.Fatal(err)
		}
		w := world.(*negotiation.World)
		for range 6 {
			seat := games.Seat(w.Talk().Speaker())
			if !w.Perceive(seat) {
				t.Fatalf("it is the turn of seat %d, and it does not act", seat)
			}
			var seen [2][]float64
			for i := range seen {
				seen[i] = make([]float64, len(readings))
				w.Body(seat).Observe(readings, seen[i])
				if i == 0 && !negotiation.Scramble(w, seat, draw) {
					t.Fatal("there is no other deal")
				}
			}
			if !slices.Equal(seen[0], seen[1]) {
				t.Errorf("seat %d sees %v, and with other values of the other %v", seat, seen[0], seen[1])
			}
			legal := w.Talk().Legal()
			m := legal[len(legal)-1-draw.IntN(len(legal)-2)] // a proposal
			if err := w.Body(seat).SetCommands(append([]byte{byte(m.Kind)}, m.Keep[:]...)); err != nil {
				t.Fatal(err)
			}
			w.Step()
			if events := w.Events(); len(events) != 1 || events[0].What != m.String() {
				t.Errorf("after %v it is told %+v", m, events)
			}
		}
	}
}

// Every move in every tone is heard as what it is.
func TestWords(t *testing.T) {
	for _, pool := range []negotiation.Items{{1, 1, 1}, {3, 0, 2}, {5, 4, 0}} {
		set := negotiation.Set{Pool: pool, Total: 6, Turns: 4}
		talk := negotiation.Talk{Set: &set}
		talk = talk.After(negotiation.Proposal(1, 0, 0))
		moves := talk.Legal()
		if want := 2 + (int(pool[0])+1)*(int(pool[1])+1)*(int(pool[2])+1); len(moves) != want {
			t.Errorf("%d moves, want %d", len(moves), want)
		}
		for _, m := range moves {
			for tone := range negotiation.Tones {
				text := negotiation.Say(pool, m, tone)
				if heard, ok := negotiation.Hear(pool, text); !ok || heard != m {
					t.Errorf("%q, which is %v, is heard as %v, %v", text, m, heard, ok)
				}
			}
		}
	}
}

func TestHear(t *testing.T) {
	pool := negotiation.Items{1, 2, 1}
	for text, want := range map[string]string{
		"I take the book, and the rest is yours.":             "keep 1 0 0",
		"You get both hats; I take the rest":                  "keep 1 0 1",
		"I want everything!":                                  "keep 1 2 1",
		"You get a book and a ball.":                          "keep 0 2 0",
		"OK, deal.":                                           "accept",
		"There is no deal to be had.":                         "leave",
		"I keep nothing, and you get 1 book, 2 hats, 1 ball.": "keep 0 0 0",
	} {
		if m, ok := negotiation.Hear(pool, text); !ok || m.String() != want {
			t.Errorf("%q is heard as %v, %v, want %s", text, m, ok, want)
		}
	}
	for _, text := range []string{"", "Hello!", "I keep 2 books.", "I keep 1 book and you get 1 hat.", "9999", "我要一本书"} {
		if m, ok := negotiation.Hear(pool, text); ok || m != (negotiation.Move{}) {
			t.Errorf("%q is heard as %v, %v", text, m, ok)
		}
	}
}

func TestRules(t *testing.T) {
	for options, want := range map[string]string{
		`{"pool":[9,0,0]}`: "9 items of a kind", `{"pool":[1,0,0]}`: "a pool of 1 items", `{"total":0}`: "a total of 0",
		`{"turns":1}`: "1 turns", `{"pool":[2,2,2],"total":3}`: "no values", `{"x":1}`: "unknown field", `{} {}`: "something follows",
	} {
		if _, err := negotiation.Read("small", json.RawMessage(options)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", options, err, want)
		}
	}
	if _, err := negotiation.Read("large", nil); err == nil {
		t.Error("there is a mode large")
	}
	set, err := negotiation.Read("small", nil)
	if err != nil {
		t.Fatal(err)
	}
	if n, m := len(set.Values()), len(set.Deals()); n != 10 || m != 43 {
		t.Errorf("%d ways to value the kinds, %d deals", n, m)
	}
	for _, values := range set.Values() {
		if set.Pool.Worth(values) != set.Total {
			t.Errorf("at %v the pool is worth %d", values, set.Pool.Worth(values))
		}
	}
}

// In two turns the first proposes and the second can only take it or leave it. It
// takes whatever is worth a point to it, and may take what is worth nothing: the
// first gets at least what is counted by hand against one who refuses that.
func TestUltimatum(t *testing.T) {
	set, err := negotiation.Read("small", json.RawMessage(`{"turns":2}`))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := cfr.Compile(negotiation.Tree(set), cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "cfr+"})
	if err != nil {
		t.Fatal(err)
	}
	solver.Run(400)
	strategy := cfr.NewStrategy(tree)
	solver.Average(strategy)
	judge := cfr.NewEvaluator(tree)
	gains, err := judge.DeviationIncentives(strategy)
	if err != nil {
		t.Fatal(err)
	}
	if gains[0] > 0.02 || gains[1] > 0.02 {
		t.Errorf("the players gain %v by the best response", gains)
	}
	// The best the first can do against a second who takes whatever is worth a
	// point: for each of its values, the proposal of the greatest expectation.
	want := 0.0
	deals := set.Deals()
	for _, own := range set.Values() {
		best := 0.0
		talk := negotiation.Talk{Set: &set}
		for _, m := range talk.Legal() {
			if m.Kind != negotiation.Propose {
				continue
			}
			sum := 0.0
			for _, d := range deals {
				if d[0] == own && set.Pool.Less(m.Keep).Worth(d[1]) > 0 {
					sum += float64(m.Keep.Worth(own))
				}
			}
			best = max(best, sum)
		}
		want += best / float64(len(deals))
	}
	values := judge.Values(strategy)
	t.Logf("values %v, by hand %.4f", values, want)
	if values[0] < want-0.02 || values[0] > float64(set.Total) {
		t.Errorf("the first gets %.4f, by hand at least %.4f", values[0], want)
	}
}

// FuzzHear: whatever is said is a legal proposal, an acceptance, an end, or
// nothing.
func FuzzHear(f *testing.F) {
	for _, text := range []string{"I keep 1 book, and you get 2 hats.", "No deal.", "You get both", "the rest", "keep nothing"} {
		f.Add(text)
	}
	set := negotiation.Set{Pool: negotiation.Items{1, 2, 3}, Total: 6, Turns: 4}
	talk := negotiation.Talk{Set: &set}
	talk = talk.After(negotiation.Proposal(1, 1, 1))
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := negotiation.Hear(set.Pool, text)
		if err := talk.Check(m); ok && (err != nil || m.Kind == negotiation.Pass) || !ok && m != (negotiation.Move{}) {
			t.Errorf("%q is heard as %v, %v: %v", text, m, ok, err)
		}
	})
}

// FuzzRestore checks that a snapshot is refused or leaves a world that goes on.
func FuzzRestore(f *testing.F) {
	w, err := negotiation.New().New(games.Config{}, 1)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(w.Snapshot(nil))
	w.Step()
	f.Add(w.Snapshot(nil))
	f.Fuzz(func(t *testing.T, snapshot []byte) {
		w, err := negotiation.New().New(games.Config{}, 1)
		if err != nil {
			t.Fatal(err)
		}
		before := w.Hash()
		if err := w.Restore(snapshot); err != nil {
			if w.Hash() != before {
				t.Error("a refused snapshot changed the world")
			}
			return
		}
		if _, over := w.Result(); !over {
			w.Step()
		}
	})
}
