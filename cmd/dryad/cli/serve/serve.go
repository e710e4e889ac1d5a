package serve

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/dsl"
	"dryad/games"
	"dryad/games/remote"
	"dryad/policy"
	"dryad/policy/service"
)

// Command is the family of commands that serve other programs.
type Command struct {
	Game   gameCommand   `cmd:"" help:"Let another program play a game over standard input and output (docs/remote.md)."`
	Agent  agentCommand  `cmd:"" help:"Let a policy take seats of games that another program runs, over standard input and output (docs/remote.md)."`
	Policy policyCommand `cmd:"" help:"Answer another program what policies command, tick by tick (docs/python.md)."`

	Battlesnake battlesnakeCommand `cmd:"" help:"Let a policy play on servers of Battlesnake, over HTTP (docs/battlesnake.md)."`
}

type gameCommand struct {
	Game string `arg:"" help:"Game to offer."`
}

func (c *gameCommand) Run(env *frame.Env) error {
	row, err := catalog.Find(c.Game)
	if err != nil {
		return err
	}
	s := remote.Server{Game: row.Game()}
	if row.Paint != nil {
		s.Render = func(w games.World, seat games.Seat, width, height int) ([]byte, error) {
			picture, err := row.Paint(w, seat, width, height)
			if err != nil {
				return nil, err
			}
			var out bytes.Buffer
			err = png.Encode(&out, picture)
			return out.Bytes(), err
		}
	}
	return s.Serve(env.Stdin, env.Stdout)
}

type agentCommand struct {
	File string `arg:"" help:"Policy, of the game that the other program says."`
}

func (c *agentCommand) Run(env *frame.Env) error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("read the policy: %w", err)
	}
	a := service.Agent{Load: func(game *remote.Stub) (*policy.Policy, error) {
		p, faults := policy.Parse(nameOf(c.File), text, game, policy.Params{})
		if p == nil {
			return nil, fmt.Errorf("the policy %s: %w", c.File, faults.Err())
		}
		return p, nil
	}}
	return a.Serve(env.Stdin, env.Stdout)
}

// nameOf is the name of a policy's file without its ending.
func nameOf(path string) string { return strings.TrimSuffix(filepath.Base(path), ".dryad") }

type policyCommand struct{}

func (policyCommand) Run(env *frame.Env) error {
	s := service.Service{Load: load}
	return s.Serve(env.Stdin, env.Stdout)
}

// load reads a policy and binds it to the words of its game.
func load(path, game string) (*policy.Policy, *remote.Stub, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read the policy: %w", err)
	}
	if game == "" {
		file, _ := dsl.Parse(path, string(text))
		if game = file.Policy.Game; game == "" {
			return nil, nil, fmt.Errorf("the policy %s names no game: add a line \"policy NAME for GAME\"", path)
		}
	}
	row, err := catalog.Find(game)
	if err != nil {
		return nil, nil, err
	}
	stub := remote.StubOf(row.Game())
	p, faults := policy.Parse(nameOf(path), text, stub, policy.Params{})
	if p == nil {
		return nil, nil, fmt.Errorf("the policy %s: %w", path, faults.Err())
	}
	return p, stub, nil
}
