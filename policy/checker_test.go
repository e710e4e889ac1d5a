package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/games/tag"
	"dryad/policy"
)

// TestRunnable: an author is told of a neural task only when there is a network
// for it, and a tree that uses another is faulty however it is judged.
func TestRunnable(t *testing.T) {
	const tree = "policy p for tag\n\ntree main:\n  net: steer it_player\n"
	without := policy.NewChecker(tag.New(), policy.Params{})
	if n := len(without.Runnable().Nets); n != 0 {
		t.Errorf("%d neural tasks without a network", n)
	}
	if len(without.Vocabulary().Nets) != 1 || len(without.Runnable().Tasks) != len(without.Vocabulary().Tasks) {
		t.Error("more was left out than the neural task")
	}
	if faults := without.Faults(tree); len(faults) != 1 || !strings.Contains(faults[0], "has no network") || !strings.Contains(faults[0], "net: steer") {
		t.Errorf("faults %q", faults)
	}
	with := policy.NewChecker(tag.New(), nets(network(t, 5)))
	if with.Runnable() != with.Vocabulary() {
		t.Error("a word that can run was left out")
	}
	if faults := with.Faults(tree); faults != nil {
		t.Errorf("faults %q", faults)
	}
	narrow := policy.Params{Net: nets(network(t, 5)).Net, Budget: policy.Budget{MultiplyAdds: 1}}
	if n := len(policy.NewChecker(tag.New(), narrow).Runnable().Nets); n != 0 {
		t.Error("a network that costs more than the budget is left in")
	}
}

// TestOneJudge: a text, the tree that was read from it and the policy have the
// same faults.
func TestOneJudge(t *testing.T) {
	checker := policy.NewChecker(tag.New(), policy.Params{Budget: policy.Budget{LuaSteps: 100}})
	for _, source := range []string{
		chaser,
		steering,
		"tree main:\n  task: fly\n",
		"tree main:\n  selektor:\n    task: stay\n",
		"tree main:\n  lua: clever\n",
		"tree other:\n  task: stay\n",
		"tree main:\n  sequence:\n    condition: is_it\n",
	} {
		p, want := checker.Parse("p", source)
		file, got := checker.Source("p", source)
		if fmt.Sprint(got) != fmt.Sprint(want) || (p == nil) == got.OK() {
			t.Errorf("%s\nSource finds %v, Parse %v", source, got, want)
		}
		if _, form := dsl.Parse("p", source); len(form) > 0 {
			continue // not all of it is in the tree
		}
		if got := checker.Check(file); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s\nCheck finds %v, Parse %v", source, got, want)
		}
	}
}

// TestWithScript: the functions beside a policy belong to its judge.
func TestWithScript(t *testing.T) {
	const tree = "tree main:\n  lua: rest\n"
	bare := policy.NewChecker(tag.New(), policy.Params{})
	scripted := bare.WithScript([]byte("function rest() return true end"))
	if p, _ := bare.Parse("p", tree); p != nil {
		t.Error("a function that nobody defines is called")
	}
	p, faults := scripted.Parse("p", tree)
	if p == nil {
		t.Fatal(faults)
	}
	if s, err := scripted.Script(); err != nil || len(s.Functions()) != 1 {
		t.Errorf("script %v, %v", s, err)
	}
	if s, err := bare.Script(); s != nil || err != nil {
		t.Errorf("script %v, %v", s, err)
	}
}

func ExampleChecker() {
	checker := policy.NewChecker(tag.New(), policy.Params{})
	_, faults := checker.Parse("runner", "tree main:\n  task: run_away it_player\n")
	fmt.Println(faults.OK(), len(checker.Runnable().Nets))
	fmt.Println(faults[0].Summary)
	// Output:
	// false 0
	// there is no task "run_away"
}
