package screen_test

import (
	"context"
	"fmt"
	"image"
	"os"
	"strings"
	"sync"
	"testing"

	"dryad/cfr"
	textbook "dryad/cfr/classic"
	"dryad/games"
	"dryad/games/classic"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/games/tag"
	"dryad/games/werewolf"
	"dryad/match"
	"dryad/nn"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/screen"
	"dryad/viewer/session"
)

var params = policy.Params{Net: func(name string) (*nn.Network, error) { return fps.Network(name) }}

var kuhn = sync.OnceValue(func() games.Game {
	inner, err := textbook.Kuhn(2)
	if err != nil {
		panic(err)
	}
	return named("kuhn", inner)
})

func named(name string, inner cfr.Game) games.Game {
	game, err := classic.New(name, inner)
	if err != nil {
		panic(err)
	}
	return game
}

// tagCamera draws the board of tag in its own size.
func tagCamera(world games.World, seat games.Seat, _, _ int) (image.Image, error) {
	return tag.Draw(world, seat)
}

// shipped reads an example policy.
func shipped(t testing.TB, path string) string {
	t.Helper()
	source, err := os.ReadFile("../../examples/policies/" + path + ".dryad")
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// play records a match of some trees.
func play(t testing.TB, game games.Game, config games.Config, seed uint64, sources ...string) *replay.Replay {
	t.Helper()
	p := match.Params{Game: game, Config: config, Seed: seed, Record: true}
	for i, source := range sources {
		tree, faults := policy.Parse(fmt.Sprintf("policy%d", i), []byte(source), game, params)
		if tree == nil {
			t.Fatal(faults)
		}
		p.Entrants = append(p.Entrants, match.Tree(tree))
	}
	o, err := match.Run(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return o.Replay
}

func open(t testing.TB, game games.Game, r *replay.Replay) *session.Session {
	t.Helper()
	s, err := session.Open(match.PlaybackParams{Game: game, Replay: r, Resolve: match.Resolver(game, params)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// large is a tree of at least so many nodes that plays the arena.
func large(nodes int) string {
	var b strings.Builder
	b.WriteString("policy large for arena\n\ntree main:\n  selector:\n")
	for i := 0; 7*i < nodes-10; i++ {
		fmt.Fprintf(&b, "    sequence part_%d:\n      condition: health < %d and ammo > %d\n      selector:\n        sequence:\n          condition: has_enemy_in_view and enemy_distance < %d\n          task: shoot nearest_enemy_in_view\n        task: move_to nearest_medkit\n", i, 1+i%100, i%50, 10+i)
	}
	b.WriteString("    sequence engage:\n      condition: has_enemy_in_view\n      parallel:\n        task: shoot weakest_enemy_in_view\n        task: strafe\n    task: explore\n")
	return b.String()
}

// scenes are the pictures that the golden files keep.
var scenes = []struct {
	name string
	make func(t testing.TB) *screen.Screen
}{
	{"arena", func(t testing.TB) *screen.Screen {
		r := play(t, arena.New(), games.Config{Map: "generated:7", Seats: 4, Ticks: 2100}, 5, shipped(t, "arena/expert"), shipped(t, "arena/veteran"), shipped(t, "arena/rookie"), shipped(t, "arena/veteran"))
		return at(t, screen.New(screen.Params{Session: open(t, arena.New(), r)}), 1200)
	}},
	{"sixty", func(t testing.TB) *screen.Screen {
		r := play(t, arena.New(), games.Config{Map: "generated:7", Seats: 2, Ticks: 700}, 6, large(60), shipped(t, "arena/rookie"))
		s := at(t, screen.New(screen.Params{Session: open(t, arena.New(), r)}), 500)
		s.SetLayout(screen.Tree)
		return s
	}},
	{"large", func(t testing.TB) *screen.Screen {
		r := play(t, arena.New(), games.Config{Map: "generated:7", Seats: 2, Ticks: 400}, 6, large(500), shipped(t, "arena/rookie"))
		s := at(t, screen.New(screen.Params{Session: open(t, arena.New(), r)}), 300)
		s.SetLayout(screen.Tree)
		press(t, s, "t")
		return s
	}},
	{"werewolf", func(t testing.TB) *screen.Screen {
		villager := shipped(t, "werewolf/villager")
		r := play(t, werewolf.New(), games.Config{}, 3, villager, villager, villager, villager, villager, villager, villager)
		s := at(t, screen.New(screen.Params{Session: open(t, werewolf.New(), r)}), r.Ticks*3/4)
		press(t, s, "tab", "tab", "tab")
		return s
	}},
	{"kuhn", func(t testing.TB) *screen.Screen {
		r := play(t, kuhn(), games.Config{}, 4, "policy bold for kuhn\n\ntree main:\n  task: bet\n", "policy shy for kuhn\n\ntree main:\n  task: pass\n")
		return at(t, screen.New(screen.Params{Session: open(t, kuhn(), r)}), 1)
	}},
	{"two", func(t testing.TB) *screen.Screen {
		ctx := context.Background()
		r := play(t, tag.New(), games.Config{Ticks: 400, Seats: 3}, 3, hunter, hunter, hunter)
		a := open(t, tag.New(), r)
		fork, faults, err := a.Fork(ctx, session.ForkParams{Tick: 150, Source: strings.Replace(hunter, "it_distance < 6", "it_distance < 9", 1)})
		if err != nil || fork == nil {
			t.Fatal(faults, err)
		}
		s := screen.New(screen.Params{Session: a, Other: open(t, tag.New(), fork), Camera: tagCamera})
		press(t, s, "d")
		return s
	}},
}

const hunter = `policy hunter for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    sequence escape:
      condition: it_distance < 6
      task: flee it_player
    task: move_to random_cell
`

func at(t testing.TB, s *screen.Screen, tick int) *screen.Screen {
	t.Helper()
	if err := s.Seek(context.Background(), tick); err != nil {
		t.Fatal(err)
	}
	return s
}

func press(t testing.TB, s *screen.Screen, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := s.Key(context.Background(), screen.Key{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
}
