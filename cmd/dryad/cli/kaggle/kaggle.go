package kaggle

import (
	"errors"
	"fmt"
	"net"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games/werewolf/kaggle"
)

type Command struct {
	Listen string `help:"Where kaggle-environments asks; port 0 takes a free one." default:"127.0.0.1:8000" placeholder:"HOST:PORT"`
	Agent  string `help:"Who plays: a tree's file, or a name that dryad play takes." default:"talker" placeholder:"POLICY"`
	frame.SeedFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (Command) Help() string {
	return strings.TrimSpace(`
kaggle-environments takes an agent by its URL and asks it over HTTP. This
command answers, for any number of seats and games, until Ctrl-C. The path of a
URL names the table: games that run at the same time need different paths.

  dryad kaggle --listen 127.0.0.1:8000 --agent heuristic

and in Python

  from kaggle_environments import make
  make("werewolf").run(["http://127.0.0.1:8000/a", "random", "random", "random", "random", "random", "random"])

Deals that are played from both sides, with win rates and faults counted:

  python -m dryad_games.werewolf_table --url http://127.0.0.1:8000 --deals 100`)
}

func (c *Command) Run(env *frame.Env) error {
	if c.Agent == seats.Person {
		return errors.New("--agent: a person cannot answer here, give an agent")
	}
	seat, err := seats.SeatAnywhere(env, c.Agent, c.Seed)
	if err != nil {
		return err
	}
	server := kaggle.NewServer(kaggle.Params{
		Seat: seat, Seed: c.Seed, Fault: func(err error) { env.Logf("%v", err) },
	})
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen for kaggle-environments: %w", err)
	}
	env.Logf("%s answers at http://%s; Ctrl-C ends it", c.Agent, listener.Addr())
	if err := env.ServeHTTP(listener, server); err != nil {
		return fmt.Errorf("answer kaggle-environments: %w", err)
	}
	n := server.Counts()
	env.Printf("%d games begun, %d decisions, %d of them lost, %d requests refused\n", n.Games, n.Decisions, n.Lost, n.Refused)
	if c.JSON {
		return env.JSON(n)
	}
	return nil
}
