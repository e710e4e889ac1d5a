package remote

import (
	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// task hands its arguments to the peer in every tick that it runs, until the peer
// says that it has ended. An instant one succeeds when it has got a channel.
type task struct {
	index    int
	channels vocab.Channels
	instant  bool
}

var _ games.Task = task{}

func (task) Words() int { return 0 }

func (t task) Tick(of games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := bodyOf(of)
	if !call.Started {
		switch b.ended(t.index, call.Draw) {
		case statusSuccess:
			return bt.Success, 0
		case statusFailure:
			return bt.Failure, 0
		}
	}
	may := call.May & t.channels
	if t.channels != 0 && may == 0 {
		if t.instant {
			return bt.Failure, 0
		}
		return bt.Running, 0
	}
	b.orders = append(b.orders, order{task: t.index, start: call.Started, draw: call.Draw, channels: may,
		args: append([]games.Value(nil), call.Args...)})
	if t.instant {
		return bt.Success, may
	}
	return bt.Running, may
}

// Halt does nothing: a peer sees that a task is not commanded any more.
func (task) Halt(games.Body, games.Call, []uint64) {}

// bodyOf is the body of a remote world or of a stub.
func bodyOf(of games.Body) *body {
	if stub, ok := of.(*StubBody); ok {
		return &stub.body
	}
	return of.(*body)
}
