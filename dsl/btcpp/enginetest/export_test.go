package enginetest_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"dryad/dsl"
	"dryad/dsl/btcpp"
)

// drawn returns a random policy that passes the checks.
func drawn(t *testing.T, r *rand.Rand, clock bool) (string, *dsl.File) {
	t.Helper()
	w := &policyWriter{r: r, clock: clock}
	text := w.policy()
	file, faults := dsl.Parse("drawn", text)
	if !faults.OK() {
		t.Fatalf("%v\n%s", faults, text)
	}
	return text, file
}

// TestExportedTreesRunAsInTheEngine: random policies run here and, exported, in
// BehaviorTree.CPP's engine.
func TestExportedTreesRunAsInTheEngine(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 20))
	var all []engineCase
	var texts []string
	var warned []bool
	for range *cases {
		text, file := drawn(t, r, false)
		xml, faults := btcpp.Export(file, newStage(nil, nil).Vocabulary())
		if !faults.OK() {
			t.Errorf("%v\n%s", faults, text)
			continue
		}
		all, texts, warned = append(all, caseOf(r, string(xml), "main")), append(texts, text), append(warned, len(faults) > 0)
	}
	plain, same := 0, 0
	for i, a := range engine(t, all) {
		if a.Error != "" {
			t.Errorf("the engine refuses tree %d: %s\n%s\n%s", i, a.Error, texts[i], all[i].XML)
			continue
		}
		statuses, calls, err := newStage(all[i].Answers, all[i].Numbers).run(texts[i], all[i].Ticks)
		if err != nil {
			t.Fatal(err, texts[i])
		}
		problem := differ(a, statuses, calls)
		switch {
		case warned[i] && problem == "":
			same++
		case !warned[i]:
			plain++
			if problem != "" {
				t.Errorf("tree %d: %s\n%s\n%s", i, problem, texts[i], all[i].XML)
			}
		}
	}
	t.Logf("of %d policies %d are exported without a warning; of the %d with one %d run the same", len(all), plain, len(all)-plain, same)
}

// TestThereAndBack: a policy that becomes XML and a policy again runs as
// before, tick by tick.
func TestThereAndBack(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 15))
	for i := range *cases {
		text, file := drawn(t, r, true)
		game := newStage(nil, nil).Vocabulary()
		xml, faults := btcpp.Export(file, game)
		if !faults.OK() {
			t.Fatalf("policy %d: %v\n%s", i, faults, text)
		}
		back, _, faults := btcpp.Import("back", xml, btcpp.Params{Game: game})
		if !faults.OK() {
			t.Fatalf("policy %d: %v\n%s\n%s", i, faults, text, xml)
		}
		answers, numbers := script(r)
		one, called, err := newStage(answers, numbers).run(text, 24)
		if err != nil {
			t.Fatal(err, text)
		}
		two, asked, err := newStage(answers, numbers).run(dsl.Format(back), 24)
		if err != nil {
			t.Fatal(err, dsl.Format(back))
		}
		if fmt.Sprint(one, called) != fmt.Sprint(two, asked) {
			t.Fatalf("policy %d\n%v %v\n%v %v\n%s\n%s\n%s", i, one, called, two, asked, text, xml, dsl.Format(back))
		}
	}
}
