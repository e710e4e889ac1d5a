package werewolf_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"sync"
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

func run(t testing.TB, g *werewolf.Game, iterations int, memory lspo.Memory) *werewolf.Result {
	t.Helper()
	r, err := lspo.Run(context.Background(), g, lspo.Params{Iterations: iterations, Seed: 1, Memory: memory}, nil)
	if err != nil || r.Stopped != job.Finished {
		t.Fatalf("stopped %s, %v", r.Stopped, err)
	}
	return r
}

// played is a run of one iteration of a small game, with all that it kept.
type played struct {
	game   *werewolf.Game
	it     *werewolf.Iteration
	memory *memory
}

var (
	sharing sync.Mutex
	shared  = map[string]*played{}
)

// once returns the run of the small game with an abstraction, which the tests
// share.
func once(t testing.TB, abstraction string) *played {
	t.Helper()
	sharing.Lock()
	defer sharing.Unlock()
	if shared[abstraction] == nil {
		p := &played{game: small(t, func(p *werewolf.Params) { p.Abstraction = abstraction }), memory: &memory{}}
		p.it = &run(t, p.game, 1, p.memory).Iterations[0]
		shared[abstraction] = p
	}
	return shared[abstraction]
}

// memory is a lspo.Memory that can be looked into, and that cancels the run when
// its n-th piece of work or of its drafts is kept.
type memory struct {
	mutex        sync.Mutex
	kept, drafts map[string][]byte
	cancel       context.CancelFunc
	work, draft  int // n; 0 for never
}

var _ lspo.Drafts = (*memory)(nil)

func (m *memory) Work(_ context.Context, key string) ([]byte, bool, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	result, ok := m.kept[key]
	return result, ok, nil
}

func (m *memory) PutWork(_ context.Context, key string, result []byte) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.work--; m.work == 0 {
		m.cancel()
	}
	if m.kept == nil {
		m.kept = map[string][]byte{}
	}
	m.kept[key] = result
	delete(m.drafts, key)
	return nil
}

func (m *memory) Draft(_ context.Context, key string) ([]byte, bool, error) {
	draft, ok := m.drafts[key]
	return draft, ok, nil
}

func (m *memory) PutDraft(_ context.Context, key string, draft []byte) error {
	if m.draft--; m.draft == 0 {
		m.cancel()
	}
	m.drafts = map[string][]byte{key: draft}
	return nil
}

// differ names what two memories hold differently; empty for nothing.
func differ(a, b *memory) string {
	for key := range a.kept {
		if !bytes.Equal(a.kept[key], b.kept[key]) {
			return key
		}
	}
	if len(a.kept) != len(b.kept) {
		return fmt.Sprintf("%d results and %d", len(a.kept), len(b.kept))
	}
	return ""
}

// TestSameBits: neither the number of workers nor a stop and a resume changes a
// byte of what is kept, wherever the run stops: in self-play, after a stage, and
// between the files of a stage.
func TestSameBits(t *testing.T) {
	whole := once(t, werewolf.Clusters).memory
	many := &memory{}
	run(t, small(t, func(p *werewolf.Params) { p.Workers = 3 }), 1, many)
	if d := differ(whole, many); d != "" {
		t.Errorf("three workers come to another end: %s", d)
	}
	for stop := 1; stop < len(whole.kept); stop++ {
		ctx, cancel := context.WithCancel(context.Background())
		m := &memory{cancel: cancel, work: stop}
		r, err := lspo.Run(ctx, small(t, nil), lspo.Params{Iterations: 1, Seed: 1, Memory: m}, nil)
		if err != nil || r.Stopped != job.Interrupted {
			t.Fatalf("stopped at %d: %s, %v", stop, r.Stopped, err)
		}
		run(t, small(t, nil), 1, m)
		if d := differ(whole, m); d != "" {
			t.Errorf("stopped at %d: another end: %s", stop, d)
		}
	}
}

