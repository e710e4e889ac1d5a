package tournament_test

import (
	"fmt"
	"sync"
	"testing"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/match"
	"dryad/replay"
	"dryad/tournament"
)

// The matches of a group play one deal, in which each policy takes every side once:
// the seats of the werewolves are the same, and the policy on each seat is another.
func TestDuplicateDeals(t *testing.T) {
	p := params(t)
	p.Game, p.Config, p.Maps, p.Matches, p.Workers = werewolf.Game{}, games.Config{}, nil, 6, 1
	p.Competitors = nil
	for _, name := range []string{"one", "two"} {
		p.Competitors = append(p.Competitors, match.Entrant{Record: replay.Policy{Name: name, Hash: name},
			Make: func(_ match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
				return werewolf.NewPlayer(t.Context(), agents.Random{}, seed, seat), nil
			}})
	}
	var mutex sync.Mutex
	played := map[int]*replay.Replay{}
	p.Keep = func(f tournament.Fixture, r *replay.Replay) (string, error) {
		mutex.Lock()
		defer mutex.Unlock()
		played[f.Index] = r
		return "", nil
	}
	run(t, t.Context(), p)
	deals := map[string]bool{}
	for pair := range 3 {
		var dealt [2]string
		for k := range dealt {
			r := played[2*pair+k]
			world, err := p.Game.New(r.Config, r.Seed)
			if err != nil {
				t.Fatal(err)
			}
			for seat := range world.Seats() {
				dealt[k] += fmt.Sprint(world.Team(games.Seat(seat)))
				if other := played[2*pair+1-k]; r.Policies[seat].Name == other.Policies[seat].Name {
					t.Errorf("pair %d: %s has seat %d twice", pair, r.Policies[seat].Name, seat)
				}
			}
		}
		if dealt[0] != dealt[1] {
			t.Errorf("pair %d has two deals: %s and %s", pair, dealt[0], dealt[1])
		}
		deals[dealt[0]] = true
	}
	if len(deals) == 1 {
		t.Error("all pairs have one deal")
	}
}
