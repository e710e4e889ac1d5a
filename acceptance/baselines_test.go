//go:build acceptance

package acceptance_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
)

// TestBaselinesAreGraded plays the three shipped baselines against each other:
// each wins clearly against the one below it. The full measurement, 400 matches
// a pair, is in docs/results.md.
func TestBaselinesAreGraded(t *testing.T) {
	line := dryad(t, "tournament", "run", "--game", "arena", "--policies", "../examples/policies/arena/*.dryad",
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