// TestKilled: a run that was killed between two writes has what was written, and
// goes on from there to the same end.
func TestKilled(t *testing.T) {
	whole := once(t, werewolf.Targets).memory
	game := func() *werewolf.Game {
		return small(t, func(p *werewolf.Params) { p.Abstraction = werewolf.Targets })
	}
	stages := []string{"start", "iteration 1/construct", "iteration 1/solve", "iteration 1/prefer", "iteration 1/expand"}
	for n := range stages {
		m := &memory{kept: map[string][]byte{}}
		for key, result := range whole.kept {
			for _, done := range stages[:n] {
				if key == done || strings.HasPrefix(key, done+"/") {
					m.kept[key] = result
				}
			}
		}
		// Of the stage that was killed, one file is there.
		for key, result := range whole.kept {
			if key == stages[n]+"/games 0" || key == stages[n]+"/average 0" {
				m.kept[key] = result
			}
		}
		run(t, game(), 1, m)
		if d := differ(whole, m); d != "" {
			t.Errorf("killed in %s: another end: %s", stages[n], d)
		}
	}
}

// TestStopInSolve: the solver goes on from its draft to the same end, in both
// abstractions, and the draft is gone then.
func TestStopInSolve(t *testing.T) {
	for _, abstraction := range []string{werewolf.Clusters, werewolf.Targets} {
		game := func() *werewolf.Game {
			return small(t, func(p *werewolf.Params) { p.Abstraction, p.Iterations = abstraction, 4 })
		}
		whole := &memory{}
		run(t, game(), 1, whole)
		ctx, cancel := context.WithCancel(context.Background())
		m := &memory{cancel: cancel, draft: 2}
		r, err := lspo.Run(ctx, game(), lspo.Params{Iterations: 1, Seed: 1, Memory: m}, nil)
		if err != nil || r.Stopped != job.Interrupted {
			t.Fatalf("stopped: %s, %v", r.Stopped, err)
		}
		if _, kept, _ := m.Draft(ctx, "iteration 1/solve"); !kept {
			t.Fatal("no draft was kept")
		}
		m.draft = 0
		run(t, game(), 1, m)
		if d := differ(whole, m); d != "" {
			t.Errorf("%s: another end: %s", abstraction, d)
		}
		if _, kept, _ := m.Draft(ctx, "iteration 1/solve"); kept {
			t.Error("the draft is still there")
		}
	}
}

func TestIterations(t *testing.T) {
	g := small(t, func(p *werewolf.Params) { p.Clusters, p.Games = 0, 60 })
	r := run(t, g, 2, nil)
	for i := range r.Iterations {
		it := &r.Iterations[i]
		space := it.Space
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
			if p.Chosen.Text == p.Rejected.Text || p.Margin <= 0 || o.ChosenStrategy == o.RejectedStrategy ||
				o.Iteration != i+1 || o.Role != p.View.Role.String() || o.ChosenAdvantage-o.RejectedAdvantage != p.Margin {
				t.Fatalf("%+v", p)
			}
		}
		if bytes.Equal(encoded(t, it.Policy), encoded(t, it.Next)) {
			t.Error("nothing was learned")
		}
	}
}

