package calibrate_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"dryad/catalog"
	"dryad/evolve/calibrate"
	"dryad/llm"
)

// Every fault is a sound policy, and another one than the policy without it.
func TestFaults(t *testing.T) {
	faults, err := calibrate.Faults()
	if err != nil {
		t.Fatal(err)
	}
	if len(faults) < 14 {
		t.Errorf("%d faults", len(faults))
	}
	row, err := catalog.Find(calibrate.Game)
	if err != nil {
		t.Fatal(err)
	}
	checker := row.Checker(catalog.Networks{})
	seen := map[string]bool{}
	for _, f := range faults {
		without, wrong := checker.Parse("without", f.Without)
		with, faulty := checker.Parse("with", f.With)
		if without == nil || with == nil {
			t.Errorf("%s: %v %v", f.Name, wrong, faulty)
			continue
		}
		if with.Hash == without.Hash || seen[with.Hash] {
			t.Errorf("%s changes nothing, or what another does", f.Name)
		}
		seen[with.Hash] = true
	}
}

// judge is a critic that knows the answer, by the points that it is told of; it
// sees that no name tells a faulty policy.
type judge struct {
	mutex sync.Mutex
	calls []llm.Call
	blind func(points string) string
}

func (*judge) Name() string { return "judge" }

func (j *judge) Complete(_ context.Context, r llm.Request) (llm.Response, error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.calls = append(j.calls, r.Call)
	text := r.Messages[len(r.Messages)-1].Text
	for _, word := range []string{"judged", "faulty", "opponent"} {
		if strings.Contains(text, word) {
			return llm.Response{}, &llm.ProviderError{Permanent: true, Text: "the question has the word " + word}
		}
	}
	_, points, found := strings.Cut(text, "from seat 0 on: ")
	if !found || len(r.Messages[len(r.Messages)-1].Images) == 0 {
		return llm.Response{}, &llm.ProviderError{Permanent: true, Text: "the question tells no points or shows nothing"}
	}
	points, _, _ = strings.Cut(points, ",")
	return llm.Response{Text: fmt.Sprintf(`{"analysis":"a","justification":"j","rating":%s}`, j.blind(points))}, nil
}

func TestRun(t *testing.T) {
	faults, err := calibrate.Faults()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(faults, func(f calibrate.Fault) bool { return f.Name == "never fires" })
	run := func(ticks int, rate func(points string) string) *calibrate.Result {
		t.Helper()
		result, err := calibrate.Run(t.Context(), calibrate.Params{Faults: faults[at : at+1], Critic: &judge{blind: rate}, Seed: 3, Ticks: ticks})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	result := run(0, func(points string) string {
		if points == "0" {
			return "1"
		}
		return "4"
	})
	if p := result.Pairs[0]; p.PointsWith != 0 || p.PointsWithout <= 0 || p.Verdict != calibrate.Lower || result.Lower != 1 || result.Of != 1 || result.Coin != 0.5 {
		t.Errorf("%+v", result)
	}
	if result := run(70, func(string) string { return "3" }); result.Lower != 0.5 || result.Coin != 1 || result.Pairs[0].Verdict != calibrate.Equal {
		t.Errorf("a critic that always says 3: %+v", result)
	}
	if result := run(70, func(string) string { return `"cannot be told"` }); result.Pairs[0].Verdict != calibrate.NotTold {
		t.Errorf("a critic that sees nothing: %+v", result)
	}
}
