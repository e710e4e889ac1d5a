package table

import (
	"context"
	"encoding/json"
	"fmt"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/match"
	"dryad/replay"
)

// Seat makes an entrant of an agent. The context is handed to every decision of
// the agent: it is to live at least as long as the match.
func Seat(ctx context.Context, record replay.Policy, a werewolf.Agent) match.Entrant {
	return match.Entrant{Record: record, Make: func(_ match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
		return werewolf.NewPlayer(ctx, a, seed, seat), nil
	}}
}

// Config returns the configuration of matches by a set of rules.
func Config(set *rules.Set) (games.Config, error) {
	text, err := json.Marshal(set)
	if err != nil {
		return games.Config{}, fmt.Errorf("the rules of werewolf: %w", err)
	}
	return games.Config{Seats: set.Players, Rules: text}, nil
}

// Params say what is played. Village and Wolves are seated by side.
type Params struct {
	Config          games.Config
	Seed            uint64
	Village, Wolves werewolf.Agent
	// VillageName and WolvesName are the agents' names in a record.
	VillageName, WolvesName string
	// Record keeps the match, so that the outcome has a replay. Program is
	// dryad's version, for the replay.
	Record  bool
	Program string
}

// Game is a match that was played.
type Game struct {
	// Outcome is what the match came to.
	Outcome match.Outcome
	// World is the state at the end.
	World *werewolf.World
	// Faults is how many turns agents lost by errors and illegal decisions.
	Faults int
}

// Play plays one match to its end. An error is the context's, or says that the
// configuration is wrong or that an agent panicked; an agent's own errors cost it
// turns, which are counted.
func Play(ctx context.Context, p Params) (*Game, error) {
	m, err := match.New(match.Params{
		Game: werewolf.New(), Config: p.Config, Seed: p.Seed, Record: p.Record, Program: p.Program,
		Sides: []match.Entrant{
			rules.Village: Seat(ctx, replay.Policy{Name: p.VillageName}, p.Village),
			rules.Wolves:  Seat(ctx, replay.Policy{Name: p.WolvesName}, p.Wolves),
		},
	})
	if err != nil {
		return nil, err
	}
	defer m.Close()
	g := &Game{World: m.World().(*werewolf.World)}
	if g.Outcome, err = m.Finish(ctx); err != nil {
		return nil, err
	}
	if lost := g.Outcome.Forfeits; len(lost) > 0 {
		return nil, fmt.Errorf("werewolf: seat %d forfeits the match: %s", lost[0].Seat, lost[0].Text)
	}
	for s := range games.Seat(g.World.Seats()) {
		n, _ := m.Player(s).(*werewolf.Player).Faults()
		g.Faults += n
	}
	return g, nil
}
