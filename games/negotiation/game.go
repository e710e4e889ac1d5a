package negotiation

import (
	"encoding/json"
	"fmt"

	"dryad/games"
	"dryad/vocab"
)

// Game is negotiation. Its zero value is ready; all its methods may be called
// from several goroutines.
type Game struct{}

var (
	_ games.Game      = Game{}
	_ games.Describer = Game{}
)

// New returns the game.
func New() Game { return Game{} }

// Vocabulary implements games.Game.
func (Game) Vocabulary() *vocab.Vocabulary { return &vocabulary }

// Task implements games.Game.
func (Game) Task(index int) games.Task { return tasks[index] }

// Complete implements games.Game: two seats, the mode small, and as many ticks as
// the rules have turns.
func (Game) Complete(c games.Config) (games.Config, error) {
	if c.Mode == "" {
		c.Mode = "small"
	}
	set, err := Read(c.Mode, c.Rules)
	if err != nil {
		return c, err
	}
	if c.Seats == 0 {
		c.Seats = 2
	}
	if c.Ticks == 0 {
		c.Ticks = set.Turns
	}
	switch {
	case c.Seats != 2:
		return c, fmt.Errorf("negotiation is for 2 seats, not %d", c.Seats)
	case c.Ticks != set.Turns:
		return c, fmt.Errorf("a match of negotiation lasts as many ticks as its rules have turns, %d, not %d", set.Turns, c.Ticks)
	case c.Map != "":
		return c, fmt.Errorf("negotiation has no maps")
	}
	c.Rules, err = json.Marshal(set)
	return c, err
}

// New implements games.Game. Pool and values are drawn from the seed.
func (g Game) New(config games.Config, seed uint64) (games.World, error) {
	config, err := g.Complete(config)
	if err != nil {
		return nil, err
	}
	set, err := Read(config.Mode, config.Rules)
	if err != nil {
		return nil, err
	}
	return newWorld(config, set.drawn(seed), seed), nil
}

// Describe implements games.Describer.
func (g Game) Describe(config games.Config) ([]string, error) {
	config, err := g.Complete(config)
	if err != nil {
		return nil, err
	}
	set, err := Read(config.Mode, config.Rules)
	if err != nil {
		return nil, err
	}
	return []string{set.Rules(), "The match is won by whoever gets more points by its own values; points of each are counted as well."}, nil
}
