package classic_test

import (
	"bytes"
	"context"
	"math"
	"testing"

	"pgregory.net/rapid"

	"dryad/cfr"
	textbook "dryad/cfr/classic"
	"dryad/games"
	"dryad/games/classic"
	_ "dryad/internal/fixedseed"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

var _ match.Player = (*classic.Player)(nil)
var _ match.Snapshotter = (*classic.Player)(nil)

func kuhn(t testing.TB) *classic.Game {
	t.Helper()
	inner, err := textbook.Kuhn(2)
	if err != nil {
		t.Fatal(err)
	}
	game, err := classic.New("kuhn", inner)
	if err != nil {
		t.Fatal(err)
	}
	return game
}

func solved(t testing.TB, game *classic.Game) *cfr.Strategy {
	t.Helper()
	solver, err := cfr.New(game.Tree(), cfr.Params{Algorithm: "pdcfr+"})
	if err != nil {
		t.Fatal(err)
	}
	solver.Run(1000)
	s := cfr.NewStrategy(game.Tree())
	solver.Average(s)
	return s
}

func entrant(game *classic.Game, name string, s *cfr.Strategy) match.Entrant {
	return match.Entrant{Record: replay.Policy{Name: name}, Make: func(_ match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
		return game.Player(s, seat, seed), nil
	}}
}

// Two equilibrium strategies meet in matches: the mean of their results is the
// value of the game, within four standard errors.
func TestValueOverMatches(t *testing.T) {
	game := kuhn(t)
	s := solved(t, game)
	seats := []match.Entrant{entrant(game, "a", s), entrant(game, "b", s)}
	const n = 4000
	sum, squares := 0.0, 0.0
	for seed := range uint64(n) {
		outcome, err := match.Run(context.Background(), match.Params{Game: game, Seed: seed, Entrants: seats})
		if err != nil {
			t.Fatal(err)
		}
		x := outcome.Result.Points[0]
		sum += x
		squares += x * x
	}
	mean := sum / n
	deviation := math.Sqrt((squares/n - mean*mean) / n)
	if math.Abs(mean+1.0/18) > 4*deviation {
		t.Errorf("mean %v with standard error %v, want -1/18", mean, deviation)
	}
}

// A tree can sit down too: calling with everything.
func TestTreePlays(t *testing.T) {
	game := kuhn(t)
	if err := game.Vocabulary().Validate(); err != nil {
		t.Fatal(err)
	}
	p, faults := policy.Parse("caller", []byte("policy caller for kuhn\n\ntree main:\n  sequence:\n    condition: can_bet\n    task: bet\n"), game, policy.Params{})
	if p == nil {
		t.Fatalf("%v", faults)
	}
	outcome, err := match.Run(context.Background(), match.Params{Game: game, Seed: 3, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil || len(outcome.Forfeits) != 0 {
		t.Fatalf("%+v, %v", outcome, err)
	}
	if points := outcome.Result.Points; math.Abs(points[0]) != 2 || points[0]+points[1] != 0 {
		t.Errorf("points %v: both must have bet", points)
	}
}

// A snapshot brings back the same world, and a damaged one changes nothing.
func TestSnapshot(t *testing.T) {
	inner := textbook.Leduc()
	game, err := classic.New("leduc", inner)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		a, err := game.New(games.Config{}, seed)
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 3).Draw(t, "moves") {
			if _, over := a.Result(); over {
				break
			}
			a.Step()
		}
		b, err := game.New(games.Config{}, seed)
		if err != nil {
			t.Fatal(err)
		}
		snapshot := a.Snapshot(nil)
		if err := b.Restore(snapshot); err != nil || a.Hash() != b.Hash() || a.Now() != b.Now() {
			t.Fatalf("restored: %v", err)
		}
		bad := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		before := b.Hash()
		if err := b.Restore(bad); err != nil && b.Hash() != before {
			t.Fatal("a refused snapshot changed the world")
		}
		for {
			_, overA := a.Result()
			_, overB := b.Result()
			if overA != overB {
				t.Fatal("one is over")
			}
			if overA {
				break
			}
			a.Step()
			b.Step()
		}
		if !bytes.Equal(a.Snapshot(nil), b.Snapshot(nil)) {
			t.Fatal("they went on differently")
		}
	})
}
