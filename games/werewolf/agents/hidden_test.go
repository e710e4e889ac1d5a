package agents_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	_ "dryad/internal/fixedseed"
	"dryad/match"
	"dryad/replay"
)

// witness is an agent whose every decision is written down, with all that it
// could have looked at.
type witness struct {
	werewolf.Agent
	seen *[]string
}

func (w witness) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	d, err := w.Agent.Decide(ctx, v, draw)
	known := *v
	known.Set = nil
	*w.seen = append(*w.seen, fmt.Sprintf("%+v %+v: %+v %v", known, *v.Set, d, err))
	return d, err
}

// testify plays a match among actors who follow a script by seat and tick, and
// returns what one seat, played by an agent, could know and what it did.
func testify(t *rapid.T, a werewolf.Agent, roles []rules.Role, me games.Seat, seed uint64) []string {
	options, err := json.Marshal(map[string]any{"deal": roles, "reveal": "none"})
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	p := match.Params{Game: werewolf.New(), Config: games.Config{Rules: options}, Seed: seed}
	for range roles {
		p.Entrants = append(p.Entrants, match.Entrant{Record: replay.Policy{Name: "x"}, Make: func(room match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
			if seat == me {
				seen = append(seen, fmt.Sprintf("%+v", room.Config()))
				return werewolf.NewPlayer(context.Background(), witness{a, &seen}, seed, seat), nil
			}
			return match.Func(func(body games.Body) error {
				b := body.(*werewolf.Body)
				draw := games.Stream(seed, uint64(seat), uint64(room.Now()))
				switch v := b.View(); v.Act {
				case rules.Speak:
					return b.Decide(rules.Say("I suspect " + rules.Name(v.Alive.Nth(draw.IntN(v.Alive.Len()))) + "."))
				case rules.Ballot:
					return b.Decide(rules.Point(v.Legal.Nth(draw.IntN(v.Legal.Len()))))
				}
				return b.Decide(rules.Pass()) // what is done at night hangs on the roles
			}), nil
		}})
	}
	m, err := match.New(p)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	for m.Step() {
	}
	return seen
}

// TestHiddenFromAgents swaps the roles of two others and requires that no agent
// can tell, or does anything else, as long as the game goes on.
func TestHiddenFromAgents(t *testing.T) {
	sla, err := agents.ShippedSLA()
	if err != nil {
		t.Fatal(err)
	}
	cicero, err := agents.ShippedCicero()
	if err != nil {
		t.Fatal(err)
	}
	all := []werewolf.Agent{agents.Random{}, agents.Heuristic{}, agents.Talker{Speaker: speaker.New()}, sla, cicero}
	const w, s, d, v = rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager
	rapid.Check(t, func(t *rapid.T) {
		roles := rapid.Permutation([]rules.Role{w, w, s, d, v, v, v}).Draw(t, "roles")
		me := games.Seat(rapid.IntRange(0, 6).Draw(t, "seat"))
		x, y := rapid.IntRange(0, 6).Draw(t, "x"), rapid.IntRange(0, 6).Draw(t, "y")
		mine := roles[me]
		switch {
		case x == int(me) || y == int(me) || mine == s:
			return // a seer looks at them
		case mine == w && (roles[x] == w || roles[y] == w):
			return // a werewolf knows them
		}
		swapped := append([]rules.Role(nil), roles...)
		swapped[x], swapped[y] = swapped[y], swapped[x]
		a := rapid.SampledFrom(all).Draw(t, "agent")
		seed := rapid.Uint64().Draw(t, "seed")
		one, other := testify(t, a, roles, me, seed), testify(t, a, swapped, me, seed)
		n := min(len(one), len(other)) // one of the games may end before
		if n < 2 {
			t.Fatalf("%T was asked nothing", a)
		}
		for i := range n {
			if one[i] != other[i] {
				t.Fatalf("%T can tell:\n%s\n%s", a, one[i], other[i])
			}
		}
	})
}
