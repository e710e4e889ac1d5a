package cli

import (
	"runtime"
	"strings"
	"sync/atomic"

	"dryad/match"
	"dryad/queue"
)

// handlers are the kinds of jobs that this program does, here or as a worker
// of a hub elsewhere.
func handlers(env *Env) queue.Handlers {
	referee := &match.Referee{Games: gameByName, Policies: policyParams, Agents: ownAgent(env), Carried: carriedStrategy}
	return queue.Handlers{match.Kind: referee.Play}
}

// queueFlags say where a command's matches are played.
type queueFlags struct {
	workersFlag
	Listen string `resumed:"yes" help:"Let 'dryad worker' on other machines join at HOST:PORT; the address to join is printed." placeholder:"HOST:PORT"`
}

// open makes the queue; nil when all matches are played in this process and
// need no queue of their own. The caller calls the function when it is done.
func (f *queueFlags) open(env *Env) (queue.Queue, func() error, error) {
	if f.Listen == "" {
		return nil, func() error { return nil }, nil
	}
	workers := f.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	hub, err := queue.NewHub(env.Context, queue.HubParams{Listen: f.Listen, Version: Version, Workers: workers, Handlers: handlers(env)})
	if err != nil {
		return nil, nil, err
	}
	env.Logf("Others join with: dryad worker %s", hub.Address())
	return hub, hub.Close, nil
}

// withoutToken is an address that may be shown.
func withoutToken(address string) string {
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		return address[at+1:]
	}
	return address
}

// workerCommand joins a hub.
type workerCommand struct {
	Address string `arg:"" help:"The address that the command with --listen has printed."`
	workersFlag
}

func (c *workerCommand) Run(env *Env) error {
	var done, failed atomic.Int64
	env.Logf("Playing matches for %s; Ctrl-C ends.", withoutToken(c.Address))
	err := queue.Serve(env.Context, queue.ServeParams{
		Address: c.Address, Version: Version, Workers: c.Workers, Handlers: handlers(env),
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
