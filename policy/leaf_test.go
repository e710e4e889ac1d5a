package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/policy"
)

// run parses a policy for a stage and returns what ticks it.
func run(t *testing.T, s *stage, source string) (agent *policy.Agent, tick func() bt.Status) {
	t.Helper()
	p, faults := policy.Parse("test", []byte(source), s, policy.Params{})
	if p == nil {
		t.Fatal(faults.Err())
	}
	agent = p.NewAgent(5, 0)
	batch, now := policy.NewBatch(), 0
	return agent, func() bt.Status {
		s.log = nil
		status := agent.Tick(s, now, batch)
		batch.Run()
		agent.Finish(s)
		now++
		return status
	}
}

func TestArguments(t *testing.T) {
	s := newStage()
	s.answers[0] = bt.Running
	_, tick := run(t, s, "tree main:\n  task: a1 someone (f2 * 2)\n")
	s.numbers[1] = 4
	tick()
	first := s.log[0]
	if !strings.HasPrefix(first, "a1 starts ") || !strings.HasSuffix(first, " 0/8") {
		t.Fatalf("started as %q", first)
	}
	s.numbers[1] = 5
	for range 3 { // the target and the number are kept while it runs
		tick()
		if want := strings.Replace(first, " starts", "", 1); !slices.Equal(s.log, []string{want}) {
			t.Fatalf("went on as %q, want %q", s.log, want)
		}
	}
	s.answers[0] = bt.Success
	tick()
	tick()
	if s.log[0] == first || !strings.HasSuffix(s.log[0], " 0/10") {
		t.Fatalf("a new activation draws and computes anew: %q after %q", s.log[0], first)
	}
}

func TestLeftOutArguments(t *testing.T) {
	s := newStage()
	s.answers[0] = bt.Success
	_, tick := run(t, s, "tree main:\n  task: a1 much=3\n")
	tick()
	if !slices.Equal(s.log, []string{"a1 starts 0/3"}) {
		t.Errorf("%q", s.log)
	}
}

func TestNoneToChoose(t *testing.T) {
	s := newStage()
	s.answers[0], s.answers[1] = bt.Success, bt.Success
	for _, source := range []string{
		"tree main:\n  selector:\n    task: a1 someone\n    task: a2\n",
		"tree main:\n  selector:\n    tree: call someone\n    task: a2\ntree call(whom: agent):\n  task: a1 whom\n",
	} {
		_, tick := run(t, s, source)
		s.none = true
		if status := tick(); status != bt.Success || !slices.Equal(s.log, []string{"a2 starts"}) {
			t.Errorf("%s, %q", status, s.log)
		}
		s.none = false
		if tick(); len(s.log) != 1 || !strings.HasPrefix(s.log[0], "a1 starts ") {
			t.Errorf("%q", s.log)
		}
	}
}

// TestCallArguments: what is passed to a tree is bound when the call starts,
// targets included, and handed on through two calls.
func TestCallArguments(t *testing.T) {
	s := newStage()
	s.answers[0] = bt.Running
	_, tick := run(t, s, `tree main:
  tree: outer someone (f2 + 1)
tree outer(whom: agent, much: number):
  tree: inner whom (much * 10)
tree inner(whom: agent, much: number = 5):
  sequence:
    condition: much < 100
    task: a1 whom (much)
`)
	s.numbers[1] = 2
	tick()
	first := s.log[0]
	if !strings.HasSuffix(first, "/30") && !strings.Contains(first, "/0 0/30") {
		t.Fatalf("%q", first)
	}
	s.numbers[1] = 90
	tick()
	if want := strings.Replace(first, " starts", "", 1); s.log[0] != want {
		t.Errorf("%q, want %q", s.log[0], want)
	}
	s.answers[0] = bt.Success
	tick()
	if status := tick(); status != bt.Failure || len(s.log) != 0 {
		t.Errorf("%s, %q: the new activation binds anew", status, s.log)
	}
}

func TestDefaultOfTreeParameter(t *testing.T) {
	s := newStage()
	s.answers[0] = bt.Success
	_, tick := run(t, s, "tree main:\n  tree: inner\ntree inner(much: number = 5, whom: agent = someone):\n  task: a1 whom (much)\n")
	tick()
	if !strings.HasSuffix(s.log[0], "/0 0/5") {
		t.Errorf("%q", s.log)
	}
}

