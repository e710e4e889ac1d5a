package export

import (
	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// idle is a scripted game whose tasks run and do nothing, for the benchmark.
type idle struct{ *scripted }

func (g *idle) Task(int) games.Task { return idleTask{} }

type idleTask struct{}

func (idleTask) Words() int { return 0 }

func (idleTask) Tick(_ games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	return bt.Running, call.May
}

func (idleTask) Halt(games.Body, games.Call, []uint64) {}

// idleBody perceives zeros and chooses nothing.
type idleBody struct{}

func (*idleBody) Seat() games.Seat                                          { return 0 }
func (*idleBody) Observe(_ []int32, values []float64)                       { clear(values) }
func (*idleBody) Choose(int, uint64) (games.Target, bool)                   { return games.Target{}, false }
func (*idleBody) NetInput(int, games.Call, []float32)                       {}
func (*idleBody) NetOutput(_ int, c games.Call, _ []float32) vocab.Channels { return c.May }
func (*idleBody) Commit(vocab.Channels)                                     {}
func (*idleBody) AppendCommands(buf []byte) []byte                          { return buf }
func (*idleBody) SetCommands([]byte) error                                  { return nil }
