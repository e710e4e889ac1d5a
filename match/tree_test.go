package match_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/nn"
	"dryad/policy"
)

const hunterSource = `
policy hunter for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    sequence escape:
      condition: it_distance < 6
      task: flee it_player
    random wander:
      task: move_to random_cell
      task: stay 0.7s
`

const sleeperSource = `
policy sleeper for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    task: stay 2s
`

const steeredSource = `
policy steered for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    net: steer it_player
`

// tree parses a policy that must be legal.
func tree(t *testing.T, source string) *policy.Policy {
	t.Helper()
	p, faults := policy.Parse("test.dryad", []byte(source), tag.New(), policy.Params{Net: network})
	if p == nil {
		t.Fatalf("the test's policy has faults: %v", faults)
	}
	return p
}

// network is a small network with fixed weights.
func network(string) (*nn.Network, error) {
	return nn.New(nn.Architecture{Input: nn.Vector(8), Layers: []nn.Layer{nn.Dense(6), nn.ReLU(), nn.Dense(5)}}, 3)
}

func trees(t *testing.T, sources ...string) match.Params {
	p := params()
	p.Config.Seats = len(sources)
	for _, s := range sources {
		p.Entrants = append(p.Entrants, match.Tree(tree(t, s)))
	}
	return p
}

func TestTreesReplay(t *testing.T) {
	p := trees(t, hunterSource, steeredSource, hunterSource)
	p.Profile = true
	o := run(t, p)
	if len(o.Forfeits) > 0 || len(o.Events) == 0 {
		t.Fatalf("forfeits %v, %d events", o.Forfeits, len(o.Events))
	}
	v, err := match.Verify(context.Background(), match.PlaybackParams{Game: tag.New(), Replay: o.Replay,
		Resolve: match.Resolver(tag.New(), policy.Params{Net: network})})
	if err != nil || !v.Thought[0] || !v.Thought[1] || v.StateHash != o.Hash {
		t.Errorf("%+v, %v", v, err)
	}
	p.Profile = false
	if plain := run(t, p); plain.Hash != o.Hash {
		t.Error("profiling changes the match")
	}
	_, err = match.Verify(context.Background(), match.PlaybackParams{Game: tag.New(), Replay: o.Replay,
		Resolve: match.Resolver(tag.New(), policy.Params{Net: func(string) (*nn.Network, error) {
			return nn.New(nn.Architecture{Input: nn.Vector(8), Layers: []nn.Layer{nn.Dense(5)}}, 3)
		}})})
	if err == nil || !strings.Contains(err.Error(), "networks") {
		t.Errorf("with another network: %v", err)
	}
}

func TestProfileOfTrees(t *testing.T) {
	p := trees(t, hunterSource, sleeperSource)
	p.Profile = true
	o := run(t, p)
	profile := o.Profiles[0]
	if profile.Policy != "hunter" || profile.Ticks == 0 || profile.Nodes[0].Visits != profile.Ticks || profile.Nodes[0].Depth != 0 {
		t.Fatalf("%+v", profile)
	}
	seen := map[string]match.NodeProfile{}
	for i, n := range profile.Nodes {
		seen[n.Text] = n
		if n.Visits != n.Successes+n.Failures+n.Running || profile.Share(i) > 1 {
			t.Errorf("node %+v", n)
		}
	}
	hunt, ok := seen["condition: is_it"]
	if !ok || hunt.Visits == 0 || hunt.Failures == 0 || hunt.Line != 7 || !strings.Contains(hunt.Path, "hunt") {
		t.Errorf("the condition of hunt: %+v in %v", hunt, profile.Nodes)
	}
	never := run(t, func() match.Params {
		p := trees(t, "policy p for tag\n\ntree main:\n  selector:\n    task: stay 100s\n    sequence never:\n      condition: is_it\n      task: move_to nearest_player\n", sleeperSource)
		p.Profile = true
		return p
	}()).Profiles[0]
	if u := never.Unreached(); len(u) != 1 || !strings.Contains(never.Nodes[u[0]].Path, "never") {
		t.Errorf("unreached %v of %+v", u, never.Nodes)
	}
}

