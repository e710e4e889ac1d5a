package tournament

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli/frame"
)

const hunter = `policy hunter for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    task: stay 1s
`

// canceller cancels a context when a text is written to it.
type canceller struct {
	bytes.Buffer
	at     string
	cancel func()
}

func (c *canceller) Write(p []byte) (int, error) {
	n, err := c.Buffer.Write(p)
	if strings.Contains(c.String(), c.at) {
		c.cancel()
	}
	return n, err
}

// TestTournamentInterrupted breaks a run off as Ctrl-C does, and goes on with
// it to the table of an undisturbed one.
func TestTournamentInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, source := range map[string]string{"a": hunter, "b": strings.NewReplacer("policy hunter", "policy other", "stay 1s", "move_to random_cell").Replace(hunter)} {
		if err := os.WriteFile(name+".dryad", []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := func() *runCommand {
		c := &runCommand{Game: "tag", Policies: []string{"*.dryad"}, Matches: 400}
		c.Ticks, c.Seed, c.Workers = 60, 4, 2
		return c
	}
	ctx, cancel := context.WithCancel(context.Background())
	said := &canceller{at: "round-robin: 0/400", cancel: cancel}
	var table bytes.Buffer
	c := command()
	c.Folder = "broken"
	err := c.Run(&frame.Env{Context: ctx, Stdout: &table, Stderr: said})
	var code frame.ExitCode
	if !errors.As(err, &code) || int(code) != frame.ExitInterrupted {
		t.Fatalf("error %v, want exit status %d", err, frame.ExitInterrupted)
	}
	for _, want := range []string{"stopped: interrupted; report in broken", "go on with: dryad tournament run --resume broken"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("nothing is said of %q in:\n%s", want, said.String())
		}
	}
	tables := make([]string, 2)
	for i := range tables {
		c := command()
		c.Folder = "whole"
		if i == 0 {
			c = &runCommand{RunFlags: frame.RunFlags{Resume: "broken"}}
		}
		var out, err bytes.Buffer
		if e := c.Run(&frame.Env{Context: context.Background(), Stdout: &out, Stderr: &err}); e != nil {
			t.Fatalf("%v: %s", e, err.String())
		}
		tables[i] = out.String()
	}
	if tables[0] != tables[1] || !strings.Contains(tables[0], "400 of 400") {
		t.Errorf("resumed:\n%s\nundisturbed:\n%s", tables[0], tables[1])
	}
	if _, err := os.Stat(filepath.Join("broken", "report.html")); err != nil {
		t.Error(err)
	}
}
