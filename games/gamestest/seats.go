package gamestest

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// ranges tries that every reading is what its declaration says.
func ranges(t *testing.T, f *fixture) {
	w := f.world(t)
	f.play(t, w, func(d *driver) bool {
		for s, acts := range d.acts {
			if acts && !inRange(t, d.words, d.observe(w.Body(games.Seat(s))), w.Now(), s) {
				return false
			}
		}
		return true
	})
}

func inRange(t *testing.T, words *vocab.Vocabulary, values []float64, now, seat int) bool {
	t.Helper()
	ok := true
	for i, v := range values {
		kind, low, high := vocab.Bool, 0.0, 1.0
		if i < len(words.Features) {
			feature := &words.Features[i]
			kind, low, high = feature.Kind, feature.Min, feature.Max
			switch kind {
			case vocab.Bool:
				low, high = 0, 1
			case vocab.Enum:
				low, high = 0, float64(len(feature.Values)-1)
			}
		}
		whole := kind != vocab.Number && kind != vocab.Angle
		if math.IsNaN(v) || v < low || v > high || whole && v != math.Trunc(v) {
			t.Errorf("tick %d, seat %d: %s is %v, which is no %s from %v to %v", now, seat, words.ReadingName(i), v, kind, low, high)
			ok = false
		}
	}
	return ok
}

// frozen tries that nothing that a seat perceives changes within a tick: not by
// asking again or in another order, and not by what others do.
func frozen(t *testing.T, f *fixture) {
	w := f.world(t)
	d := newDriver(t, f.game, w, f.seed)
	for range f.ticks {
		if _, over := w.Result(); over {
			return
		}
		before := make([]perception, w.Seats())
		for s := range d.acts {
			d.acts[s] = w.Perceive(games.Seat(s))
		}
		for s, acts := range d.acts {
			if acts {
				before[s] = d.perceive(games.Seat(s))
			}
		}
		for s, acts := range d.acts {
			if acts {
				if seat := w.Body(games.Seat(s)).Seat(); int(seat) != s {
					t.Fatalf("the body of seat %d is that of seat %d", s, seat)
				}
				d.act(games.Seat(s))
			} else {
				d.rest(games.Seat(s))
			}
		}
		for s, acts := range d.acts {
			if acts {
				if after := d.perceive(games.Seat(s)); !reflect.DeepEqual(before[s], after) {
					t.Fatalf("seed %d, tick %d: what seat %d perceives changes within the tick:\n%+v\n%+v", f.seed, w.Now(), s, before[s], after)
				}
			}
		}
		w.Step()
	}
}

// perception is all that a seat can ask its body.
type perception struct {
	Values  []float64
	Targets []games.Target
	Chosen  []bool
	Inputs  [][]float32
}

func (d *driver) perceive(s games.Seat) perception {
	b := d.world.Body(s)
	p := perception{Values: d.observe(b)}
	var one [1]float64
	for i := len(p.Values) - 1; i >= 0; i-- {
		if b.Observe([]int32{int32(i)}, one[:]); one[0] != p.Values[i] {
			d.t.Fatalf("seat %d: %s is %v alone and %v among all", s, d.words.ReadingName(i), one[0], p.Values[i])
		}
	}
	for i, c := range d.words.Choosers {
		target, ok := b.Choose(i, 99)
		if ok && target.Kind != c.Kind {
			d.t.Fatalf("the chooser %s for %s picks a target of kind %s", c.Name, c.Kind, target.Kind)
		}
		if !ok {
			target = games.Target{}
		}
		p.Targets, p.Chosen = append(p.Targets, target), append(p.Chosen, ok)
	}
	for i, n := range d.words.Nets {
		input := make([]float32, elements(n.Inputs))
		args := make([]games.Value, 0)
		if rule, ok := d.words.Task(n.Rule); ok {
			args = make([]games.Value, len(d.words.Tasks[rule].Params))
			for k := range args {
				if kind := d.words.Tasks[rule].Params[k].Kinds[0]; kind.Target() && !d.words.Tasks[rule].Params[k].Optional {
					at := slices.IndexFunc(p.Targets, func(t games.Target) bool { return t.Kind == kind })
					if at < 0 {
						args = nil
						break
					}
					args[k] = games.Value{Given: true, Target: p.Targets[at]}
				}
			}
		}
		if args == nil {
			continue
		}
		b.NetInput(i, games.Call{Args: args, Started: true, May: ^vocab.Channels(0)}, input)
		for _, v := range input {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				d.t.Fatalf("the neural task %s observes %v", n.Name, v)
			}
		}
		p.Inputs = append(p.Inputs, input)
	}
	return p
}

