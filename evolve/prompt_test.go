package evolve_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/evolve"
	"dryad/games"
	"dryad/job"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; look at it and run go test ./evolve -update\n%s", name, got)
	}
}

// TestPromptGolden: what the author of a later generation is asked, and that
// all questions of a run begin with the same bytes.
func TestPromptGolden(t *testing.T) {
	for _, search := range []string{evolve.SearchGenetic, evolve.SearchLocal} {
		s := &script{}
		p := modelParams(s)
		p.Search, p.Generations, p.Candidates = search, 3, 4
		p.Training = []games.Config{{Map: "generated:1", Mode: "chase", Seats: 2}, {Map: "generated:2", Mode: "chase", Seats: 4}}
		if _, err := evolve.Run(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		var asked string
		for _, q := range s.asked {
			if q.Messages[0].Text != s.asked[0].Messages[0].Text {
				t.Errorf("the constant part of %v differs", q.Call)
			}
			if q.Call.Generation == 3 && q.Call.Slot == 1 && q.Call.Attempt == 0 {
				asked = q.Messages[1].Text
			}
		}
		golden(t, "prompt-"+search+".golden", asked)
	}
}

// TestTried: a tree that was proposed twice is told once and marked, and many
// candidates make a bounded list, the last generation first.
func TestTried(t *testing.T) {
	s := &script{same: true}
	if _, err := evolve.Run(t.Context(), modelParams(s)); err != nil {
		t.Fatal(err)
	}
	last := s.asked[len(s.asked)-1].Messages[1].Text
	if n := strings.Count(last, "PROPOSED 3 TIMES"); n != 1 {
		t.Errorf("marked %d times:\n%s", n, last)
	}

	s = &script{}
	p := modelParams(s)
	p.Generations, p.Candidates, p.Budget = 16, 4, job.NewBudget(0, 0)
	if _, err := evolve.Run(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	for _, q := range s.asked {
		if q.Call.Generation < 16 || q.Call.Attempt > 0 {
			continue
		}
		_, list, _ := strings.Cut(q.Messages[1].Text, "All that was tried")
		if n := strings.Count(list, "\n> - "); n != 41 || !strings.Contains(list, "\n> - 20 more candidates are left out here\n") {
			t.Errorf("%d entries:\n%s", n, list)
		}
		if at := strings.Index(list, "\n> - "); !strings.Contains(list[at:at+25], " 15.0: ") {
			t.Errorf("the list begins with %q", list[at:at+25])
		}
	}
}
