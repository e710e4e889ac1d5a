package evolve_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve/session"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The shipped cassette of tag replays its run with no call to a model, to the
// champion and the table that are kept here.
func TestShippedCassette(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "run")
	var out, log bytes.Buffer
	env := &frame.Env{Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &log, Getenv: os.Getenv}
	args := []string{"evolve", "tag", "--cassette", "../../../../examples/cassettes/tag.jsonl.gz", "--run", folder}
	if status := cli.Main(args, env); status != frame.ExitOK {
		t.Fatalf("exit status %d\n%s", status, log.String())
	}
	table, _, _ := strings.Cut(out.String(), "\nchampion  ")
	got := table + "\n" + read(t, filepath.Join(folder, session.ChampionFile))
	const golden = "testdata/cassette-tag.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want := read(t, golden); got != want {
		t.Errorf("the run ended otherwise; look at it and run go test -update\n%s", got)
	}
	if report := read(t, filepath.Join(folder, session.ReportFile)); !strings.Contains(report, "large-language-model") {
		t.Error("the report does not name the model that was recorded")
	}
}
