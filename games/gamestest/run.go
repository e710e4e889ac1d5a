package gamestest

import (
	"math/rand/v2"
	"testing"

	"dryad/games"
)

// Params say which matches are tried. The zero value of a field takes the
// default in its comment.
type Params struct {
	// Configs are the matches; one, the game's default.
	Configs []games.Config
	// Seeds of each match; 1 and 2.
	Seeds []uint64
	// Ticks is how much of each match is played at most; 120.
	Ticks int
	// Scramble changes the state of a world in what is hidden from a seat, and
	// reports whether there was anything to change. The suite then requires that
	// the seat learns of nothing. Nil for a game in which nothing is hidden, or
	// whose worlds cannot be changed from outside.
	Scramble func(world games.World, seat games.Seat, random *rand.Rand) bool
}

func (p Params) complete() Params {
	if len(p.Configs) == 0 {
		p.Configs = []games.Config{{}}
	}
	if len(p.Seeds) == 0 {
		p.Seeds = []uint64{1, 2}
	}
	if p.Ticks == 0 {
		p.Ticks = 120
	}
	return p
}

// Run tries a game. Every fault is reported through t, under a subtest named for
// what it is about.
func Run(t *testing.T, game games.Game, params Params) {
	t.Helper()
	params = params.complete()
	t.Run("vocabulary", func(t *testing.T) { vocabulary(t, game) })
	t.Run("configurations", func(t *testing.T) { configurations(t, game, params) })
	each := func(name string, try func(t *testing.T, f *fixture)) {
		t.Run(name, func(t *testing.T) {
			for _, config := range params.Configs {
				for _, seed := range params.Seeds {
					try(t, &fixture{game: game, config: config, seed: seed, ticks: params.Ticks})
				}
			}
		})
	}
	each("two runs are equal", twoRuns)
	each("a replay is equal", replayed)
	each("a restored match is equal", restored)
	each("a foreign snapshot is refused", refused)
	each("readings keep their ranges", ranges)
	each("a tick is frozen", frozen)
	each("tasks keep their contract", tasks)
	each("results and metrics", results)
	each("optional interfaces", optional)
	if params.Scramble != nil {
		each("what is hidden cannot be learned", func(t *testing.T, f *fixture) { hidden(t, f, params.Scramble) })
	}
}

// fixture is one match to be tried.
type fixture struct {
	game   games.Game
	config games.Config
	seed   uint64
	ticks  int
}

// world starts the match.
func (f *fixture) world(t *testing.T) games.World {
	t.Helper()
	w, err := f.game.New(f.config, f.seed)
	if err != nil {
		t.Fatalf("start a match of %+v: %v", f.config, err)
	}
	return w
}

// play plays the match with a fresh driver, calling look before every Step. It
// ends when the match is over, its ticks are played, or look returns false.
func (f *fixture) play(t *testing.T, w games.World, look func(d *driver) bool) {
	t.Helper()
	d := newDriver(t, f.game, w, f.seed)
	for range f.ticks {
		if _, over := w.Result(); over {
			return
		}
		d.tick()
		if !look(d) {
			return
		}
		w.Step()
	}
}
