package cli

import (
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/speaker"
	"dryad/match"
	"dryad/replay"
)

// person is the name of the seat that somebody at the terminal takes.
const person = "human"

// companion is who fills the table when a person plays.
const companion = "talker"

// ownEntrant returns an entrant that a game brings along, by its name.
func ownEntrant(env *Env, game games.Game, name string) (match.Entrant, bool) {
	if _, ok := game.(werewolf.Game); !ok {
		return match.Entrant{}, false
	}
	var agent werewolf.Agent
	switch name {
	case person:
		return match.Entrant{Record: replay.Policy{Name: name}, Make: func(_ games.World, seat games.Seat, _ uint64) (match.Player, error) {
			return newTerminalSeat(env, seat), nil
		}}, true
	case "random":
		agent = agents.Random{}
	case "heuristic":
		agent = agents.Heuristic{}
	case companion:
		agent = agents.Talker{Speaker: speaker.New()}
	default:
		return match.Entrant{}, false
	}
	return match.Entrant{Record: replay.Policy{Name: name}, Make: func(_ games.World, seat games.Seat, seed uint64) (match.Player, error) {
		return werewolf.NewPlayer(agent, seed, seat), nil
	}}, true
}

// fillTable adds companions to a table at which a person sits, until it has the
// seats that the game wants.
func fillTable(game games.Game, config games.Config, seats []string) ([]string, error) {
	alone := false
	for _, s := range seats {
		alone = alone || s == person
	}
	if _, ok := game.(werewolf.Game); !ok || !alone {
		return seats, nil
	}
	config, err := game.Complete(config)
	if err != nil {
		return nil, err
	}
	for len(seats) < config.Seats {
		seats = append(seats, companion)
	}
	return seats, nil
}
