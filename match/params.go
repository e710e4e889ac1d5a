package match

import (
	"fmt"

	"dryad/games"
	"dryad/internal/english"
	"dryad/replay"
)

// Entrant is what takes a seat.
type Entrant struct {
	// Record says what the replay keeps of the entrant; its name is what
	// results show.
	Record replay.Policy
	// Make makes the player of a seat, which learns of the match from the context
	// and from its body alone. The seed is the match's: a player keys its draws
	// by it and by the seat.
	Make func(at PlayerContext, seat games.Seat, seed uint64) (Player, error)
	// Carried is what another process makes the entrant of, where the record
	// holds neither a source nor an agent that the game brings along.
	Carried []byte
	// Networks returns the networks of the entrant's neural tasks, named by the
	// tasks, as files of package nn; nil when it has none.
	Networks func() ([]games.File, error)
}

// Params says what match is run and what is kept of it.
type Params struct {
	Game   games.Game
	Config games.Config
	Seed   uint64
	// Entrants take the seats in their order.
	Entrants []Entrant
	// Sides, given instead of Entrants, take the teams in turn: side 0 plays
	// every seat of teams 0, 2, ... when there are two of them.
	Sides []Entrant
	// Program is dryad's version, for the replay.
	Program string
	// Record keeps commands and digests, so that the outcome has a replay.
	Record bool
	// HashEvery is the number of ticks between two digests of a recorded
	// match; 0 for 100.
	HashEvery int
	// Events keeps what happened. A recorded match keeps it always.
	Events bool
	// Profile counts what the nodes of the seats' trees did.
	Profile bool
	// Observe, if any, is called after every step.
	Observe func(m *Match)

	told  func(tick int) []byte // what the world is told, of a match that is executed again
	sides []int                 // the side of each seat, of a match between sides
}

// defaultHashEvery is the usual number of ticks between two digests.
const defaultHashEvery = 100

// complete checks the parameters and fills in the defaults.
func (p *Params) complete() error {
	if p.Game == nil {
		return fmt.Errorf("run a match: no game is given")
	}
	if p.HashEvery <= 0 {
		p.HashEvery = defaultHashEvery
	}
	if p.Config.Seats == 0 && len(p.Sides) == 0 {
		p.Config.Seats = len(p.Entrants)
	}
	config, err := p.Game.Complete(p.Config)
	if err != nil {
		return err
	}
	if config.Seats != len(p.Entrants) && len(p.Sides) == 0 {
		return fmt.Errorf("a match of %s needs as many policies, %d given", english.Number(config.Seats, "seat"), len(p.Entrants))
	}
	p.Config = config
	return nil
}

// world makes the world of the match.
func (p *Params) world() (games.World, error) {
	if p.told == nil {
		return p.Game.New(p.Config, p.Seed)
	}
	game, ok := p.Game.(games.Retold)
	if !ok {
		return nil, fmt.Errorf("the replay holds what its world was told from outside, and %s is told nothing", p.Game.Vocabulary().Game)
	}
	return game.Retell(p.Config, p.Seed, p.told)
}

// allot gives the seats of a world to the sides.
func (p *Params) allot(world games.World) {
	if len(p.Sides) == 0 {
		return
	}
	p.Entrants, p.sides = make([]Entrant, world.Seats()), make([]int, world.Seats())
	for s := range p.Entrants {
		p.sides[s] = world.Team(games.Seat(s)) % len(p.Sides)
		p.Entrants[s] = p.Sides[p.sides[s]]
	}
}