func elements(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// tasks tries what every task owes: a status, no channels but its own and those
// that are free, no success of one that never ends, and failure when its target
// is not in the world.
func tasks(t *testing.T, f *fixture) {
	w := f.world(t)
	d := newDriver(t, f.game, w, f.seed)
	d.after = func(b games.Body, task int, call games.Call, status bt.Status, used vocab.Channels) {
		word := &d.words.Tasks[task]
		switch {
		case status != bt.Success && status != bt.Failure && status != bt.Running:
			t.Errorf("the task %s returns the status %v", word.Name, status)
		case status == bt.Success && word.NonTerminating:
			t.Errorf("the task %s never ends, and succeeds", word.Name)
		case status != bt.Failure && used&^call.May != 0:
			t.Errorf("the task %s takes channels that are not free", word.Name)
		case status != bt.Failure && used&^word.Channels != 0:
			t.Errorf("the task %s takes channels that it does not declare", word.Name)
		}
	}
	d.before = d.nobody
	for range f.ticks {
		if _, over := w.Result(); over || t.Failed() {
			return
		}
		d.tick()
		w.Step()
	}
}

// nobody starts every task that may choose an agent or an item by itself while
// no chooser finds one.
func (d *driver) nobody(s games.Seat) {
	b := d.world.Body(s)
	for i := range d.words.Tasks {
		word := &d.words.Tasks[i]
		if len(word.Params) == 0 || !word.Params[0].Optional || d.choosable(b, word.Params[0].Kinds) {
			continue
		}
		args := make([]games.Value, len(word.Params))
		for k := range args {
			args[k].Number = word.Params[k].Default
		}
		call := games.Call{Args: args, Started: true, May: ^vocab.Channels(0)}
		if status, _ := d.game.Task(i).Tick(b, call, make([]uint64, d.game.Task(i).Words())); status != bt.Failure {
			d.t.Errorf("the task %s returns %v although there is nothing to choose for it", word.Name, status)
		}
	}
}

// choosable reports whether a chooser finds something of one of the kinds, or
// whether something else than agents and items is accepted.
func (d *driver) choosable(b games.Body, kinds []vocab.Kind) bool {
	for _, kind := range kinds {
		if kind != vocab.Agent && kind != vocab.Item {
			return true
		}
		for i, c := range d.words.Choosers {
			if c.Kind != kind {
				continue
			}
			if _, ok := b.Choose(i, 0); ok {
				return true
			}
		}
	}
	return false
}

// hidden tries that a seat learns nothing of what is changed behind its back.
func hidden(t *testing.T, f *fixture, scramble func(games.World, games.Seat, *rand.Rand) bool) {
	w := f.world(t)
	random, changed := games.Stream(f.seed, 2), 0
	d := newDriver(t, f.game, w, f.seed)
	for tick := range f.ticks {
		if _, over := w.Result(); over {
			break
		}
		if tick%5 == 4 {
			snapshot := w.Snapshot(nil)
			for s := range w.Seats() {
				seat := games.Seat(s)
				if !w.Perceive(seat) {
					continue
				}
				before := d.perceive(seat)
				if !scramble(w, seat, random) {
					continue
				}
				changed++
				w.Perceive(seat)
				if after := d.perceive(seat); !reflect.DeepEqual(before, after) {
					t.Fatalf("seed %d, tick %d: seat %d learns of what is hidden from it:\n%+v\n%+v", f.seed, tick, s, before, after)
				}
				if err := w.Restore(snapshot); err != nil {
					t.Fatal(err)
				}
			}
		}
		d.tick()
		w.Step()
	}
	if changed == 0 {
		t.Errorf("seed %d: nothing was ever hidden from anybody", f.seed)
	}
}
