package tag

import (
	"fmt"
	"strconv"
	"strings"

	"dryad/games"
	"dryad/vocab"
)

// Defaults and limits of a match.
const (
	defaultMap   = "generated:1"
	defaultSeats = 2
	maxSeats     = 8
	defaultTicks = 300
	maxTicks     = 1 << 20
	ticksPerSec  = 10
)

// Game is tag. Its zero value is ready; all its methods may be called from
// several goroutines.
type Game struct{}

var _ games.Game = Game{}

// New returns the game.
func New() Game { return Game{} }

// Vocabulary returns the words of tag.
func (Game) Vocabulary() *vocab.Vocabulary { return &vocabulary }

// Task returns the behaviour of one of the vocabulary's tasks.
func (Game) Task(index int) games.Task { return tasks[index] }

// Complete fills in the defaults: two seats, 300 ticks, the map generated:1,
// the mode tag.
func (Game) Complete(c games.Config) (games.Config, error) {
	if c.Map == "" {
		c.Map = defaultMap
	}
	if c.Mode == "" {
		c.Mode = "tag"
	}
	if c.Seats == 0 {
		c.Seats = defaultSeats
	}
	if c.Ticks == 0 {
		c.Ticks = defaultTicks
	}
	if _, err := mapSeed(c.Map); err != nil {
		return c, err
	}
	switch {
	case c.Mode != "tag":
		return c, fmt.Errorf("tag has no mode %q; its only mode is tag", c.Mode)
	case c.Seats < 2 || c.Seats > maxSeats:
		return c, fmt.Errorf("tag is for 2 to %d seats, not %d", maxSeats, c.Seats)
	case c.Ticks < 1 || c.Ticks > maxTicks:
		return c, fmt.Errorf("a match of tag lasts 1 to %d ticks, not %d", maxTicks, c.Ticks)
	case len(c.Rules) > 0 && string(c.Rules) != "null":
		return c, fmt.Errorf("tag has no rule options")
	}
	return c, nil
}

// mapSeed reads the name of a map.
func mapSeed(name string) (uint64, error) {
	digits, ok := strings.CutPrefix(name, "generated:")
	seed, err := strconv.ParseUint(digits, 10, 64)
	if !ok || err != nil {
		return 0, fmt.Errorf("tag has no map %q; its maps are named generated:SEED", name)
	}
	return seed, nil
}

// New starts a match.
func (g Game) New(config games.Config, seed uint64) (games.World, error) {
	config, err := g.Complete(config)
	if err != nil {
		return nil, err
	}
	boardSeed, err := mapSeed(config.Map)
	if err != nil {
		return nil, err
	}
	return newWorld(config, generate(boardSeed), seed), nil
}
