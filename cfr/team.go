package cfr

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// team is a group of threads that share pieces of work, many thousand times a
// second. Its workers live between begin and end only; the caller of do works
// too.
//
// Every thread has a row of pieces of her own, the same each time, whose tables
// stay in the caches of her processor; who has done hers takes what others have
// not begun. Only pieces that were taken are waited for: a worker whose processor
// another program has taken is not missed. Who waits looks for a while and then
// sleeps, to make room for whom she waits.
type team struct {
	size  int
	looks int // before a thread sleeps
	work  func(piece int)
	stop  atomic.Bool
	ended sync.WaitGroup

	lanes []lane
	round atomic.Uint64
	ready atomic.Int32 // pieces that are done
	whole int32        // pieces of the round

	begun, done gate
}

// lane has the pieces of one thread: the round in the upper half, then the end
// of the row, then the next to be taken. It is one number, so that nobody takes a
// piece of another round.
type lane struct {
	state atomic.Uint64
	first atomic.Uint64 // piece of the row
	_     [48]byte      // lanes stand apart, for the caches
	holds int           // how often the thread looks before it takes another's piece
	_     [56]byte
}

// mostPieces is the greatest number of pieces of a round.
const mostPieces = 1<<16 - 1

// take returns a piece that nobody has taken, if there is one.
func (l *lane) take() (piece int, ok bool) {
	for {
		state := l.state.Load()
		next, end := state&mostPieces, state>>16&mostPieces
		if next >= end {
			return 0, false
		}
		if l.state.CompareAndSwap(state, state+1) {
			return int(next), true
		}
	}
}

// left reports whether there are pieces to be taken.
func (l *lane) left() bool {
	state := l.state.Load()
	return state&mostPieces < state>>16&mostPieces
}

// begun reports whether a piece of the row was taken.
func (l *lane) begun() bool { return l.state.Load()&mostPieces > l.first.Load() }

// gate is where threads wait for a condition that another one brings about.
type gate struct {
	asleep atomic.Int32
	mutex  sync.Mutex
	wake   sync.Cond
}

// manyLooks is how often a thread looks before it sleeps, some 50
// microseconds: longer than the parts of an iteration that one thread does
// alone.
const manyLooks = 20_000

// patience is how often a thread looks, at most, before it takes a piece of
// another that begins none: some 100 microseconds.
const patience = 50_000

// wait returns when open does.
func (g *gate) wait(open func() bool, spins int) {
	for range spins {
		if open() {
			return
		}
	}
	g.mutex.Lock()
	g.asleep.Add(1)
	for !open() {
		g.wake.Wait()
	}
	g.asleep.Add(-1)
	g.mutex.Unlock()
}

// opened wakes who sleeps. It is called after the condition has come true: who
// looked before counts as asleep by now, or looks again.
func (g *gate) opened() {
	if g.asleep.Load() > 0 {
		g.mutex.Lock()
		g.wake.Broadcast()
		g.mutex.Unlock()
	}
}

func newTeam(size int) *team {
	t := &team{size: size, lanes: make([]lane, size)}
	if size <= runtime.GOMAXPROCS(0) {
		t.looks = manyLooks
	}
	t.begun.wake.L, t.done.wake.L = &t.begun.mutex, &t.done.mutex
	return t
}

func (t *team) begin() {
	t.stop.Store(false)
	for worker := 1; worker < t.size; worker++ {
		t.ended.Add(1)
		go func() {
			defer t.ended.Done()
			var seen uint64
			for !t.stop.Load() {
				t.begun.wait(func() bool { return t.round.Load() != seen || t.stop.Load() }, t.looks)
				seen = t.round.Load()
				t.share(worker)
			}
		}()
	}
}

// share takes the worker's own pieces, and then those that others have not
// begun.
func (t *team) share(worker int) {
	for i := range t.size {
		lane := &t.lanes[(worker+i)%t.size]
		if i > 0 && lane.begun() {
			t.lanes[worker].holds = t.patience()
		}
		for i == 0 || t.absent(worker, lane) {
			piece, ok := lane.take()
			if !ok {
				break
			}
			whole := t.whole // of this round, until the piece is done
			t.work(piece)
			if t.ready.Add(1) == whole {
				t.done.opened()
			}
		}
	}
}

// absent waits while the owner of a lane takes its pieces, and reports whether
// there are some that she does not take. What moves to another processor's
// caches comes slowly, so that one waits long for an owner who was there; but
// one whose processor another program has is soon not waited for.
func (t *team) absent(worker int, lane *lane) bool {
	own := &t.lanes[worker]
	before := lane.state.Load()
	for looks := 0; looks < own.holds && lane.left(); looks++ {
		if state := lane.state.Load(); state != before {
			before, looks = state, 0
		}
	}
	if !lane.left() {
		return false
	}
	own.holds /= 4
	return true
}

// patience is how often a thread looks for an owner who has begun.
func (t *team) patience() int {
	if t.looks == 0 {
		return 0
	}
	return patience
}

// do runs work for pieces 0 to the last of ends, and returns when all are done.
// ends are the ends of the threads' rows.
func (t *team) do(ends []int, work func(piece int)) {
	pieces := ends[len(ends)-1]
	if t.size == 1 {
		for piece := range pieces {
			work(piece)
		}
		return
	}
	t.work, t.whole = work, int32(pieces)
	t.ready.Store(0)
	round, begin := t.round.Load()+1, 0
	for i, end := range ends {
		t.lanes[i].first.Store(uint64(begin))
		t.lanes[i].state.Store(round<<32 | uint64(end)<<16 | uint64(begin))
		begin = end
	}
	t.round.Store(round) // after the rows: who sees it finds hers
	t.begun.opened()
	t.share(0)
	t.done.wait(func() bool { return t.ready.Load() == int32(pieces) }, t.looks)
}

func (t *team) end() {
	t.stop.Store(true)
	t.begun.opened()
	t.ended.Wait()
}

// rows divides pieces of some weights into a row for each thread, and returns
// their ends.
func (t *team) rows(weights []int) []int {
	total := 0
	for _, w := range weights {
		total += w
	}
	ends := make([]int, t.size)
	piece, sum := 0, 0
	for i := range ends {
		// A piece belongs where its middle is.
		for piece < len(weights) && (2*sum+weights[piece])*t.size <= 2*total*(i+1) {
			sum += weights[piece]
			piece++
		}
		ends[i] = piece
	}
	ends[t.size-1] = len(weights)
	return ends
}
