package seats

import (
	"runtime"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/match"
	"dryad/queue"
)

// Handlers are the kinds of jobs that this program does, here or as a worker
// of a hub elsewhere.
func Handlers(env *frame.Env) queue.Handlers {
	referee := &match.Referee{Games: catalog.Game, Policies: paramsOf(env), Agents: OwnAgent(env), Carried: carriedStrategy}
	return queue.Handlers{match.Kind: referee.Play}
}

// QueueFlags say where a command's matches are played.
type QueueFlags struct {
	frame.WorkersFlag
	Listen string `resumed:"yes" help:"Let 'dryad worker' on other machines join at HOST:PORT; the address to join is printed." placeholder:"HOST:PORT"`
}

// Open makes the queue; nil when all matches are played in this process and
// need no queue of their own. The caller calls the function when it is done.
func (f *QueueFlags) Open(env *frame.Env) (queue.Queue, func() error, error) {
	if f.Listen == "" {
		return nil, func() error { return nil }, nil
	}
	workers := f.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	hub, err := queue.NewHub(env.Context, queue.HubParams{Listen: f.Listen, Version: frame.Version, Workers: workers, Handlers: Handlers(env)})
	if err != nil {
		return nil, nil, err
	}
	env.Logf("Others join with: dryad worker %s", hub.Address())
	return hub, hub.Close, nil
}
