package replay

import (
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/play"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

type forkCommand struct {
	File   string `arg:"" help:"The replay."`
	Tick   int    `help:"Tick from which the match goes on otherwise." required:"" placeholder:"N"`
	Seat   int    `help:"Seat that changes hands." default:"0" placeholder:"N"`
	Policy string `help:"Policy that takes the seat." required:"" placeholder:"FILE"`
	Output string `short:"o" help:"File to write the new replay to." placeholder:"FILE"`
	frame.NetFlag
	frame.WADFlag
	frame.JSONFlag
}

func (c *forkCommand) Run(env *frame.Env) error {
	r, game, err := read(env, c.File, &c.NetFlag, &c.WADFlag)
	if err != nil {
		return err
	}
	p, err := seats.PlayablePolicy(env, c.Policy, game)
	if err != nil {
		return err
	}
	b, err := match.NewPlayback(match.PlaybackParams{Game: game, Replay: r, Resolve: seats.Resolver(env, game)})
	if err != nil {
		return err
	}
	defer b.Close()
	m, err := b.Fork(env.Context, c.Tick, games.Seat(c.Seat), match.Tree(p))
	if err != nil {
		return err
	}
	outcome, err := m.Finish(env.Context)
	if err != nil {
		return err
	}
	if c.Output != "" {
		if err := replay.WriteFile(c.Output, outcome.Replay); err != nil {
			return err
		}
	}
	return play.ReportMatch(env, game, &outcome, play.LostTurns(m), c.JSON)
}
