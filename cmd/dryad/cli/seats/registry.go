package seats

import (
	"fmt"
	"sort"
	"strings"
	"sync"

	"dryad/dsl"
	"dryad/games"
	"dryad/games/classic"
	"dryad/games/fps/arena"
	"dryad/games/tag"
	"dryad/games/werewolf"
)

// Registry names the games that this program knows. A game is made once, when
// it is first asked for.
var Registry = map[string]func() games.Game{
	"arena":    sync.OnceValue(func() games.Game { return arena.New() }),
	"tag":      sync.OnceValue(func() games.Game { return tag.New() }),
	"werewolf": sync.OnceValue(func() games.Game { return werewolf.New() }),

	"kuhn":       textbook("kuhn"),
	"leduc":      textbook("leduc"),
	"liars_dice": textbook("liars_dice"),
	"goofspiel":  textbook("goofspiel"),
	"rpsls":      textbook("rpsls"),
}

// textbook seats players at a game that dryad solve knows, with its usual
// parameters.
func textbook(name string) func() games.Game {
	return sync.OnceValue(func() games.Game {
		inner, err := (&GameArgs{Game: name}).build()
		if err != nil {
			panic("dryad: bug in the game " + name + ": " + err.Error())
		}
		game, err := classic.New(name, inner)
		if err != nil {
			panic("dryad: bug in the game " + name + ": " + err.Error())
		}
		return game
	})
}

// GameNames returns the names of all games, sorted.
func GameNames() []string {
	names := make([]string, 0, len(Registry))
	for name := range Registry {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// GameByName returns the game of that name; the error names the games there
// are.
func GameByName(name string) (games.Game, error) {
	if game, ok := Registry[name]; ok {
		return game(), nil
	}
	names := GameNames()
	if near, alike := dsl.Nearest(name, names); alike && len(near) > 0 {
		return nil, fmt.Errorf("there is no game %q; did you mean %q? (dryad games list names them all)", name, near[0])
	}
	return nil, fmt.Errorf("there is no game %q; there are %s", name, strings.Join(names, ", "))
}
