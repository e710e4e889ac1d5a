package solve_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// TestOpenSpiel: the command takes a game of OpenSpiel's wherever it takes one,
// and reads the strategy that it saved of it.
func TestOpenSpiel(t *testing.T) {
	python, err := filepath.Abs("../../../../.tools/openspiel/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", python)
	}
	source, err := filepath.Abs("../../../../clients/python/src")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PYTHONPATH", source)
	t.Setenv("PYTHONDONTWRITEBYTECODE", "1")
	file := filepath.Join(t.TempDir(), "kuhn.strategy")
	for _, c := range []struct {
		arguments []string
		status    int
		want      string
	}{
		{[]string{"solve", "openspiel:kuhn_poker", "--algorithm", "cfr+", "--iterations", "400", "--save", file, "--json"}, frame.ExitOK, `"game":"openspiel:kuhn_poker()","algorithm":"cfr+","iterations":400`},
		{[]string{"solve", "show", "openspiel:kuhn_poker", "--strategy", file, "--state", "0pb"}, frame.ExitOK, `player 0, "0pb":  Pass 1.0000  Bet 0.0000`},
		{[]string{"solve", "openspiel:leduc_poker(players=2", "--iterations", "1"}, frame.ExitFailed, "read openspiel:leduc_poker(players=2"},
		{[]string{"solve", "openspiel:kuhn_poker", "--cards", "3", "--iterations", "1"}, frame.ExitFailed, "--cards is a parameter of goofspiel"},
	} {
		var out bytes.Buffer
		status := cli.Main(append(c.arguments, "--python", python),
			&frame.Env{Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Getenv: func(string) string { return "" }})
		if status != c.status || !strings.Contains(out.String(), c.want) {
			t.Errorf("%q: %d, %s", c.arguments, status, &out)
		}
	}
}
