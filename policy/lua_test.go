package policy_test

import (
	"slices"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/dsl"
	"dryad/policy"
)

const scripted = `key seen: int = 0
key shared: int = 0 in team
tree main:
  selector:
    tree: hunt someone
    task: a4
tree hunt(whom: agent):
  lua: hunt whom (f1 * 2)
`

func runLua(t *testing.T, s *stage, source, script string) (*policy.Agent, func() bt.Status) {
	t.Helper()
	p, faults := policy.Parse("test", []byte(source), s, policy.Params{Script: []byte(script)})
	if p == nil {
		t.Fatal(faults.Err())
	}
	agent := p.NewAgent(5, 0)
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

func TestLuaLeaf(t *testing.T) {
	s := newStage()
	s.numbers[0] = 4
	for i := range s.answers {
		s.answers[i] = bt.Running
	}
	agent, tick := runLua(t, s, scripted, `
function hunt(self, see, keys, whom, much)
	self[1] = self[1] + 1
	keys.seen = keys.seen + see.f1
	keys.shared = 9
	if self.ended[1] == "success" then return "success" end
	if self[1] == 3 then return "running", {"a2"} end
	return "running", {"a1", whom, much}
end`)
	tick()
	first := s.log[0]
	if !strings.HasPrefix(first, "a1 starts ") || !strings.HasSuffix(first, "/0 0/8") || s.claimed != 1 {
		t.Fatalf("%q, claimed %d", s.log, s.claimed)
	}
	s.numbers[0] = 5 // arguments are kept, features are not
	tick()
	if want := []string{strings.Replace(first, " starts", "", 1)}; !slices.Equal(s.log, want) {
		t.Fatalf("%q, want %q", s.log, want)
	}
	snapshot := agent.Snapshot(nil)
	for range 2 { // the same twice: what the function knows is in the snapshot
		tick()
		if want := []string{"halt a1", "a2 starts"}; !slices.Equal(s.log, want) {
			t.Fatalf("%q, want %q", s.log, want)
		}
		if v, _ := agent.Key("seen"); v != 14 {
			t.Errorf("the key is %v, want 14", v)
		}
		if err := agent.Restore(snapshot); err != nil {
			t.Fatal(err)
		}
	}
	tick()
	s.answers[0] = bt.Success
	tick()
	if status := tick(); status != bt.Success || agent.Counters().LuaFaults != 0 {
		t.Errorf("%s, %+v, %v", status, agent.Counters(), agent.LuaFault())
	}
	if v, _ := agent.Key("shared"); v != 0 {
		t.Errorf("a team key is seen before the team has it: %v", v)
	}
}

// TestLuaFaults: a function that breaks a rule fails its leaf, is counted, and
// the tree goes on.
func TestLuaFaults(t *testing.T) {
	for name, body := range map[string]string{
		"loop":     `while true do end`,
		"error":    `error("x")`,
		"status":   `return 3`,
		"task":     `return "running", {"fly"}`,
		"argument": `return "running", {"a1", "nobody"}`,
		"number":   `return "running", {"a1", 3}`,
		"many":     `return "running", {"a1", whom, 1, 2}`,
	} {
		s := newStage()
		s.answers[0], s.answers[3] = bt.Running, bt.Success
		agent, tick := runLua(t, s, scripted, "function hunt(self, see, keys, whom, much) keys.seen = 1 "+body+" end")
		status := tick()
		if status != bt.Success || !slices.Equal(s.log, []string{"a4 starts"}) || agent.Counters().LuaFaults != 1 || agent.LuaFault() == nil {
			t.Errorf("%s: %s, %q, %+v, %v", name, status, s.log, agent.Counters(), agent.LuaFault())
		}
		if s.claimed != 1 {
			t.Errorf("%s: claimed %d", name, s.claimed)
		}
	}
}

func TestLuaIsChecked(t *testing.T) {
	for name, script := range map[string]string{
		"no script":   "",
		"no function": "function other() end",
		"bad script":  "function hunt(",
	} {
		params := policy.Params{}
		if script != "" {
			params.Script = []byte(script)
		}
		p, faults := policy.Parse("test", []byte(scripted), newStage(), params)
		if p != nil || faults.OK() || !slices.ContainsFunc(faults, func(d dsl.Diagnostic) bool { return d.Range.Start.Line == 8 }) {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

// TestLuaHalt: what a function commanded is halted with its leaf.
func TestLuaHalt(t *testing.T) {
	s := newStage()
	for i := range s.answers {
		s.answers[i] = bt.Running
	}
	agent, tick := runLua(t, s, "tree main:\n  lua: both\n", `function both() return "running", {"a1"}, {"a2"} end`)
	tick()
	if !slices.Equal(s.log, []string{"a1 starts", "a2 starts"}) {
		t.Fatalf("%q", s.log)
	}
	s.log = nil
	agent.Halt(s, 1)
	if !slices.Equal(s.log, []string{"halt a2", "halt a1"}) {
		t.Errorf("%q", s.log)
	}
}
