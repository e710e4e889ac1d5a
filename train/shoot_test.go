package train_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/nn"
	"dryad/policy"
	"dryad/rating"
	"dryad/train"
)

func encode(t *testing.T, net *nn.Network) []byte {
	t.Helper()
	data, err := nn.Encode(net, nil)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTrainingAgainGivesTheSameFile(t *testing.T) {
	var files [2][]byte
	for i, workers := range []int{1, 3} {
		net, report, err := train.Shoot(context.Background(), train.Params{Seed: 5, Rounds: 2, Matches: 2, Epochs: 2, Workers: workers, Ticks: 500})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Rounds) != 2 || report.Rounds[1].Lessons <= report.Rounds[0].Lessons {
			t.Errorf("rounds: %+v", report.Rounds)
		}
		files[i] = encode(t, net)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the number of workers changed the network")
	}
}

const netTree = `policy marksman for arena
tree main:
  selector:
    sequence fight:
      condition: has_enemy_in_view
      parallel:
        net: shoot nearest_enemy_in_view
        task: strafe
    sequence hunt:
      condition: knows_enemy_location
      task: move_to last_enemy_location
    task: explore
`

// With its weights zeroed the shipped network loses to itself.
func TestZeroedWeightsLose(t *testing.T) {
	game := arena.New()
	net, err := fps.Network("shoot")
	if err != nil {
		t.Fatal(err)
	}
	zero := net.Clone()
	clear(zero.Parameters())
	entrant := func(name string, n *nn.Network) match.Entrant {
		p, faults := policy.Parse(name, []byte(netTree), game, policy.Params{Net: func(string) (*nn.Network, error) { return n, nil }})
		if p == nil {
			t.Fatal(faults)
		}
		return match.Tree(p)
	}
	wins := 0
	const matches = 10
	for k := range matches {
		o, err := match.Run(context.Background(), match.Params{Game: game, Seed: uint64(k),
			Config: games.Config{Map: fmt.Sprintf("generated:%d", 40+k)},
			Sides:  []match.Entrant{entrant("trained", net), entrant("zeroed", zero)}})
		if err != nil {
			t.Fatal(err)
		}
		if result, _ := o.Duel(); result == rating.Win {
			wins++
		} else if result == rating.Loss {
			t.Errorf("match %d: the zeroed network won", k)
		}
	}
	if wins < matches*6/10 {
		t.Errorf("the trained network won %d of %d against one without weights", wins, matches)
	}
}
