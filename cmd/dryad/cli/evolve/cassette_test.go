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
	"dryad/replay"
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
	r, err := replay.ReadFile(filepath.Join(folder, "replays", "champion-start.replay"))
	if err != nil {
		t.Fatal(err)
	}
	for topic, want := range map[string]string{replay.TopicMaker: "proposer: language model", replay.TopicChange: "replace `main", replay.TopicPrompt: "You write behaviour trees"} {
		if notes := r.NotesOf(0, topic, 0); len(notes) != 1 || !strings.Contains(notes[0].Text, want) {
			t.Errorf("of how the champion was made, the replay says %s: %v", topic, notes)
		}
		if notes := r.NotesOf(1, topic, 0); len(notes) > 0 {
			t.Errorf("the start tree was made by nobody, the replay says %s: %v", topic, notes)
		}
	}
}

// A replay may be shorter than the run that was recorded.
func TestShorterReplay(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "run")
	var out, log bytes.Buffer
	env := &frame.Env{Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &log, Getenv: os.Getenv}
	args := []string{"evolve", "tag", "--cassette", "../../../../examples/cassettes/tag.jsonl.gz", "--generations", "1", "--run", folder}
	if status := cli.Main(args, env); status != frame.ExitOK || !strings.Contains(log.String(), "finished after 1 generation") {
		t.Fatalf("exit status %d\n%s", status, log.String())
	}
}
