package service

import (
	"fmt"
	"io"

	"dryad/games/remote"
	"dryad/policy"
)

// Agent lets a policy take seats of games that another program runs, by the protocol
// of [remote.Agent].
type Agent struct {
	// Load reads the policy, bound to a game.
	Load func(game *remote.Stub) (*policy.Policy, error)
}

// Serve answers until the input ends; the error returned is that of the connection.
func (a Agent) Serve(in io.Reader, out io.Writer) error {
	var loaded *policy.Policy
	s := remote.AgentServer{
		Open: func(game *remote.Stub) (err error) {
			if loaded, err = a.Load(game); err == nil && loaded.MultiplyAdds() > 0 {
				err = fmt.Errorf("the policy %s has neural tasks, whose input only the game itself can give", loaded.Name)
			}
			return err
		},
		Sit: func(_ *remote.Stub, at remote.Seating) (remote.Decider, error) {
			seated, batch := loaded.NewAgent(at.Seed, at.Seat), policy.NewBatch()
			next, turns := 0, loaded.Game.Vocabulary().TicksPerSecond == 0
			return func(body *remote.StubBody, tick int) error {
				if tick != next && !turns {
					seated.Halt(body, tick) // it was dead in between
				}
				next = tick + 1
				seated.Tick(body, tick, batch)
				batch.Run()
				seated.Finish(body)
				return nil
			}, nil
		},
	}
	return s.Serve(in, out)
}
