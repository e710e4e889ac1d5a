package tag

import (
	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

var tasks = [...]games.Task{taskMoveTo: moveTo{}, taskFlee: flee{}, taskStay: stay{}}

// moveTo goes to its target by a shortest way.
//
//   - fails: never
//   - succeeds: on the cell, or next to a player
//   - runs: otherwise, also when the move channel is taken
type moveTo struct{}

func (moveTo) Words() int { return 0 }

func (moveTo) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*body)
	target := call.Args[0].Target
	at, to := b.at(), b.find(target)
	reach := uint8(0)
	if target.Kind == vocab.Agent {
		reach = 1
	}
	if b.world.board.far[at][to] <= reach {
		return bt.Success, 0
	}
	if call.May&channelMove == 0 {
		return bt.Running, 0
	}
	b.wish = direction(b.world.board.near[at][to])
	return bt.Running, channelMove
}

// Undrawn implements [games.Undrawn].
func (moveTo) Undrawn() {}

func (moveTo) Halt(games.Body, games.Call, []uint64) {}

// flee steps to the neighbouring cell that is farthest from a player, for
// ever.
type flee struct{}

func (flee) Words() int { return 0 }

func (flee) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	if call.May&channelMove == 0 {
		return bt.Running, 0
	}
	b := seat.(*body)
	from := b.find(call.Args[0].Target)
	best := direction(0)
	for d := direction(1); d <= 4; d++ {
		if b.world.board.far[b.world.board.step(b.at(), d)][from] > b.world.board.far[b.world.board.step(b.at(), best)][from] {
			best = d
		}
	}
	b.wish = best
	return bt.Running, channelMove
}

// Undrawn implements [games.Undrawn].
func (flee) Undrawn() {}

func (flee) Halt(games.Body, games.Call, []uint64) {}

// stay stands still for a number of ticks and then succeeds.
type stay struct{}

func (stay) Words() int { return 1 }

func (stay) Tick(seat games.Body, call games.Call, state []uint64) (bt.Status, vocab.Channels) {
	state[0]++
	if float64(state[0]) >= call.Args[0].Number {
		return bt.Success, 0
	}
	if call.May&channelMove == 0 {
		return bt.Running, 0
	}
	seat.(*body).wish = 0
	return bt.Running, channelMove
}

// Undrawn implements [games.Undrawn].
func (stay) Undrawn() {}

func (stay) Halt(games.Body, games.Call, []uint64) {}
