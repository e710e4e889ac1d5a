package catalog

import (
	"fmt"
	"image"
	"path"
	"strings"
	"sync"

	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/examples"
	"dryad/games"
	"dryad/games/battlesnake"
	seated "dryad/games/classic"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/games/fps/render"
	"dryad/games/fps/vizdoom"
	"dryad/games/negotiation"
	"dryad/games/tag"
	"dryad/games/werewolf"
	"dryad/nn"
)

// own are the games that dryad brings along. The starting trees hold no piece of
// a shipped policy deeper than one node.
func own() []Row {
	return []Row{
		{
			Name: "arena", About: "first-person shooter in ten modes",
			New: func() games.Game { return arena.New() },
			Scenarios: Scenarios{
				Training: numbered("generated", 1, 8), HeldOut: numbered("generated", 1001, 8),
				Optional: []string{"freedm.wad:MAP01", "freedm.wad:MAP07", "freedm.wad:MAP13", "freedm.wad:MAP21"},
				Configs:  []games.Config{{Mode: "deathmatch", Seats: 2}, {Mode: "team_deathmatch", Seats: 4}},
			},
			Start:    "policy start for arena\n\ntree main:\n  task: explore\n",
			Networks: shooterNetworks(),
			Paint:    render.DrawSized,
			Chart:    shooterChart,
			Events: []Event{
				{"flag_captured", 6}, {"bomb_planted", 6}, {"bomb_defused", 6}, {"bomb_exploded", 6}, {"infected", 6},
				{"kill", 5}, {"out", 5}, {"flag_taken", 4}, {"flag_returned", 4}, {"point_taken", 4},
				{"rescue", 3}, {"damage", 2}, {"pick_up", 1},
			},
			Cooperative: []string{"survival"}, Asymmetric: []string{"infection"}, Decisive: []string{"damage_taken"},
			Definitions: definitions,
		},
		{
			Name: "vizdoom", About: "the real Doom engine, played with the arena's trees (docs/vizdoom.md)",
			New:         func() games.Game { return vizdoom.New(vizdoom.Params{}) },
			Scenarios:   Scenarios{Optional: []string{"freedm.wad:MAP01", "freedm.wad:MAP07"}, Configs: []games.Config{{Mode: "deathmatch", Seats: 2}}},
			Start:       "policy start for vizdoom\n\ntree main:\n  task: explore\n",
			Policies:    arenaPolicies(),
			Networks:    shooterNetworks(),
			Paint:       paintVizdoom,
			Events:      []Event{{"kill", 5}, {"damage", 2}, {"pick_up", 1}},
			Definitions: doomDefinitions,
		},
		{
			Name: "tag", About: "the smallest game: one is it, and tags another",
			New:       func() games.Game { return tag.New() },
			Scenarios: Scenarios{Training: numbered("generated", 1, 8), HeldOut: numbered("generated", 1001, 8), Configs: []games.Config{{Seats: 2}}},
			Start:     "policy start for tag\n\ntree main:\n  task: stay\n",
			Networks: []Network{{
				Task: "steer", Observes: "the own place, the offset to the target, free neighbours", Acts: "the best rated step",
				Untrained: func(seed uint64) (*nn.Network, error) { return nn.New(nn.MLP(8, 16, 5), seed) },
			}},
			Paint:  func(world games.World, seat games.Seat, _, _ int) (image.Image, error) { return tag.Draw(world, seat) },
			Events: []Event{{"tag", 4}},
		},
		{
			Name: "battlesnake", About: "snakes on a grid that eat, grow and cut each other off, under the standard rules of Battlesnake",
			New:       func() games.Game { return battlesnake.New() },
			Scenarios: Scenarios{Training: numbered("11x11", 1, 8), HeldOut: numbered("11x11", 1001, 8), Configs: []games.Config{{Seats: 2}, {Seats: 4}}},
			Start:     "policy start for battlesnake\n\ntree main:\n  task: wander\n",
			Paint: func(world games.World, seat games.Seat, _, _ int) (image.Image, error) {
				return battlesnake.Draw(world, seat)
			},
			Events: []Event{{"out", 5}, {"eat", 2}},
		},
		{
			Name: "werewolf", About: "a game of hidden roles, played in words",
			New:       func() games.Game { return werewolf.New() },
			Scenarios: Scenarios{Training: numbered("deals", 1, 8), HeldOut: numbered("deals", 1001, 8), Configs: []games.Config{{Mode: "classic"}}},
			Start:     "policy start for werewolf\n\ntree main:\n  task: vote random_player\n",
			Events:    []Event{{"killed", 5}, {"eliminated", 5}, {"say", 4}},
		},
		{
			Name: "negotiation", About: "two divide a pool of items, in words, without knowing what it is worth to the other",
			New:       func() games.Game { return negotiation.New() },
			Scenarios: Scenarios{Configs: []games.Config{{Mode: "small"}, {Mode: "standard"}}},
			Start:     "policy start for negotiation\n\ntree main:\n  task: walk_away\n",
			Events:    []Event{{"deal", 5}, {"say", 4}},
		},
		textbook("kuhn", "Kuhn poker for two", func() (cfr.Game, error) { return classic.Kuhn(2) }),
		textbook("leduc", "Leduc hold'em", func() (cfr.Game, error) { return classic.Leduc(), nil }),
		textbook("liars_dice", "liar's dice with one die of six sides each", func() (cfr.Game, error) { return classic.LiarsDiceOf(2, 1, 6) }),
		textbook("goofspiel", "goofspiel with four cards", func() (cfr.Game, error) { return classic.Goofspiel(4) }),
		textbook("rpsls", "rock, paper, scissors, lizard, Spock", func() (cfr.Game, error) { return classic.RPSLS(), nil }),
	}
}

