//go:build acceptance

package acceptance_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
)

// baseline is the file of a shipped policy for the arena.
func baseline(name string) string { return "../examples/policies/arena/" + name + ".dryad" }

// TestBaselinesAreGraded plays the three baselines against each other:
// each wins clearly against the one below it in deathmatch, alone and in teams. The
// measurement over all modes is in docs/arena.md.
func TestBaselinesAreGraded(t *testing.T) {
	line := dryad(t, "tournament", "run", "--game", "arena", "--policies", baseline("rookie"), "--policies", baseline("veteran"), "--policies", baseline("expert"),
		"--matches", "360", "--seed", "5", "--run", filepath.Join(t.TempDir(), "run"), "--json")
	var result struct {
		Pairs []struct {
			Policy   string  `json:"policy"`
			Opponent string  `json:"opponent"`
			WinRate  float64 `json:"win_rate"`
		} `json:"pairs"`
	}
	if err := json.Unmarshal([]byte(line), &result); err != nil {
		t.Fatalf("%v in %s", err, line)
	}
	rates := map[string]float64{}
	for _, p := range result.Pairs {
		rates[p.Policy+" "+p.Opponent] = p.WinRate
		rates[p.Opponent+" "+p.Policy] = 1 - p.WinRate
	}
	for _, pair := range []string{"veteran rookie", "expert veteran"} {
		t.Logf("%s: %.3f", pair, rates[pair])
		if rates[pair] < 0.7 {
			t.Errorf("%s: win rate %.3f, want at least 0.7", pair, rates[pair])
		}
	}
}
