package werewolf_test

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"

	"dryad/cfr/deep"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/job"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/werewolf"
)

// small is a game of 4 players that takes no time.
func small(t testing.TB, change func(*werewolf.Params)) *werewolf.Game {
	t.Helper()
	set, err := rules.Default("classic", 4)
	if err != nil {
		t.Fatal(err)
	}
	p := werewolf.Params{
		Set: set, Language: werewolf.Embedded{}, Embedder: embed.NewNGrams(64), Games: 40, Iterations: 2, Clusters: 2, Exact: -1,
		Deep: deep.Params{Depth: 2, Traversals: 10, Steps: 5, Batch: 32, AverageSteps: 20, Buffer: 2000, AverageBuffer: 2000, Hidden: []int{16}},
	}
	if change != nil {
		change(&p)
	}
	g, err := werewolf.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func run(t testing.TB, g *werewolf.Game, iterations int, memory lspo.Memory) *lspo.Result {
	t.Helper()
	r, err := lspo.Run(context.Background(), lspo.Params{Game: g, Iterations: iterations, Seed: 1, Memory: memory})
	if err != nil || r.Stopped != job.Finished {
		t.Fatalf("stopped %s, %v", r.Stopped, err)
	}
	return r
}

// interrupted cancels the run when its n-th piece of work is kept.
type interrupted struct {
	lspo.Forgetful
	cancel context.CancelFunc
	left   int
}

func (m *interrupted) PutWork(ctx context.Context, key string, result []byte) error {
	if m.left--; m.left == 0 {
		m.cancel()
	}
	return m.Forgetful.PutWork(ctx, key, result)
}

// TestSameBits: neither the number of workers nor a stop and a resume anywhere
// changes a byte.
func TestSameBits(t *testing.T) {
	whole := run(t, small(t, nil), 1, nil)
	if many := run(t, small(t, func(p *werewolf.Params) { p.Workers = 3 }), 1, nil); !reflect.DeepEqual(many, whole) {
		t.Error("three workers come to another end")
	}
	for _, stop := range []int{1, 2, 3, 4} {
		ctx, cancel := context.WithCancel(context.Background())
		memory := &interrupted{cancel: cancel, left: stop}
		r, err := lspo.Run(ctx, lspo.Params{Game: small(t, nil), Iterations: 1, Seed: 1, Memory: memory})
		if err != nil || r.Stopped != job.Interrupted {
			t.Fatalf("stopped at %d: %s, %v", stop, r.Stopped, err)
		}
		if again := run(t, small(t, nil), 1, memory); !reflect.DeepEqual(again, whole) {
			t.Errorf("stopped at %d: another end", stop)
		}
	}
}

// drafted cancels the run when its n-th draft is kept.
type drafted struct {
	lspo.Forgetful
	cancel context.CancelFunc
	left   int
}

func (m *drafted) PutDraft(ctx context.Context, key string, draft []byte) error {
	if m.left--; m.left == 0 {
		m.cancel()
	}
	return m.Forgetful.PutDraft(ctx, key, draft)
}

// TestStopInSolve: the solver goes on from its draft to the same end, in both
// abstractions, and the draft is gone then.
func TestStopInSolve(t *testing.T) {
	for _, abstraction := range []string{werewolf.Clusters, werewolf.Targets} {
		game := func() *werewolf.Game {
			return small(t, func(p *werewolf.Params) { p.Abstraction, p.Iterations, p.Deep.Common = abstraction, 4, true })
		}
		whole := run(t, game(), 1, nil)
		ctx, cancel := context.WithCancel(context.Background())
		memory := &drafted{cancel: cancel, left: 2}
		r, err := lspo.Run(ctx, lspo.Params{Game: game(), Iterations: 1, Seed: 1, Memory: memory})
		if err != nil || r.Stopped != job.Interrupted {
			t.Fatalf("stopped: %s, %v", r.Stopped, err)
		}
		if _, kept, _ := memory.Draft(ctx, "iteration 1/solve"); !kept {
			t.Fatal("no draft was kept")
		}
		memory.left = 0
		if again := run(t, game(), 1, memory); !reflect.DeepEqual(again, whole) {
			t.Errorf("%s: another end", abstraction)
		}
		if _, kept, _ := memory.Draft(ctx, "iteration 1/solve"); kept {
			t.Error("the draft is still there")
		}
	}
}

func TestIterations(t *testing.T) {
	g := small(t, func(p *werewolf.Params) { p.Clusters, p.Games = 0, 60 })
	r := run(t, g, 2, nil)
	for i, it := range r.Iterations {
		space, err := werewolf.ReadSpace(it.Space)
		if err != nil {
			t.Fatal(err)
		}
		for j, group := range space.Groups {
			want := 2 + i
			if group.Name == "werewolf" {
				want++
			}
			if len(group.Clusters) != want || len(space.Symbols[j]) != want {
				t.Errorf("iteration %d, %s: %d clusters, want %d", i+1, group.Name, len(group.Clusters), want)
			}
		}
		pairs, err := g.Pairs(context.Background(), it)
		if err != nil || len(pairs) < 10 {
			t.Fatalf("%d pairs, %v", len(pairs), err)
		}
		for _, p := range pairs {
			o := p.Origin
			if text := werewolf.Prompt(p.View); !strings.Contains(text, "Your role is "+o.Role) || !strings.HasSuffix(text, "What do you say?") {
				t.Fatalf("prompt %q", text)
			}
			if p.Chosen == p.Rejected || p.Margin <= 0 || o.ChosenStrategy == o.RejectedStrategy ||
				o.Iteration != i+1 || o.Role != p.View.Role.String() || o.ChosenAdvantage-o.RejectedAdvantage != p.Margin {
				t.Fatalf("%+v", p)
			}
		}
		if bytes.Equal(it.Policy, it.Next) {
			t.Error("nothing was learned")
		}
	}
}

// TestExact: the tables of 4 players tell what the networks are worth.
func TestExact(t *testing.T) {
	it := run(t, small(t, func(p *werewolf.Params) { p.Exact, p.Clusters = 30, 1 }), 1, nil).Iterations[0]
	solution, err := werewolf.ReadSolution(it.Solution)
	if err != nil {
		t.Fatal(err)
	}
	e := solution.Exact
	if e == nil || e.Histories < 1000 || len(e.Gains) != 3 || e.Gains["werewolf"] >= e.DeepGains["werewolf"] || e.Value < -1 || e.Value > 1 {
		t.Errorf("%+v", e)
	}
}

// TestLiteral: the switch turns every pair round.
func TestLiteral(t *testing.T) {
	it := run(t, small(t, nil), 1, nil).Iterations[0]
	pairs, err := small(t, nil).Pairs(context.Background(), it)
	if err != nil {
		t.Fatal(err)
	}
	turned, err := small(t, func(p *werewolf.Params) { p.Literal = true }).Pairs(context.Background(), it)
	if err != nil || len(turned) != len(pairs) {
		t.Fatalf("%d pairs and %d, %v", len(turned), len(pairs), err)
	}
	for i := range pairs {
		if pairs[i].Chosen != turned[i].Rejected || pairs[i].Rejected != turned[i].Chosen {
			t.Fatalf("pair %d: %+v and %+v", i, pairs[i], turned[i])
		}
	}
	few, err := small(t, func(p *werewolf.Params) { p.Pairs = 7 }).Pairs(context.Background(), it)
	if err != nil || len(few) != 7 {
		t.Errorf("%d pairs, %v", len(few), err)
	}
}

// TestAgents: every kind of agent plays without faults, and equal deals make
// equal matches.
func TestAgents(t *testing.T) {
	for _, abstraction := range []string{werewolf.Clusters, werewolf.Targets} {
		t.Run(abstraction, func(t *testing.T) { testAgents(t, abstraction) })
	}
}

func testAgents(t *testing.T, abstraction string) {
	g := small(t, func(p *werewolf.Params) { p.Abstraction, p.Thoughts = abstraction, 2 })
	it := run(t, g, 1, nil).Iterations[0]
	var agents []wolf.Agent
	for _, p := range []werewolf.AgentParams{{}, {Hearing: 2}, {Untrained: true}, {Unsolved: true}} {
		a, err := g.Agent(it, p)
		if err != nil {
			t.Fatal(err)
		}
		agents = append(agents, a)
	}
	for i, a := range agents {
		cell, err := g.Meet(context.Background(), a, agents[0], 40, 5, nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := small(t, func(p *werewolf.Params) { p.Workers = 2; p.Abstraction = abstraction }).Meet(context.Background(), a, agents[0], 40, 5, nil)
		if err != nil || !reflect.DeepEqual(cell, again) {
			t.Errorf("agent %d: the same matches end otherwise (%v)", i, err)
		}
		if cell.Faults != 0 || cell.Record().Games() != 40 {
			t.Errorf("agent %d: %+v", i, cell)
		}
		if gain := cell.Over(cell); gain.Mean != 0 || gain.Low >= 0 || gain.High <= 0 {
			t.Errorf("a cell over itself: %+v", gain)
		}
		if all := cell.Predictions[rules.Village].Accuracy(rules.Unknown); all <= 0.1 || all > 1 {
			t.Errorf("agent %d: the village is right in %g", i, all)
		}
	}
	spoken, missed := agents[0].(*werewolf.Agent).Missed()
	if spoken < 100 || missed < 0 || missed >= spoken {
		t.Errorf("%d of %d speeches had no candidate", missed, spoken)
	}
}

// TestRefuses: what is damaged or belongs to another game is an error.
func TestRefuses(t *testing.T) {
	if _, err := werewolf.New(werewolf.Params{}); err == nil {
		t.Error("no language: no error")
	}
	g := small(t, nil)
	it := run(t, g, 1, nil).Iterations[0]
	other := run(t, small(t, func(p *werewolf.Params) { p.Clusters = 3 }), 1, nil).Iterations[0]
	mixed := it
	mixed.Solution = other.Solution
	if _, err := g.Agent(mixed, werewolf.AgentParams{}); err == nil {
		t.Error("a solution of another space: no error")
	}
	for _, damage := range []func(*lspo.Iteration){
		func(it *lspo.Iteration) { it.Space = []byte("{") },
		func(it *lspo.Iteration) { it.Solution = []byte(`{"average":["AAAA"]}`) },
		func(it *lspo.Iteration) { it.Next = nil },
	} {
		bad := it
		damage(&bad)
		if _, err := g.Agent(bad, werewolf.AgentParams{}); err == nil {
			t.Error("damaged: no error")
		}
	}
}

// TestEstimate: an estimate counts what the parameters ask for.
func TestEstimate(t *testing.T) {
	g := small(t, nil)
	e, err := g.Estimate(context.Background(), 1)
	if err != nil || e.Match <= 0 || e.CFR <= 0 {
		t.Fatalf("%+v, %v", e, err)
	}
	if got, want := g.Iteration(e), 40*e.Match+2*e.CFR; got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestUsedAndWorth: how much each strategy is used adds up to all, and the
// abstract game has a value.
func TestUsedAndWorth(t *testing.T) {
	for name, g := range map[string]*werewolf.Game{
		"clusters": small(t, nil), "targets": small(t, func(p *werewolf.Params) { p.Abstraction = werewolf.Targets }),
	} {
		it := run(t, g, 1, nil).Iterations[0]
		used, err := g.Tendencies(context.Background(), it)
		if err != nil {
			t.Fatal(err)
		}
		for role, strategies := range used {
			said, played := 0.0, 0.0
			for _, u := range strategies {
				said, played = said+u.Said, played+u.Played
			}
			if said < 0.999 || said > 1.001 || played < 0.9 || played > 1.001 {
				t.Errorf("%s, role %d: said %g, played %g", name, role, said, played)
			}
		}
		value, err := g.AbstractValue(context.Background(), it, 300, 1)
		if err != nil || value.Mean < -1 || value.Mean > 1 || value.Low >= value.Mean || value.High <= value.Mean {
			t.Errorf("%s: %+v, %v", name, value, err)
		}
	}
}

// TestPayoff: the shaped rewards make another game.
func TestPayoff(t *testing.T) {
	plain := run(t, small(t, nil), 1, nil).Iterations[0]
	shaped := run(t, small(t, func(p *werewolf.Params) { p.Payoff = "shaped" }), 1, nil).Iterations[0]
	if !bytes.Equal(plain.Space, shaped.Space) || bytes.Equal(plain.Solution, shaped.Solution) {
		t.Error("the payoff must change the solution and nothing before it")
	}
}

// TestMomentum: it changes what is learned, from the second round on.
func TestMomentum(t *testing.T) {
	learned := func(rounds int, momentum float64) []byte {
		return run(t, small(t, func(p *werewolf.Params) {
			p.Language = werewolf.Embedded{Train: speaker.Params{Rounds: rounds, Momentum: momentum}}
		}), 1, nil).Iterations[0].Next
	}
	if bytes.Equal(learned(3, 0), learned(3, 0.5)) {
		t.Error("momentum changes nothing")
	}
}

// TestDeviate: against a solution that was hardly looked for, somebody who
// learns gains; the gain is the same whoever counts.
func TestDeviate(t *testing.T) {
	for _, abstraction := range []string{werewolf.Clusters, werewolf.Targets} {
		g := small(t, func(p *werewolf.Params) { p.Abstraction, p.Deep.Steps, p.Deep.AverageSteps = abstraction, 30, 200 })
		it := run(t, g, 1, nil).Iterations[0]
		d := werewolf.Deviation{Iterations: 4, Traversals: 100, Games: 200, Seed: 1}
		gain, err := g.Deviate(context.Background(), it, rules.Werewolf, d)
		if err != nil {
			t.Fatal(err)
		}
		if gain.Mean <= 0 || gain.Low >= gain.Mean || gain.High <= gain.Mean {
			t.Errorf("%s: %+v", abstraction, gain)
		}
		if again, err := g.Deviate(context.Background(), it, rules.Werewolf, d); err != nil || again != gain {
			t.Errorf("%s: %+v, then %+v, %v", abstraction, gain, again, err)
		}
		if _, err := g.Deviate(context.Background(), it, rules.Doctor, d); err == nil {
			t.Error("a doctor deviates where there is none")
		}
	}
}