// shooterNetworks are those of the shooters' neural tasks.
func shooterNetworks() []Network {
	var rows []Network
	tasks := fps.NeuralTasks()
	for i := range tasks {
		t := &tasks[i]
		n := Network{Task: t.Word.Name, Observes: t.Observes, Acts: t.Acts, Teacher: t.Teacher, Untrained: t.Untrained}
		if t.Weights != "" {
			n.Weights = t.Network
		}
		rows = append(rows, n)
	}
	return rows
}

// arenaPolicies are the shipped trees of the arena, which its other engine takes too.
func arenaPolicies() []Policy {
	files, err := examples.Policies("arena")
	if err != nil {
		panic("catalog: bug: " + err.Error())
	}
	var list []Policy
	for _, f := range files {
		list = append(list, Policy{Name: strings.TrimSuffix(path.Base(f.Name), ".dryad"), Source: f.Text})
	}
	return list
}

// paintVizdoom draws what a seat sees with the engine's own picture where there is one,
// and else as the arena is drawn.
func paintVizdoom(world games.World, seat games.Seat, width, height int) (image.Image, error) {
	if w, ok := world.(*vizdoom.World); ok && seat >= 0 && int(seat) < w.Seats() && w.Pictured(seat) {
		return w.Picture(seat)
	}
	return render.DrawSized(world, seat, width, height)
}

// doomDefinitions are those of vizdoom.
var doomDefinitions = sync.OnceValue(func() []Definition {
	var all []Definition
	for _, d := range vizdoom.Catalog() {
		all = append(all, Definition(d))
	}
	return all
})

// textbook seats players at a game that dryad solve knows, with its usual
// parameters.
func textbook(name, about string, build func() (cfr.Game, error)) Row {
	return Row{Name: name, About: about, New: func() games.Game {
		inner, err := build()
		if err != nil {
			panic("catalog: bug in the game " + name + ": " + err.Error())
		}
		game, err := seated.New(name, inner)
		if err != nil {
			panic("catalog: bug in the game " + name + ": " + err.Error())
		}
		return game
	}}
}

// numbered names maps of a kind from a number on.
func numbered(kind string, first, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s:%d", kind, first+i)
	}
	return names
}

// definitions are those of the arena.
var definitions = sync.OnceValue(func() []Definition {
	var all []Definition
	for _, d := range arena.Catalog() {
		all = append(all, Definition(d))
	}
	return all
})
