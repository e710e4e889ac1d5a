package policy_test

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/games/tag"
	"dryad/nn"
	"dryad/policy"
	"dryad/vocab"
)

func parse(t *testing.T, source string, params policy.Params) *policy.Policy {
	t.Helper()
	p, faults := policy.Parse("test", []byte(source), tag.New(), params)
	if p == nil {
		t.Fatal(faults.Err())
	}
	return p
}

// network makes a network of the right shape for tag's steer.
func network(t testing.TB, outputs int) *nn.Network {
	t.Helper()
	n, err := nn.New(nn.MLP(8, outputs), 3)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func nets(n *nn.Network) policy.Params {
	return policy.Params{Net: func(name string) (*nn.Network, error) {
		if name != "steer" {
			return nil, errors.New("another name")
		}
		return n, nil
	}}
}

const steering = `tree main:
  selector:
    sequence:
      condition: is_it
      task: move_to nearest_player
    net: steer it_player
`

func newWorld(t testing.TB, seats, ticks int) games.World {
	t.Helper()
	w, err := tag.New().New(games.Config{Seats: seats, Ticks: ticks}, 11)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestNetworksActAndNaNFallsBack(t *testing.T) {
	fit := network(t, 5)
	broken := fit.Clone()
	broken.Parameters()[0] = float32(math.NaN())
	zero := fit.Clone()
	clear(zero.Parameters())
	hashes := map[string]uint64{}
	for name, n := range map[string]*nn.Network{"fit": fit, "broken": broken, "zero": zero} {
		p := parse(t, steering, nets(n))
		w := newWorld(t, 3, 200)
		agents := []*policy.Agent{p.NewAgent(1, 0), p.NewAgent(1, 1), p.NewAgent(1, 2)}
		play(w, agents)
		hashes[name] = w.Hash()
		total := 0
		for _, a := range agents {
			total += a.Counters().NaNs
		}
		if (total > 0) != (name == "broken") {
			t.Errorf("%s: %d answers were not finite", name, total)
		}
	}
	rule := parse(t, strings.ReplaceAll(steering, "net: steer", "task: flee"), policy.Params{})
	w := newWorld(t, 3, 200)
	play(w, []*policy.Agent{rule.NewAgent(1, 0), rule.NewAgent(1, 1), rule.NewAgent(1, 2)})
	if w.Hash() != hashes["broken"] {
		t.Error("with a broken network the rule does not act as it does by itself")
	}
	if hashes["fit"] == hashes["broken"] || hashes["fit"] == hashes["zero"] {
		t.Error("the network changes nothing")
	}
}

// unsure is tag whose neural task asks for a confidence.
type unsure struct {
	games.Game
	words vocab.Vocabulary
}

func (u *unsure) Vocabulary() *vocab.Vocabulary { return &u.words }

// TestRuleActsForUnsureAndLateNetworks: below the confidence that a task asks for,
// and past the deadline, a match goes as it does by the rule.
func TestRuleActsForUnsureAndLateNetworks(t *testing.T) {
	fit := network(t, 5)
	sure := &unsure{Game: tag.New(), words: *tag.New().Vocabulary()}
	sure.words.Nets = slices.Clone(sure.words.Nets)
	sure.words.Nets[0].Confidence = 0.999
	run := func(game games.Game, source string, params policy.Params) (hash uint64, counts policy.Counters) {
		p, faults := policy.Parse("p", []byte(source), game, params)
		if p == nil {
			t.Fatal(faults.Err())
		}
		w := newWorld(t, 2, 200)
		agents := []*policy.Agent{p.NewAgent(1, 0), p.NewAgent(1, 1)}
		play(w, agents)
		for _, a := range agents {
			c := a.Counters()
			counts.Doubts += c.Doubts
			counts.Late += c.Late
		}
		return w.Hash(), counts
	}
	rule, _ := run(tag.New(), strings.ReplaceAll(steering, "net: steer", "task: flee"), policy.Params{})
	net, _ := run(tag.New(), steering, nets(fit))
	if rule == net {
		t.Fatal("the network changes nothing")
	}
	if hash, counts := run(sure, steering, nets(fit)); hash != rule || counts.Doubts == 0 || counts.Late != 0 {
		t.Errorf("an unsure network: %+v, as the rule %v", counts, hash == rule)
	}
	bold := nets(fit)
	bold.Unsure = true
	if hash, counts := run(sure, steering, bold); hash != net || counts.Doubts != 0 {
		t.Errorf("an unsure network that may act: %+v, as by itself %v", counts, hash == net)
	}
	late := nets(fit)
	late.Budget.Deadline = fit.MACs() - 1
	if hash, counts := run(tag.New(), steering, late); hash != rule || counts.Late == 0 || counts.Doubts != 0 {
		t.Errorf("a late network: %+v, as the rule %v", counts, hash == rule)
	}
	late.Budget.Deadline = fit.MACs()
	if hash, counts := run(tag.New(), steering, late); hash != net || counts.Late != 0 {
		t.Errorf("a network in time: %+v, as by itself %v", counts, hash == net)
	}
}

func TestNetworksAreChecked(t *testing.T) {
	for name, params := range map[string]policy.Params{
		"none":    {},
		"shape":   nets(network(t, 4)),
		"missing": {Net: func(string) (*nn.Network, error) { return nil, errors.New("no such file") }},
		"cost":    {Net: nets(network(t, 5)).Net, Budget: policy.Budget{MultiplyAdds: 39}},
	} {
		if p, faults := policy.Parse("test", []byte(steering), tag.New(), params); p != nil || faults.OK() || faults[0].Range.Start.Line != 6 {
			t.Errorf("%s: accepted, or at the wrong place: %v", name, faults)
		}
	}
	if p := parse(t, steering, nets(network(t, 5))); p.MultiplyAdds() != 40 {
		t.Errorf("%d multiply-adds, want 40", p.MultiplyAdds())
	}
}

func TestHash(t *testing.T) {
	a := parse(t, steering, nets(network(t, 5)))
	b := parse(t, strings.ReplaceAll(steering, "  ", "    "), nets(network(t, 5)))
	other := network(t, 5)
	other.Parameters()[3]++
	c := parse(t, steering, nets(other))
	if a.Hash != b.Hash || a.Hash == c.Hash || len(a.Hash) != 64 {
		t.Errorf("hashes %s, %s, %s", a.Hash, b.Hash, c.Hash)
	}
}

// TestSnapshot plays a match twice from its middle.
func TestSnapshot(t *testing.T) {
	p := parse(t, `key seen: int = 0 in team
key steps: int = 0
tree main:
  selector:
    sequence:
      condition: is_it
      set: seen = seen + 1
      task: move_to nearest_player
    sequence:
      set: steps = steps + 1
      tree: away it_player
    random:
      weight 2:
        task: move_to random_cell
      weight 1:
        task: stay 3ticks
tree away(whom: agent):
  sequence:
    condition: it_distance < 5
    task: flee whom
`, policy.Params{})
	w := newWorld(t, 3, 200)
	var agents []*policy.Agent
	team := policy.NewTeam()
	for s := range 3 {
		a := p.NewAgent(1, games.Seat(s))
		a.Join(team)
		agents = append(agents, a)
	}
	batch := policy.NewBatch()
	step := func() {
		for s, a := range agents {
			if w.Perceive(games.Seat(s)) {
				a.Tick(w.Body(games.Seat(s)), w.Now(), batch)
			}
		}
		batch.Run()
		for s, a := range agents {
			a.Finish(w.Body(games.Seat(s)))
		}
		w.Step()
	}
	for range 80 {
		step()
	}
	world := w.Snapshot(nil)
	var states [][]byte
	for _, a := range agents {
		states = append(states, a.Snapshot(nil))
	}
	for range 80 {
		step()
	}
	want := w.Hash()
	seen, _ := agents[0].Key("seen")
	if other, _ := agents[2].Key("seen"); seen == 0 || seen != other {
		t.Errorf("the team's key is %v for one and %v for another", seen, other)
	}
	if err := w.Restore(world); err != nil {
		t.Fatal(err)
	}
	for i := range agents {
		fresh := p.NewAgent(99, games.Seat(i))
		if err := fresh.Restore(states[i]); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(fresh.Snapshot(nil), states[i]) {
			t.Error("a restored agent has another snapshot")
		}
		agents[i] = fresh
	}
	team = policy.NewTeam()
	for _, a := range agents {
		a.Join(team)
	}
	for range 80 {
		step()
	}
	if w.Hash() != want {
		t.Error("the match goes on otherwise after a restore")
	}
	if err := agents[0].Restore(states[0][:9]); err == nil {
		t.Error("a cut snapshot is accepted")
	}
}

func TestSwap(t *testing.T) {
	w := newWorld(t, 2, 200)
	p := parse(t, steering, nets(network(t, 5)))
	q := parse(t, strings.Replace(steering, "move_to", "flee", 1), nets(network(t, 5)))
	a := p.NewAgent(1, 1)
	a.SetTrace(true)
	batch := policy.NewBatch()
	for now := range 20 {
		if now == 10 {
			a.Swap(q, w.Body(1), w.Now())
		}
		w.Perceive(0)
		if w.Perceive(1) {
			if status := a.Tick(w.Body(1), w.Now(), batch); status != bt.Running || a.Trace()[0] != bt.Running {
				t.Fatalf("tick %d: %s", now, status)
			}
		}
		batch.Run()
		a.Finish(w.Body(1))
		w.Step()
	}
	if a.Policy() != q {
		t.Error("the policy was not swapped")
	}
}

// TestTickAllocatesNothing: neither trees nor networks, once a match is under
// way.
func TestTickAllocatesNothing(t *testing.T) {
	w := newWorld(t, 2, 1000)
	p := parse(t, steering, nets(network(t, 5)))
	agents := []*policy.Agent{p.NewAgent(1, 0), p.NewAgent(1, 1)}
	batch := policy.NewBatch()
	tick := func() {
		for s, a := range agents {
			w.Perceive(games.Seat(s))
			a.Tick(w.Body(games.Seat(s)), w.Now(), batch)
		}
		batch.Run()
		for s, a := range agents {
			a.Finish(w.Body(games.Seat(s)))
		}
	}
	tick()
	w.Step()
	if n := testing.AllocsPerRun(50, func() { tick() }); n != 0 {
		t.Errorf("%v allocations a tick", n)
	}
}

func TestParseReportsFaults(t *testing.T) {
	for name, source := range map[string]string{
		"expansion": "tree main:\n  tree: a\n" + chain(),
		"words":     "selector:\n  task: fly\n",
		"binary":    "\x00\x01",
		"empty":     "",
	} {
		if p, faults := policy.Parse("test", []byte(source), tag.New(), policy.Params{}); p != nil || faults.OK() {
			t.Errorf("%s: accepted", name)
		}
	}
}

// chain makes subtrees that double at each level.
func chain() string {
	var b strings.Builder
	for c := 'a'; c < 'z'; c++ {
		b.WriteString("tree " + string(c) + ":\n  selector:\n    tree: " + string(c+1) + "\n    tree: " + string(c+1) + "\n")
	}
	b.WriteString("tree z:\n  task: stay\n")
	return b.String()
}

// TestParseAgain: what was read lately is not compiled again, unless something
// that it depends on is another.
func TestParseAgain(t *testing.T) {
	first := parse(t, steering, nets(network(t, 5)))
	other := network(t, 5)
	other.Parameters()[1]++
	for name, c := range map[string]struct {
		source string
		params policy.Params
		same   bool // the program
		equal  bool // the hash
	}{
		"the same":       {steering, nets(network(t, 5)), true, true},
		"other networks": {steering, nets(other), true, false},
		"another budget": {steering, policy.Params{Net: nets(network(t, 5)).Net, Budget: policy.Budget{Nodes: 3}}, false, true},
		"another text":   {steering + "\n", nets(network(t, 5)), false, true},
	} {
		p := parse(t, c.source, c.params)
		if (p.Program == first.Program) != c.same || (p.Hash == first.Hash) != c.equal {
			t.Errorf("%s: program the same %t, hash equal %t", name, p.Program == first.Program, p.Hash == first.Hash)
		}
	}
}
