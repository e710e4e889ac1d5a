//go:build acceptance

package acceptance_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// dryad runs a command line and returns the last line of its standard output.
func dryad(t *testing.T, args ...string) string {
	t.Helper()
	var out, log bytes.Buffer
	env := &frame.Env{Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &log, Getenv: os.Getenv}
	if status := cli.Main(args, env); status != frame.ExitOK {
		t.Fatalf("dryad %s: exit status %d\n%s", strings.Join(args, " "), status, log.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	return lines[len(lines)-1]
}

// searched is what these tests read of evolve --json.
type searched struct {
	ChampionHash string `json:"champion_hash"`
	HeldOut      []struct {
		Opponent string  `json:"opponent"`
		Matches  int     `json:"matches"`
		CILow    float64 `json:"ci_low"`
	} `json:"held_out"`
}

// TestEvolveArena runs the main job small, with one worker and with two: the
// same champion and the same table, and the champion beats its starting tree on
// held-out maps with the 95 % interval above one half.
func TestEvolveArena(t *testing.T) {
	lines := map[string]string{}
	for _, workers := range []string{"1", "2"} {
		dir := filepath.Join(t.TempDir(), "run")
		line := dryad(t, "evolve", "arena", "--seed", "1", "--max-matches", "1500", "--held-out-pairs", "40", "--workers", workers, "--run", dir, "--json")
		lines[workers] = strings.ReplaceAll(line, dir, "RUN")
	}
	if lines["1"] != lines["2"] {
		t.Errorf("with one worker\n%s\nwith two\n%s", lines["1"], lines["2"])
	}
	var s searched
	if err := json.Unmarshal([]byte(lines["1"]), &s); err != nil {
		t.Fatal(err)
	}
	if len(s.HeldOut) != 5 || s.HeldOut[0].Opponent != "start" || s.HeldOut[0].CILow <= 0.5 {
		t.Errorf("the table is %+v", s.HeldOut)
	}
	t.Logf("champion %.12s, interval against the start from %.3f", s.ChampionHash, s.HeldOut[0].CILow)
}
