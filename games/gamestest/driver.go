package gamestest

import (
	"math/rand/v2"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// driver plays all seats of a world by random tasks. What a seat does depends on
// the seed, the seat and what it perceives, so that equal worlds are played
// equally.
type driver struct {
	t      *testing.T
	game   games.Game
	words  *vocab.Vocabulary
	world  games.World
	random []*rand.Rand
	acts   []bool      // by seat, in this tick
	tasks  [][2]action // by seat
	// after, if any, is called after each tick of a task.
	after func(b games.Body, task int, call games.Call, status bt.Status, used vocab.Channels)
	// before, if any, is called for each seat that acts, before it does.
	before func(seat games.Seat)
}

// action is a task that may be running.
type action struct {
	running bool
	task    int
	args    []games.Value
	draw    uint64
	state   []uint64
}

// sentinel stands behind the state words of a task, which must not touch it.
const sentinel = 0x5e_a1_5e_a1_5e_a1_5e_a1

func newDriver(t *testing.T, game games.Game, w games.World, seed uint64) *driver {
	d := &driver{t: t, game: game, words: game.Vocabulary(), world: w}
	for s := range w.Seats() {
		d.random = append(d.random, games.Stream(seed, 0x74657374, uint64(s)))
	}
	d.acts, d.tasks = make([]bool, w.Seats()), make([][2]action, w.Seats())
	return d
}

// tick lets every seat perceive and act.
func (d *driver) tick() {
	for s := range d.acts {
		d.acts[s] = d.world.Perceive(games.Seat(s))
	}
	for s, acts := range d.acts {
		if acts {
			if d.before != nil {
				d.before(games.Seat(s))
			}
			d.act(games.Seat(s))
		} else {
			d.rest(games.Seat(s))
		}
	}
}

// act ticks what runs, begins something new where nothing does, and commits.
func (d *driver) act(s games.Seat) {
	b := d.world.Body(s)
	free := ^vocab.Channels(0)
	for k := range d.tasks[s] {
		a := &d.tasks[s][k]
		started := false
		if !a.running {
			if started = d.begin(b, a, d.random[s]); !started {
				continue
			}
		} else if d.random[s].IntN(16) == 0 {
			d.halt(b, a)
			continue
		}
		used := d.work(b, a, started, free)
		free &^= used
	}
	b.Commit(^free)
}

// begin chooses a task and its arguments.
func (d *driver) begin(b games.Body, a *action, r *rand.Rand) bool {
	for range 8 {
		task := r.IntN(len(d.words.Tasks))
		args, ok := d.arguments(b, &d.words.Tasks[task], r)
		if ok {
			size := d.game.Task(task).Words()
			state := make([]uint64, size+1)
			state[size] = sentinel
			*a = action{running: true, task: task, args: args, draw: r.Uint64(), state: state}
			return true
		}
	}
	return false
}

// work ticks an action once and returns the channels that it keeps.
func (d *driver) work(b games.Body, a *action, started bool, free vocab.Channels) vocab.Channels {
	size := len(a.state) - 1
	call := games.Call{Args: a.args, Started: started, May: free, Draw: a.draw}
	status, used := d.game.Task(a.task).Tick(b, call, a.state[:size:size])
	if a.state[size] != sentinel {
		d.t.Errorf("the task %s writes behind its state", d.words.Tasks[a.task].Name)
		a.state[size] = sentinel
	}
	a.running = status == bt.Running
	if d.after != nil {
		d.after(b, a.task, call, status, used)
	}
	if status == bt.Failure {
		return 0
	}
	return used & free
}

func (d *driver) halt(b games.Body, a *action) {
	size := len(a.state) - 1
	d.game.Task(a.task).Halt(b, games.Call{Args: a.args, Draw: a.draw}, a.state[:size:size])
	a.running = false
}

// rest halts what a seat that does not act was doing, unless it waits for its
// turn.
func (d *driver) rest(s games.Seat) {
	if d.words.TicksPerSecond == 0 {
		return
	}
	for k := range d.tasks[s] {
		if a := &d.tasks[s][k]; a.running {
			d.halt(d.world.Body(s), a)
		}
	}
}

// arguments draws the arguments of a task; false when a target that it needs
// cannot be chosen.
func (d *driver) arguments(b games.Body, task *vocab.Task, r *rand.Rand) ([]games.Value, bool) {
	args := make([]games.Value, len(task.Params))
	left := false
	for i := range task.Params {
		p := &task.Params[i]
		left = left || p.Optional && r.IntN(2) == 0
		v, ok := d.argument(b, p, r)
		switch {
		case left && p.Optional, !ok && p.Optional:
			left = true
			args[i] = games.Value{Number: p.Default}
		case !ok:
			return nil, false
		default:
			args[i] = v
		}
	}
	return args, true
}

// argument draws one argument of a kind that the parameter takes.
func (d *driver) argument(b games.Body, p *vocab.Param, r *rand.Rand) (games.Value, bool) {
	switch kind := p.Kinds[r.IntN(len(p.Kinds))]; {
	case kind.Target():
		var choosers []int
		for i, c := range d.words.Choosers {
			if c.Kind == kind {
				choosers = append(choosers, i)
			}
		}
		if len(choosers) == 0 {
			return games.Value{}, false
		}
		target, ok := b.Choose(choosers[r.IntN(len(choosers))], r.Uint64())
		return games.Value{Given: true, Target: target}, ok
	case kind == vocab.Enum || kind == vocab.Word:
		if len(p.Values) == 0 {
			return games.Value{}, false
		}
		return games.Value{Given: true, Number: float64(r.IntN(len(p.Values)))}, true
	case kind == vocab.Bool:
		return games.Value{Given: true, Number: float64(r.IntN(2))}, true
	}
	low, high := p.Min, p.Max
	if low >= high {
		low, high = 1, 10
	}
	return games.Value{Given: true, Number: low + float64(r.IntN(int(min(high-low, 1<<20))+1))}, true
}

// observe reads everything.
func (d *driver) observe(b games.Body) []float64 {
	readings, values := make([]int32, d.words.Readings()), make([]float64, d.words.Readings())
	for i := range readings {
		readings[i] = int32(i)
	}
	b.Observe(readings, values)
	return values
}
