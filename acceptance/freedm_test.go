//go:build acceptance

package acceptance_test

import (
	"fmt"
	"testing"

	"dryad/examples"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/policy"
)

// shipped returns the entrants of the policies that dryad ships for the arena:
// expert, expert_duel, rookie, veteran.
func shipped(t *testing.T, game games.Game) []match.Entrant {
	t.Helper()
	files, err := examples.Policies("arena")
	if err != nil {
		t.Fatal(err)
	}
	var entrants []match.Entrant
	for _, f := range files {
		p, faults := policy.Parse(f.Name, []byte(f.Text), game, policy.Params{Net: fps.Network})
		if p == nil {
			t.Fatalf("%s: %v", f.Name, faults)
		}
		entrants = append(entrants, match.Tree(p))
	}
	return entrants
}

// TestFreeDM plays one match of four seats on each of the 32 maps of FreeDM.
// Each ends without a forfeit and verifies with the trees thinking beside the
// record; over the 32, every seat has kills, and the four together walk over at
// least 40 % of the ground that can be walked on.
func TestFreeDM(t *testing.T) {
	game := arena.New()
	policies := shipped(t, game)
	seats := []match.Entrant{policies[0], policies[3], policies[2], policies[3]}
	kills := make([]float64, len(seats))
	walked, walkable := 0, 0
	for m := 1; m <= 32; m++ {
		name := fmt.Sprintf("freedm.wad:MAP%02d", m)
		visited := map[int]bool{}
		var level *fps.Level
		outcome, err := match.Run(t.Context(), match.Params{
			Game: game, Seed: uint64(m), Entrants: seats, Record: true,
			Config: games.Config{Map: name, Mode: "deathmatch", Seats: len(seats), Ticks: 4 * 2100},
			Observe: func(m *match.Match) {
				scene := m.World().(fps.Spectated).Scene()
				level = scene.Level
				for _, f := range scene.Figures {
					if node := level.Nav.Node(f.X, f.Y); f.Alive && node >= 0 {
						visited[node] = true
					}
				}
			},
		})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !outcome.Over || len(outcome.Forfeits) > 0 {
			t.Errorf("%s: over %v, forfeits %v", name, outcome.Over, outcome.Forfeits)
		}
		ground := 0
		for node := range level.Nav.Len() {
			walkable += level.Nav.Area(node)
			if visited[node] {
				ground += level.Nav.Area(node)
			}
		}
		walked += ground
		for s := range seats {
			for _, metric := range outcome.Metrics[s] {
				if metric.Name == "kills" {
					kills[s] += metric.Value
				}
			}
		}
		v, err := match.Verify(t.Context(), match.PlaybackParams{
			Game: game, Replay: outcome.Replay, Resolve: match.Resolver(game, policy.Params{Net: fps.Network}),
		})
		if err != nil || v.StateHash != outcome.Hash {
			t.Errorf("%s: the replay does not verify: %v", name, err)
		}
	}
	t.Logf("kills by seat %v; %d of %d square units walked (%.1f %%)", kills, walked, walkable, 100*float64(walked)/float64(walkable))
	for s, k := range kills {
		if k == 0 {
			t.Errorf("seat %d has no kill on 32 maps", s)
		}
	}
	if float64(walked) < 0.4*float64(walkable) {
		t.Errorf("%d of %d square units walked", walked, walkable)
	}
}
