package cfr

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// team is a group of threads that run the same function together, many
// thousand times a second. Its workers live between begin and end only. The
// caller is worker 0.
type team struct {
	size  int
	work  func(worker int)
	round atomic.Uint32 // counts the calls of do; odd in the top bit ends
	left  atomic.Int32  // workers still busy
	stop  bool
	ended sync.WaitGroup
}

func newTeam(size int) *team { return &team{size: size} }

// spins is how often a worker looks before it yields its processor: shorter
// than the serial part of an iteration on a small game.
const spins = 4000

func (t *team) begin() {
	if t.size == 1 {
		return
	}
	t.stop = false
	seen := t.round.Load()
	for worker := 1; worker < t.size; worker++ {
		t.ended.Add(1)
		go func() {
			defer t.ended.Done()
			for round := seen; ; round++ {
				for n := 0; t.round.Load() == round; n++ {
					if n > spins {
						runtime.Gosched()
					}
				}
				if t.stop {
					return
				}
				t.work(worker)
				t.left.Add(-1)
			}
		}()
	}
}

// do runs work on every worker and returns when all are done.
func (t *team) do(work func(worker int)) {
	if t.size == 1 {
		work(0)
		return
	}
	t.work = work
	t.left.Store(int32(t.size - 1))
	t.round.Add(1)
	work(0)
	for n := 0; t.left.Load() != 0; n++ {
		if n > spins {
			runtime.Gosched()
		}
	}
}

func (t *team) end() {
	if t.size == 1 {
		return
	}
	t.stop = true
	t.round.Add(1)
	t.ended.Wait()
}