func TestHotSwapOfTrees(t *testing.T) {
	edited := strings.Replace(hunterSource, "it_distance < 6", "it_distance < 9", 1)
	m, err := match.New(trees(t, hunterSource, sleeperSource))
	if err != nil {
		t.Fatal(err)
	}
	for m.Now() < 70 {
		m.Step()
	}
	before := m.Player(0).(*match.TreePlayer).Agent()
	if err := m.Replace(0, match.Tree(tree(t, edited))); err != nil {
		t.Fatal(err)
	}
	player := m.Player(0).(*match.TreePlayer)
	if player.Agent() != before || player.Agent().Policy().Hash != tree(t, edited).Hash {
		t.Error("the agent did not go on with the new policy")
	}
	o, err := m.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b, err := match.NewPlayback(match.PlaybackParams{Game: tag.New(), Replay: o.Replay, KeyEvery: 30,
		Resolve: match.Resolver(tag.New(), policy.Params{})})
	if err != nil {
		t.Fatal(err)
	}
	for _, tick := range []int{200, 69, 70, 71, 199, 10, 150} {
		if err := b.Seek(context.Background(), tick); err != nil {
			t.Fatal(err)
		}
	}
	for s := range games.Seat(2) {
		if at, diverged := b.Diverged(s); diverged {
			t.Errorf("seat %d diverges at %d", s, at)
		}
	}
	fork, err := b.Fork(context.Background(), 120, 1, match.Tree(tree(t, hunterSource)))
	if err != nil {
		t.Fatal(err)
	}
	forked, err := fork.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if forked.Names[1] != "hunter" || len(forked.Replay.Swaps) != 2 || forked.Hash == o.Hash {
		t.Errorf("fork: %v, %+v", forked.Names, forked.Replay.Swaps)
	}
	if _, err := match.Verify(context.Background(), match.PlaybackParams{Game: tag.New(), Replay: forked.Replay, Resolve: match.Resolver(tag.New(), policy.Params{})}); err != nil {
		t.Errorf("the fork's replay: %v", err)
	}
}

func TestStalledTreeForfeits(t *testing.T) {
	p := params()
	p.Config.Ticks = 300
	small, faults := policy.Parse("small", []byte(hunterSource), tag.New(), policy.Params{Budget: policy.Budget{Nodes: 2}})
	if small == nil {
		t.Fatal(faults)
	}
	p.Entrants = []match.Entrant{match.Tree(small), match.Tree(tree(t, sleeperSource))}
	o := run(t, p)
	if len(o.Forfeits) != 1 || o.Forfeits[0].Seat != 0 || o.Forfeits[0].Class != match.ClassAgent || !strings.Contains(o.Forfeits[0].Text, "stalled") {
		t.Errorf("%+v", o.Forfeits)
	}
	if o.Result.Scores[0] != 0 || o.Result.Scores[1] != 1 || o.Counters[0].Overruns <= 100 || o.Counters[1].Overruns != 0 {
		t.Errorf("%+v, %+v", o.Result, o.Counters)
	}
}

// TestLuaWithoutEndForfeits: the seat of a script that uses up its budget is
// lost at once, and the match goes on.
func TestLuaWithoutEndForfeits(t *testing.T) {
	p := params()
	p.Config.Ticks = 300
	endless, faults := policy.Parse("endless", []byte("tree main:\n  lua: spin\n"), tag.New(), policy.Params{Script: []byte("function spin() while true do end end")})
	if endless == nil {
		t.Fatal(faults)
	}
	p.Entrants = []match.Entrant{match.Tree(endless), match.Tree(tree(t, sleeperSource))}
	o := run(t, p)
	if len(o.Forfeits) != 1 || o.Forfeits[0].Seat != 0 || o.Forfeits[0].Tick != 0 || o.Forfeits[0].Class != match.ClassAgent || !strings.Contains(o.Forfeits[0].Text, "used up its instructions") {
		t.Errorf("%+v", o.Forfeits)
	}
	if o.Result.Scores[1] != 1 {
		t.Errorf("%+v", o.Result)
	}
}

func TestSnapshotOfTrees(t *testing.T) {
	whole := run(t, trees(t, hunterSource, steeredSource))
	m, err := match.New(trees(t, hunterSource, steeredSource))
	if err != nil {
		t.Fatal(err)
	}
	for m.Now() < 111 {
		m.Step()
	}
	s, err := m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	for m.Step() {
	}
	if err := m.Restore(s); err != nil {
		t.Fatal(err)
	}
	o, err := m.Finish(context.Background())
	if err != nil || !bytes.Equal(encode(t, o.Replay), encode(t, whole.Replay)) {
		t.Errorf("the match goes on otherwise, %v", err)
	}
	if m.Player(0).(*match.TreePlayer).Status() == bt.Idle && m.Player(1).(*match.TreePlayer).Status() == bt.Idle {
		t.Error("neither tree has ticked in the last tick")
	}
}