// TestKeyScopes: a tree key begins anew with the tree, an agent key does not.
func TestKeyScopes(t *testing.T) {
	s := newStage()
	s.answers[1] = bt.Success
	agent, tick := run(t, s, `key mine: int = 0
key its: int = 10 in tree
tree main:
  selector:
    sequence:
      condition: f1 > 0
      task: a2
    tree: count
tree count:
  repeat 3:
    sequence:
      set: mine = mine + 1
      set: its = its + 1
      task: a1 much=(its)
`)
	s.answers[0] = bt.Success
	var got []string
	for i := range 6 {
		s.numbers[0] = 0
		if i == 1 { // the tree is left after its first attempt
			s.numbers[0] = 1
		}
		tick()
		got = append(got, s.log...)
	}
	want := []string{"a1 starts 0/11", "a2 starts", "a1 starts 0/11", "a1 starts 0/12", "a1 starts 0/13", "a1 starts 0/11"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if v, _ := agent.Key("mine"); v != 5 {
		t.Errorf("the agent's key is %v, want 5", v)
	}
}

// TestChannels: the first claim in the order of the tree wins, and what fails
// or is halted loses its own.
func TestChannels(t *testing.T) {
	for answers, want := range map[string]bool{"RR": true, "SR": true, "RF": false, "FR": false} {
		s := newStage()
		s.answers[0], s.answers[1] = letters[answers[:1]], letters[answers[1:]]
		_, tick := run(t, s, "tree main:\n  parallel:\n    task: a1\n    task: a2\n")
		tick()
		if got := s.claimed == 1; got != want {
			t.Errorf("%s: the channel is committed: %t", answers, got)
		}
	}
}

// TestBudget: a tick over the budget fails, is counted, and commits nothing.
func TestBudget(t *testing.T) {
	s := newStage()
	s.answers[0] = bt.Running
	p, faults := policy.Parse("test", []byte("tree main:\n  parallel:\n    task: a1\n    condition: f1 < 3\n"), s,
		policy.Params{Budget: policy.Budget{Nodes: 2}})
	if p == nil {
		t.Fatal(faults.Err())
	}
	a := p.NewAgent(1, 0)
	batch := policy.NewBatch()
	status := a.Tick(s, 0, batch)
	batch.Run()
	a.Finish(s)
	if status != bt.Failure || s.claimed != 0 || a.Counters().Overruns != 1 || !slices.Equal(s.log, []string{"a1 starts", "halt a1"}) {
		t.Errorf("%s, claimed %d, %+v, %q", status, s.claimed, a.Counters(), s.log)
	}
}

// TestTeamKeysAreSeenNextTick, by the writer too; the highest seat counts.
func TestTeamKeysAreSeenNextTick(t *testing.T) {
	s := newStage()
	s.answers[0] = bt.Success
	p, faults := policy.Parse("test", []byte(`key shared: int = 0 in team
tree main:
  sequence:
    set: shared = shared + f1
    task: a1 much=(shared)
`), s, policy.Params{})
	if p == nil {
		t.Fatal(faults.Err())
	}
	team := policy.NewTeam()
	var agents []*policy.Agent
	for seat := range games.Seat(2) {
		agents = append(agents, p.NewAgent(1, seat))
	}
	for _, a := range agents {
		a.Join(team)
	}
	batch := policy.NewBatch()
	for now, want := range []string{"0/0 0/0", "0/1 0/1", "0/2 0/2"} {
		s.log = nil
		s.numbers[0] = 1
		for _, a := range agents {
			a.Tick(s, now, batch)
		}
		batch.Run()
		for _, a := range agents {
			a.Finish(s)
		}
		if got := strings.ReplaceAll(strings.Join(s.log, " "), "a1 starts ", ""); got != want {
			t.Errorf("tick %d: %s, want %s", now, got, want)
		}
	}
}

func ExampleAgent_SetTrace() {
	s := newStage()
	p, _ := policy.Parse("test", []byte("selector:\n  condition: g1\n  wait: 2s\n"), s, policy.Params{})
	a := p.NewAgent(1, 0)
	a.SetTrace(true)
	a.Tick(s, 0, policy.NewBatch())
	for i, status := range a.Trace() {
		fmt.Println(p.Program.Node(i).Path, status)
	}
	// Output:
	// main/selector: running
	// main/selector:/condition: g1 failure
	// main/selector:/wait: 2s running
}
