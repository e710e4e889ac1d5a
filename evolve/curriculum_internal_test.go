package evolve

import (
	"testing"

	"dryad/games"
)

// TestCurriculum: pairs go to the games on which candidates differ, and none is
// given up.
func TestCurriculum(t *testing.T) {
	configs := []games.Config{{Mode: "telling", Map: "a"}, {Mode: "drawn", Map: "b"}, {Mode: "chance", Map: "c"}, {Mode: "telling", Map: "d"}}
	c := newCurriculum(configs)
	for _, config := range configs {
		c.add(config)
	}
	random := games.Stream(1)
	for range 40 {
		list := c.list(24)
		scores := make([][]float64, 30)
		for i := range scores {
			strength := float64(i) / 29
			for _, game := range list {
				score := 0.5
				switch configs[game].Mode {
				case "telling":
					score = 0
					if random.Float64() < 0.25+strength/2 {
						score = 1
					}
				case "chance":
					score = float64(random.IntN(2))
				}
				scores[i] = append(scores[i], score)
			}
		}
		c.learn(list, scores)
	}
	shares := c.shares()
	if shares[0] < 0.6 || shares[1] < 0.1 || shares[2] < 0.1 {
		t.Errorf("shares %v of telling, drawn, chance", shares)
	}
	list := c.list(24)
	seen := map[int]bool{}
	for _, game := range list {
		seen[game] = true
	}
	if len(seen) != len(configs) {
		t.Errorf("games %v of %d", list, len(configs))
	}
}
