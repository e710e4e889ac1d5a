package serve

import (
	"fmt"
	"net"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games/battlesnake"
	"dryad/policy/snakeserver"
)

type battlesnakeCommand struct {
	Policy string `arg:"" help:"Policy that plays: a tree's file."`
	Listen string `help:"Where the game's server asks; port 0 takes a free one." default:"127.0.0.1:8000" placeholder:"HOST:PORT"`
	Colour string `help:"Colour of the snake." default:"#2f855a" placeholder:"#RRGGBB"`
	Head   string `help:"Head of the snake, as Battlesnake names them." placeholder:"NAME"`
	Tail   string `help:"Tail of the snake, as Battlesnake names them." placeholder:"NAME"`
	frame.SeedFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (battlesnakeCommand) Help() string {
	return strings.TrimSpace(`
The command answers the requests of Battlesnake's servers and of its official
program, for any number of snakes and games, until Ctrl-C. Then it says how many
moves it has made and how long they took.

  dryad serve battlesnake examples/policies/battlesnake/survivor.dryad --listen 127.0.0.1:8000

and with the official program

  battlesnake play --name one --url http://127.0.0.1:8000 --name two --url http://127.0.0.1:8000`)
}

func (c *battlesnakeCommand) Run(env *frame.Env) error {
	p, err := seats.PlayablePolicy(env, c.Policy, battlesnake.New())
	if err != nil {
		return err
	}
	server, err := snakeserver.New(snakeserver.Params{
		Policy: p, Seed: c.Seed, Colour: c.Colour, Head: c.Head, Tail: c.Tail,
		Fault: func(err error) { env.Logf("%v", err) },
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen for Battlesnake: %w", err)
	}
	env.Logf("%s plays at http://%s; Ctrl-C ends it", p.Name, listener.Addr())
	if err := env.ServeHTTP(listener, server); err != nil {
		return fmt.Errorf("answer Battlesnake: %w", err)
	}
	n := server.Counts()
	if c.JSON {
		return env.JSON(n)
	}
	env.Printf("%d games, %d moves, %d requests refused; answers in %.2f ms (median), %.2f ms (99th percentile), %.2f ms (longest)\n",
		n.Games, n.Moves, n.Refused, n.Median, n.P99, n.Longest)
	return nil
}