func encoded(t testing.TB, p werewolf.Policy) []byte {
	t.Helper()
	data, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestExact: the tables of 4 players tell what the networks are worth.
func TestExact(t *testing.T) {
	it := run(t, small(t, func(p *werewolf.Params) { p.Exact, p.Clusters = 30, 1 }), 1, nil).Iterations[0]
	e := it.Solution.Exact
	if e == nil || e.Histories < 1000 || len(e.Gains) != 3 || e.Gains["werewolf"] >= e.DeepGains["werewolf"] || e.Value < -1 || e.Value > 1 {
		t.Errorf("%+v", e)
	}
}

// TestLowerRegret: the switch reverses every pair.
func TestLowerRegret(t *testing.T) {
	it := *once(t, werewolf.Clusters).it
	prefer := func(change func(*werewolf.Params)) []werewolf.Pair {
		pairs, err := small(t, change).Prefer(context.Background(), lspo.Task{}, &it)
		if err != nil {
			t.Fatal(err)
		}
		return pairs
	}
	reversed := prefer(func(p *werewolf.Params) { p.LowerRegret = true })
	if len(reversed) != len(it.Pairs) {
		t.Fatalf("%d pairs and %d", len(it.Pairs), len(reversed))
	}
	for i, p := range it.Pairs {
		if p.Chosen != reversed[i].Rejected || p.Rejected != reversed[i].Chosen {
			t.Fatalf("pair %d: %+v and %+v", i, p, reversed[i])
		}
	}
	if few := prefer(func(p *werewolf.Params) { p.Pairs = 7 }); len(few) != 7 {
		t.Errorf("%d pairs", len(few))
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
	g := small(t, func(p *werewolf.Params) { p.Abstraction, p.MaxSampleAttempts = abstraction, 2 })
	it := once(t, abstraction).it
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
	p := once(t, werewolf.Clusters)
	other := run(t, small(t, func(p *werewolf.Params) { p.Clusters = 3 }), 1, nil).Iterations[0]
	mixed := *p.it
	mixed.Solution = other.Solution
	if _, err := p.game.Agent(&mixed, werewolf.AgentParams{}); err == nil {
		t.Error("a solution of another space: no error")
	}
	damage := func(key string, data []byte) *memory {
		m := &memory{kept: maps.Clone(p.memory.kept)}
		if m.kept[key] == nil {
			t.Fatalf("nothing is kept under %q", key)
		}
		if m.kept[key] = data; data == nil {
			delete(m.kept, key)
		}
		return m
	}
	former := damage("iteration 1/construct", []byte(`{"groups":[],"games":[{"seed":1}]}`))
	if _, err := lspo.Recall(context.Background(), p.game, former); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("a space of another version: %v", err)
	}
	for key, data := range map[string]string{
		"iteration 1/construct": "{", "iteration 1/construct/games 0": "[null]", "iteration 1/solve": "[]",
		"iteration 1/solve/average 0": "AAAA", "iteration 1/prefer": "{}", "iteration 1/solve/regrets 1": "", "iteration 1/expand": "",
	} {
		for _, m := range []*memory{damage(key, []byte(data)), damage(key, nil)} {
			all, err := lspo.Recall(context.Background(), p.game, m)
			if err == nil && len(all) > 0 {
				t.Errorf("%s is damaged: no error", key)
			}
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
	for _, name := range []string{werewolf.Clusters, werewolf.Targets} {
		g, it := once(t, name).game, once(t, name).it
		used, err := g.Usage(context.Background(), it)
		if err != nil {
			t.Fatal(err)
		}
		for role, strategies := range used {
			behaviour, solution := 0.0, 0.0
			for _, u := range strategies {
				behaviour, solution = behaviour+u.BehaviourFrequency, solution+u.SolutionFrequency
			}
			if behaviour < 0.999 || behaviour > 1.001 || solution < 0.9 || solution > 1.001 {
				t.Errorf("%s, role %d: behaviour %g, solution %g", name, role, behaviour, solution)
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
	plain, shaped := once(t, werewolf.Clusters).memory, &memory{}
	run(t, small(t, func(p *werewolf.Params) { p.Payoff = "shaped" }), 1, shaped)
	const space, network = "iteration 1/construct", "iteration 1/solve/regrets 0"
	if !bytes.Equal(plain.kept[space], shaped.kept[space]) || bytes.Equal(plain.kept[network], shaped.kept[network]) {
		t.Error("the payoff must change the solution and nothing before it")
	}
}

// TestMomentum: it changes what is learned, from the second round on.
func TestMomentum(t *testing.T) {
	learned := func(rounds int, momentum float64) []byte {
		language := werewolf.Embedded{Train: speaker.Params{Rounds: rounds, Momentum: momentum}}
		next, err := small(t, func(p *werewolf.Params) { p.Language = language }).Expand(context.Background(), lspo.Task{Seed: 1}, once(t, werewolf.Clusters).it)
		if err != nil {
			t.Fatal(err)
		}
		return encoded(t, next)
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
		it := &run(t, g, 1, nil).Iterations[0]
		d := werewolf.Deviation{Iterations: 3, Traversals: 60, Games: 100, Seed: 1}
		gain, err := g.Deviate(context.Background(), it, rules.Werewolf, d)
		if err != nil {
			t.Fatal(err)
		}
		if gain.Mean <= 0 || gain.Low >= gain.Mean || gain.High <= gain.Mean {
			t.Errorf("%s: %+v", abstraction, gain)
		}
		if abstraction == werewolf.Clusters {
			if again, err := g.Deviate(context.Background(), it, rules.Werewolf, d); err != nil || again != gain {
				t.Errorf("%+v, then %+v, %v", gain, again, err)
			}
		}
		if _, err := g.Deviate(context.Background(), it, rules.Doctor, d); err == nil {
			t.Error("a doctor deviates where there is none")
		}
	}
}
