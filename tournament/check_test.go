package tournament_test

import (
	"errors"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/replay"
	"dryad/tournament"
)

func TestExamine(t *testing.T) {
	var drawn atomic.Uint64
	player := func(tick func(games.Body) error) match.Entrant {
		return match.Entrant{Record: replay.Policy{Name: "odd"}, Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) { return match.Func(tick), nil }}
	}
	for name, c := range map[string]struct {
		entrant match.Entrant
		behaves bool
		class   string
	}{
		"sound":   {runner("sound", 0.5), true, ""},
		"stalled": {player(func(games.Body) error { return errors.New("stalled") }), false, match.ClassAgent},
		"illegal": {player(func(games.Body) error { return match.ErrIllegal }), false, match.ClassIllegal},
		"drawing": {player(func(b games.Body) error {
			r := rand.New(rand.NewPCG(1, drawn.Add(1)))
			return b.SetCommands([]byte{byte(1 + r.IntN(4))})
		}), false, ""},
	} {
		e, err := tournament.Examine(t.Context(), tournament.CheckParams{Game: tag.New(), Configs: []games.Config{{Ticks: 60}}, Matches: 4,
			Entrant: c.entrant, Opponents: []match.Entrant{runner("other", 1)}})
		if err != nil {
			t.Fatal(err)
		}
		class := ""
		if len(e.Faults) > 0 {
			class = e.Faults[0].Class
		}
		if e.Behaves() != c.behaves || class != c.class || (len(e.Unlike) > 0) != (name == "drawing") {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestGames(t *testing.T) {
	p := params(t)
	p.Portfolios = map[int][]match.Entrant{1: {runner("one", 1), runner("two", 0.1)}}
	run(t, t.Context(), p)
	var games []tournament.Game
	if err := tournament.Games(t.Context(), p, func(g tournament.Game) error {
		games = append(games, g)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(games) != 40 || games[1].Index != 1 || games[0].Policies[0] != games[1].Policies[1] || len(games[0].Places) != 2 {
		t.Errorf("%d games, %+v", len(games), games[0])
	}
	members := map[string]int{}
	for _, g := range games {
		for side, name := range g.Policies {
			if (g.Members[side] != "") != (name == "strong") {
				t.Fatalf("%+v", g)
			}
			members[g.Members[side]]++
		}
	}
	if members["one"] == 0 || members["one"]+members["two"] < 20 {
		t.Error(members)
	}
	stop := errors.New("enough")
	if err := tournament.Games(t.Context(), p, func(tournament.Game) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}
