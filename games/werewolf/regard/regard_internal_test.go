package regard

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dryad/cfr"
	"dryad/games"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/rules"
	_ "dryad/internal/fixedseed"
)

// chatter is a lexicon of what a few phrases come to, two strategies a role.
func chatter(set *rules.Set) *Lexicon {
	l := &Lexicon{}
	for _, role := range set.Kinds() {
		for c := 1; c < Classes; c++ {
			l.count(role, c%2, Class(c), []Claim{{Kind: hearing.Suspects}}, 3)
			l.count(role, c%2, Class(c), []Claim{{Kind: hearing.ClaimsRole, Role: rules.Seer}, {Kind: hearing.SaysWolf}}, 1)
			l.count(role, 2, Class(c), []Claim{{Kind: hearing.Trusts}}, 1)
		}
		l.count(role, 0, Nobody, []Claim{}, 2)
		l.count(role, 0, Nobody, []Claim{{Kind: hearing.ClaimsRole, Role: role}}, 1)
		l.count(role, 1, Nobody, []Claim{{Kind: hearing.ClaimsRole, Role: rules.Seer}}, 1)
	}
	return l
}

func game(t testing.TB, mode string, players int) *Game {
	t.Helper()
	set, err := rules.Default(mode, players)
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(Params{Set: set, Lexicon: chatter(&set)})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestPlay goes down random lines: a state is what the mover's view in a match
// is, actions are legal and different, chances sum to 1, returns are zero-sum
// between the teams.
func TestPlay(t *testing.T) {
	games7 := map[string]*Game{}
	for _, mode := range []string{"classic", "aiwolf"} {
		for _, players := range []int{5, 7} {
			games7[fmt.Sprint(mode, players)] = game(t, mode, players)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		g := games7[fmt.Sprint(rapid.SampledFrom([]string{"classic", "aiwolf"}).Draw(t, "mode"), rapid.SampledFrom([]int{5, 7}).Draw(t, "players"))]
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		a, b := make([]float32, g.Features()), make([]float32, g.Features())
		s := g.Root()
		for s.Player() != cfr.Terminal {
			actions := s.Actions()
			if s.Player() == cfr.Chance {
				sum := 0.0
				for _, p := range s.Probabilities() {
					sum += p
				}
				if len(s.Probabilities()) != len(actions) || math.Abs(sum-1) > 1e-9 {
					t.Fatalf("probabilities %v of %v", s.Probabilities(), actions)
				}
				s = s.Child(cfr.Pick(s.Probabilities(), r.Float64()))
				continue
			}
			state := s.(*State)
			table := state.Table()
			seat := table.Pending().Lowest()
			seen := g.seen(table.View(seat), state.claims, func(r *rules.Record) int { return int(r.Value) })
			if x, y := s.AppendKey(nil), seen.AppendKey(nil); string(x) != string(y) {
				t.Fatalf("%s and %s", x, y)
			}
			if !slices.Equal(actions, seen.Actions()) {
				t.Fatalf("%v and %v", actions, seen.Actions())
			}
			g.Encode(s, a)
			g.Encode(seen, b)
			if !slices.Equal(a, b) || g.Role(s) != g.Role(seen) || g.Kinds()[g.Role(s)] != table.Role(seat) {
				t.Fatal("vectors or roles")
			}
			anchor := make([]float64, len(actions))
			g.Anchor(s, anchor)
			sum := 0.0
			for _, p := range anchor {
				if sum += p; p <= 0 {
					t.Fatalf("the anchor is %v", anchor)
				}
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Fatalf("the anchor sums to %g", sum)
			}
			met := map[cfr.Action]bool{}
			for _, action := range actions {
				if met[action] || int(action) >= g.Moves() {
					t.Fatalf("actions %v of %d", actions, g.Moves())
				}
				met[action] = true
				if _, _, speech := g.Talk(action); !speech {
					if err := table.Check(seat, seen.Decision(action)); err != nil {
						t.Fatal(err)
					}
				}
			}
			s = s.Child(r.IntN(len(actions)))
		}
		returns := make([]float64, g.Players())
		s.Returns(returns)
		for p, x := range returns {
			want := -1.0
			if winner := s.(*State).Table().Winner(); winner < 0 {
				want = 0
			} else if g.Card(cfr.Player(p)).Team() == winner {
				want = 1
			}
			if x != want {
				t.Errorf("card %d gets %g, want %g", p, x, want)
			}
		}
	})
}

// TestNothingHidden: histories of one information set have equal vectors and
// actions.
func TestNothingHidden(t *testing.T) {
	g := game(t, "classic", 4)
	seen := map[string]string{}
	r := rand.New(rand.NewPCG(1, 2))
	vector, history := make([]float32, g.Features()), make([]float32, g.HistoryFeatures())
	met := 0
	for range 600 {
		for s := g.Root(); s.Player() != cfr.Terminal; s = s.Child(r.IntN(len(s.Actions()))) {
			if s.Player() == cfr.Chance {
				continue
			}
			g.Encode(s, vector)
			g.EncodeHistory(s, history)
			known := float32(0)
			for _, x := range history[len(vector):] {
				known += x
			}
			if !slices.Equal(history[:len(vector)], vector) || known != 4 {
				t.Fatal("the history is not the vector and four roles")
			}
			key, value := string(s.AppendKey(nil)), fmt.Sprint(vector, s.Actions())
			if old, ok := seen[key]; ok && old != value {
				t.Fatalf("%s: %s and %s", key, old, value)
			} else if ok {
				met++
			}
			seen[key] = value
		}
	}
	if met < 100 {
		t.Errorf("only %d information sets were met again", met)
	}
}

// scene is a talk in which seat 0, a seer, has found seat 1 out, has been
// accused by seat 2, and has heard seat 3 say to be the seer.
func talked(t testing.TB) (*Game, *rules.View) {
	t.Helper()
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(Params{Set: set, Lexicon: chatter(&set)})
	if err != nil {
		t.Fatal(err)
	}
	all := rules.First(7)
	return g, &rules.View{Set: &set, Seat: 0, Role: rules.Seer, Alive: all &^ rules.Of(6), Phase: rules.Talk, Round: 1, Act: rules.Speak, Log: []rules.Record{
		{Kind: rules.Dealt, Round: 1, Seat: 0, Target: games.NoSeat, Role: rules.Seer, Known: rules.Of(0)},
		{Kind: rules.Inspected, Round: 1, Seat: 0, Target: 1, Finding: rules.Wolf, Known: rules.Of(0)},
		{Kind: rules.Killed, Round: 1, Seat: 6, Target: games.NoSeat, Known: all},
		{Kind: rules.Spoke, Round: 1, Seat: 2, Target: games.NoSeat, Text: phrase.Accuse(0, 0), Known: all},
		{Kind: rules.Spoke, Round: 1, Seat: 3, Target: games.NoSeat, Text: phrase.Claim(rules.Seer, 0), Known: all},
	}}
}

func TestFollows(t *testing.T) {
	g, v := talked(t)
	s := g.At(v, func(*rules.Record) int { return -1 })
	for text, want := range map[string]Class{
		phrase.Report(1, true, 0): Guilty,
		phrase.Accuse(2, 0):       Accuser,
		phrase.Accuse(3, 0):       Suspect, // who says to be what oneself is
		phrase.Defend(5, 0):       Trusted.For(),
		phrase.Accuse(4, 0):       Another,
		phrase.Accuse(6, 0):       Nobody, // the dead
		phrase.Silent(0):          Nobody,
		phrase.DefendMe(0):        Nobody,
		phrase.Question(4, 0):     Nobody,
	} {
		a, _ := s.Follows(1, text)
		strategy, class, speech := g.Talk(a)
		if strategy != 1 || class != want || !speech {
			t.Errorf("%q: strategy %d about %s, want %s", text, strategy, class, want)
		}
	}
	names := map[string]bool{}
	for _, a := range s.Actions() {
		names[s.ActionName(a)] = true
	}
	if !names["strategy_1_against_found_guilty"] || names["strategy_1_against_fellow"] || names["strategy_1_against_found_clear"] {
		t.Errorf("actions %v", names)
	}
}

// TestWays: how a speech is put is told from what it claims, as often as it was
// counted; a speech that nobody was heard to put so has no way.
func TestWays(t *testing.T) {
	_, v := talked(t)
	report, accuse := phrase.Report(1, true, 0), phrase.Accuse(1, 0)
	l := chatter(v.Set)
	for range 9 {
		l.Add(v, belief.DefaultModel(), 1, report)
	}
	l.Add(v, belief.DefaultModel(), 1, accuse)
	g, err := New(Params{Set: *v.Set, Lexicon: l})
	if err != nil {
		t.Fatal(err)
	}
	s := g.At(v, func(*rules.Record) int { return -1 })
	a, first := s.Follows(1, report)
	b, second := s.Follows(1, accuse)
	ways := s.Ways(a)
	if a != b || first < 0 || second < 0 || first == second || ways[first] <= ways[second] {
		t.Errorf("actions %d and %d, ways %d and %d of %v", a, b, first, second, ways)
	}
	sum := 0.0
	for _, part := range ways {
		sum += part
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Errorf("%v is %g", ways, sum)
	}
	if a, way := s.Follows(1, phrase.Claim(rules.Doctor, 0)+" "+report); a != b || way != -1 {
		t.Errorf("two roles at once: action %d, way %d", a, way)
	}
	if _, way := s.Follows(99, report); way != -1 || s.Ways(g.Speech(99, Guilty)) != nil {
		t.Error("a strategy that nobody has is said in some way")
	}
}

// TestLexicon: what is counted is found again, what is rare is left out, and
// JSON carries it.
func TestLexicon(t *testing.T) {
	_, v := talked(t)
	l := &Lexicon{}
	for range 3 {
		l.Add(v, belief.DefaultModel(), 1, phrase.Report(1, true, 0))
	}
	l.Add(v, belief.DefaultModel(), 1, phrase.Silent(0))
	l.Add(v, belief.DefaultModel(), 0, phrase.Accuse(4, 0))
	l.Merge(l)
	if len(l.Speeches) != 3 {
		t.Fatalf("%+v", l)
	}
	kept := l.Frequent(6)
	want := &Lexicon{Speeches: []Speech{
		{rules.Seer, 1, Nobody, []Way{{[]Claim{}, 2}}},
		{rules.Seer, 1, Guilty, []Way{{[]Claim{{hearing.ClaimsRole, rules.Seer}, {hearing.SaysWolf, rules.Unknown}}, 6}}},
	}}
	if !reflect.DeepEqual(kept, want) {
		t.Errorf("%+v", kept)
	}
	data, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	var again Lexicon
	if err := json.Unmarshal(data, &again); err != nil || !reflect.DeepEqual(&again, kept) {
		t.Errorf("JSON: %+v, %v", again, err)
	}
	if _, err := New(Params{Set: *v.Set, Lexicon: kept}); err == nil {
		t.Error("a lexicon for one role was accepted")
	}
}

func TestNewRefuses(t *testing.T) {
	set, _ := rules.Default("classic", 7)
	for _, l := range []*Lexicon{
		nil,
		{},
		{Speeches: []Speech{{Role: rules.Seer, Strategy: -1, Ways: []Way{{Count: 1}}}}},
		{Speeches: []Speech{{Role: rules.Seer, Class: 99, Ways: []Way{{Count: 1}}}}},
		{Speeches: []Speech{{Role: rules.Seer}}},
		{Speeches: []Speech{{Role: rules.Seer, Ways: []Way{{Count: 0}}}}},
		{Speeches: []Speech{{Role: rules.Seer, Ways: []Way{{Claims: []Claim{{Kind: 99}}, Count: 1}}}}},
		{Speeches: []Speech{{Role: rules.Seer, Ways: []Way{{Claims: []Claim{{Kind: hearing.Suspects}}, Count: 1}}}}},
	} {
		if _, err := New(Params{Set: set, Lexicon: l}); err == nil {
			t.Errorf("%+v was accepted", l)
		}
	}
}

func BenchmarkRollout(b *testing.B) {
	g := game(b, "classic", 7)
	r := rand.New(rand.NewPCG(1, 2))
	b.ReportAllocs()
	for b.Loop() {
		for s := g.Root(); s.Player() != cfr.Terminal; {
			if s.Player() == cfr.Chance {
				s = s.Child(cfr.Pick(s.Probabilities(), r.Float64()))
			} else {
				s = s.Child(r.IntN(len(s.Actions())))
			}
		}
	}
}
