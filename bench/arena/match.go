package main

import (
	"fmt"
	"os"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/policy"
)

// contest is a match that can be stepped for ever.
type contest struct {
	game   games.Game
	source *policy.Policy
	config games.Config
	seed   uint64
	world  games.World
	agents []*policy.Agent
	batch  *policy.Batch
}

func newContest(source *policy.Policy, level string, agents int, seed uint64) (*contest, error) {
	c := &contest{
		game: arena.New(), source: source, seed: seed, batch: policy.NewBatch(),
		config: games.Config{Map: level, Seats: agents, Ticks: 10 * 60 * 35},
	}
	return c, c.begin()
}

// begin starts the next match.
func (c *contest) begin() error {
	c.seed++
	world, err := c.game.New(c.config, c.seed)
	if err != nil {
		return err
	}
	c.world, c.agents = world, c.agents[:0]
	for s := range c.config.Seats {
		c.agents = append(c.agents, c.source.NewAgent(c.seed, games.Seat(s)))
	}
	return nil
}

// tick plays one tick of all agents.
func (c *contest) tick() error {
	if c.world.Now() >= c.config.Ticks {
		if err := c.begin(); err != nil {
			return err
		}
	}
	now := c.world.Now()
	for s, a := range c.agents {
		body := c.world.Body(games.Seat(s))
		if c.world.Perceive(games.Seat(s)) {
			a.Tick(body, now, c.batch)
			a.Finish(body)
		} else {
			a.Halt(body, now)
		}
	}
	c.world.Step()
	return nil
}

// veteran reads the policy that everybody plays.
func veteran(file string) (*policy.Policy, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	p, faults := policy.Parse("veteran", source, arena.New(), policy.Params{})
	if p == nil {
		return nil, fmt.Errorf("%s: %v", file, faults)
	}
	return p, nil
}
