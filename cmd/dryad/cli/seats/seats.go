package seats

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/games/fps/vizdoom"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/match"
	"dryad/replay"
)

// Person is the name of the seat that somebody at the terminal takes.
const Person = "human"

// Companion is who fills the table when a person plays.
const Companion = "talker"

// TableHelp names who can sit at a table of Werewolf beside trees.
const TableHelp = `
At a table of werewolf these names stand for players that are no trees:

  random     anything that is legal
  heuristic  rules over an exact belief
  talker     an embedded speaker's words, the heuristic's deeds
  cicero     13 intents, solved beforehand by Deep CFR
  sla        three candidates, a learned choice among them
  lspo:RUN@N what iteration N of dryad lspo run learned (the last without @N)
  human      you, at this terminal; talkers fill the table`

// PromptHelp names those who ask a model.
const PromptHelp = `
  react      a chat model that reasons and acts (--model M --base-url U)
  recon      a chat model that contemplates twice before it acts`

// OwnEntrant returns an entrant that a game brings along, by its name; false if
// the game has no such.
func OwnEntrant(env *frame.Env, game games.Game, name string) (match.Entrant, bool, error) {
	if _, ok := game.(*vizdoom.Game); ok && name == vizdoom.BotName {
		return match.Entrant{
			Record: replay.Policy{Name: name, Agent: name, Hash: HashOf("vizdoom", name)},
			Make:   func(match.PlayerContext, games.Seat, uint64) (match.Player, error) { return vizdoom.Bot{}, nil },
		}, true, nil
	}
	if _, ok := game.(werewolf.Game); !ok {
		return match.Entrant{}, false, nil
	}
	if name == Person {
		return match.Entrant{Record: replay.Policy{Name: name}, Make: func(_ match.PlayerContext, seat games.Seat, _ uint64) (match.Player, error) {
			return newTerminalSeat(env, seat), nil
		}}, true, nil
	}
	a, known, err := FindAgent(env, name)
	if err != nil || !known {
		return match.Entrant{}, known, err
	}
	e := a.entrant(env.Context, name)
	e.Record.Agent = name
	return e, true, nil
}

// entrant seats the agent.
func (a *Agent) entrant(ctx context.Context, name string) match.Entrant {
	return match.Entrant{
		Record: replay.Policy{Name: name, Hash: a.Hash},
		Make: func(room match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
			config := room.Config()
			set, err := rules.Read(config.Mode, config.Seats, config.Rules)
			if err != nil {
				return nil, err
			}
			agent, err := a.Make(set)
			if err != nil {
				return nil, err
			}
			return werewolf.NewPlayer(ctx, agent, seed, seat), nil
		},
	}
}

// OwnAgent is match.Referee's Agents: it seats an agent that a game brings along
// and that another process has named.
func OwnAgent(env *frame.Env) func(games.Game, replay.Policy) (match.Entrant, error) {
	return func(game games.Game, record replay.Policy) (match.Entrant, error) {
		e, known, err := OwnEntrant(env, game, record.Agent)
		switch {
		case err != nil:
			return e, err
		case !known || record.Agent == Person:
			return e, fmt.Errorf("there is no agent %q here", record.Agent)
		case e.Record.Hash != record.Hash:
			return e, fmt.Errorf("the agent %q is another one here", record.Agent)
		}
		return e, nil
	}
}

// Resolver makes entrants of the policies of a replay: trees, and the agents that
// the game brings along.
func Resolver(env *frame.Env, game games.Game) func(replay.Policy) (match.Entrant, error) {
	trees := match.Resolver(game, paramsOf(env)(game.Vocabulary().Game))
	return func(r replay.Policy) (match.Entrant, error) {
		if r.Agent != "" {
			return OwnAgent(env)(game, r)
		}
		return trees(r)
	}
}

// IsOwnName reports whether a word stands for an agent and not for a file.
func IsOwnName(game games.Game, name string) bool {
	if _, ok := game.(*vizdoom.Game); ok {
		return name == vizdoom.BotName
	}
	if _, ok := game.(werewolf.Game); !ok {
		return false
	}
	learned, _ := learnedBy(name)
	return plainAgents[name] != nil || learned != nil || name == Person
}

// HashOf identifies an agent by what it is made of.
func HashOf(parts ...string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(parts, "\x00"))))
}

// FillTable adds companions to a table at which a person sits, until it has the
// seats that the game wants.
func FillTable(game games.Game, config games.Config, seats []string) ([]string, error) {
	alone := false
	for _, s := range seats {
		alone = alone || s == Person
	}
	if _, ok := game.(werewolf.Game); !ok || !alone {
		return seats, nil
	}
	config, err := game.Complete(config)
	if err != nil {
		return nil, err
	}
	for len(seats) < config.Seats {
		seats = append(seats, Companion)
	}
	return seats, nil
}
