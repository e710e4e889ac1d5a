package evolve_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"dryad/evolve"
	"dryad/games"
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
