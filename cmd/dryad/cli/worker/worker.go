package worker

import (
	"fmt"
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
	Address   string `arg:"" help:"The address that the command with --listen has printed, or that --nats names."`
	TokenFile string `name:"token-file" help:"File with the hub's token (default: the variable DRYAD_TOKEN)." placeholder:"FILE"`
	Creds     string `help:"File with this worker's credentials, for servers that others run." placeholder:"FILE"`
	NKey      string `name:"nkey" help:"File with this worker's NKey seed, for servers that others run." placeholder:"FILE"`
	CA        string `name:"ca" help:"Certificates, in PEM, that may have signed the hub's (default: those of the system)." placeholder:"FILE"`
	Name      string `help:"What the hub calls this worker (default: the host's name and the process's number)." placeholder:"NAME"`
	frame.WorkersFlag
	frame.NetFlag
}

// token finds the hub's token.
func (c *Command) token(env *frame.Env) (string, error) {
	if c.TokenFile != "" {
		return seats.ReadToken(c.TokenFile)
	}
	if c.Creds != "" || c.NKey != "" {
		return "", nil
	}
	if token := env.Getenv(seats.TokenVariable); token != "" {
		return token, nil
	}
	if strings.Contains(c.Address, "@") {
		env.Logf("The token can be seen in the list of processes: put it into %s, or into a file (--token-file).", seats.TokenVariable)
		return "", nil
	}
	return "", fmt.Errorf("no token: put the one that the hub has printed into %s, or into a file (--token-file)", seats.TokenVariable)
}

func (c *Command) Run(env *frame.Env) error {
	if err := c.ReadNets(env, ""); err != nil {
		return err
	}
	var done, failed atomic.Int64
	token, err := c.token(env)
	if err != nil {
		return err
	}
	authorities, err := seats.Authorities(c.CA)
	if err != nil {
		return err
	}
	build, err := frame.Build()
	if err != nil {
		return err
	}
	env.Logf("Playing matches for %s; Ctrl-C ends.", withoutToken(c.Address))
	err = queue.Serve(env.Context, queue.ServeParams{
		Address: c.Address, Token: token, Credentials: c.Creds, NKey: c.NKey, Authorities: authorities, Name: c.Name, Version: build, Workers: c.Workers, Handlers: seats.Handlers(env),
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
