package worker

import (
	"strings"
	"sync/atomic"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/queue"
)

// withoutToken is an address that may be shown.
func withoutToken(address string) string {
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		return address[at+1:]
	}
	return address
}

// Command joins a hub.
type Command struct {
	Address string `arg:"" help:"The address that the command with --listen has printed."`
	frame.WorkersFlag
	frame.NetFlag
}

func (c *Command) Run(env *frame.Env) error {
	if err := c.ReadNets(env, ""); err != nil {
		return err
	}
	var done, failed atomic.Int64
	env.Logf("Playing matches for %s; Ctrl-C ends.", withoutToken(c.Address))
	err := queue.Serve(env.Context, queue.ServeParams{
		Address: c.Address, Version: frame.Version, Workers: c.Workers, Handlers: seats.Handlers(env),
		Notify: func(_ string, err error) {
			if err != nil {
				failed.Add(1)
				env.Logf("a match could not be played: %v", err)
				return
			}
			done.Add(1)
		},
	})
	if err != nil {
		return err
	}
	env.Logf("%d matches played, %d could not be.", done.Load(), failed.Load())
	return nil
}
