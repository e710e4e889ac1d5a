package arena

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

// knowledge is all that a seat can get out of its body in a tick.
type knowledge struct {
	values  []float64
	targets []games.Target
	chosen  []bool
	inputs  [][]float32
	acts    []fps.Command
}

// knowledgeOf asks a body everything: every reading, every chooser, the
// networks' observations, and what every task would do.
func knowledgeOf(w *World, s int) knowledge {
	v := fps.Vocabulary("arena")
	w.fillPercept(s)
	b := w.Body(games.Seat(s))
	k := knowledge{values: make([]float64, v.Readings()), inputs: make([][]float32, len(v.Nets))}
	all := make([]int32, v.Readings())
	for i := range all {
		all[i] = int32(i)
	}
	b.Observe(all, k.values)
	byKind := map[vocab.Kind]games.Target{}
	for i := range v.Choosers {
		target, ok := b.Choose(i, 99)
		k.targets, k.chosen = append(k.targets, target), append(k.chosen, ok)
		if ok {
			byKind[target.Kind] = target
		}
	}
	for i := range v.Nets {
		call := games.Call{Args: make([]games.Value, 1), Draw: 7}
		if target, ok := byKind[vocab.Position]; ok && v.Nets[i].Rule == "move_to" {
			call.Args[0] = games.Value{Given: true, Target: target}
		}
		size := 1
		for _, n := range v.Nets[i].Inputs {
			size *= n
		}
		k.inputs[i] = make([]float32, size)
		b.NetInput(i, call, k.inputs[i])
	}
	for i := range v.Tasks {
		call := games.Call{Started: true, May: ^vocab.Channels(0), Draw: 7}
		complete := true
		for _, p := range v.Tasks[i].Params {
			target, ok := byKind[p.Kinds[0]]
			complete = complete && (ok || p.Optional || !p.Kinds[0].Target())
			call.Args = append(call.Args, games.Value{Given: ok, Target: target})
		}
		if !complete {
			continue
		}
		state := make([]uint64, fps.TaskOf(i).Words())
		_, used := fps.TaskOf(i).Tick(b, call, state)
		b.Commit(used)
		k.acts = append(k.acts, w.bodies[s].Command())
	}
	return k
}

// scramble changes what is hidden from a seat: where unseen enemies are and
// what they are like, whether items that it does not see are there, and
// missiles that it does not see.
func scramble(w *World, s int, random *rand.Rand) (hidden int) {
	for j := range w.actors {
		if j == s || w.actors[j].Team == w.actors[s].Team || w.contact(s, j).Visible != 0 {
			continue
		}
		hidden++
		o := &w.actors[j]
		p := w.ground.level.Starts[random.IntN(len(w.ground.level.Starts))]
		o.X, o.Y, o.Z, o.Node = p.X, p.Y, p.Z, p.Node
		o.VX, o.VY = fixed.Fixed(random.Int32N(1<<20)), fixed.Fixed(random.Int32N(1<<20))
		o.Angle, o.Pitch = fixed.Angle(random.Uint32()), 0
		o.Health, o.Armour = 1+random.Int32N(200), random.Int32N(200)
		o.Weapon = random.Int32N(int32(fps.Weapons))
		o.Ammo[fps.Bullets] = random.Int32N(200)
	}
	for k := range w.absent {
		w.absent[k] = w.head.Tick + random.Int32N(1000) - 500
	}
	for i := range w.missiles {
		m := &w.missiles[i]
		if !w.covers(&w.actors[s], m.X, m.Y) {
			m.VX, m.VY = -m.VX, -m.VY
		}
	}
	return hidden
}

// What is hidden from a seat changes nothing that it can learn or do.
func TestHiddenStateIsHidden(t *testing.T) {
	for _, mode := range []string{"deathmatch", "team_deathmatch", "capture_the_flag"} {
		config, err := New().Complete(games.Config{Map: "generated:3", Mode: mode, Seats: 6, Ticks: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		w, err := newWorld(config, 11)
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(1, 2))
		explore, _ := fps.Vocabulary("arena").Task("explore")
		shoot, _ := fps.Vocabulary("arena").Task("shoot")
		words := fps.TaskOf(explore).Words()
		states := make([][2][]uint64, 6)
		for s := range states {
			states[s] = [2][]uint64{make([]uint64, words), make([]uint64, words)}
		}
		hidden, seen := 0, 0
		for tick := range 1500 {
			for s := range w.seats {
				if !w.Perceive(games.Seat(s)) {
					clear(states[s][0])
					clear(states[s][1])
					continue
				}
				if tick%125 == 124 {
					snapshot := w.Snapshot(nil)
					before := knowledgeOf(w, s)
					hidden += scramble(w, s, random)
					seen += len(w.bodies[s].Percept.Enemies)
					after := knowledgeOf(w, s)
					if !reflect.DeepEqual(before, after) {
						t.Fatalf("%s, tick %d, seat %d: what is hidden shows:\n%+v\n%+v", mode, tick, s, before, after)
					}
					if err := w.Restore(snapshot); err != nil {
						t.Fatal(err)
					}
					w.Perceive(games.Seat(s))
				}
				b := w.Body(games.Seat(s))
				call := games.Call{Args: make([]games.Value, 1), May: ^vocab.Channels(0), Draw: uint64(s)}
				_, used := fps.TaskOf(shoot).Tick(b, call, states[s][1][:])
				call.May &^= used
				_, more := fps.TaskOf(explore).Tick(b, call, states[s][0][:])
				b.Commit(used | more)
			}
			w.Step()
		}
		if hidden == 0 || seen == 0 {
			t.Errorf("%s: %d hidden enemies were moved, %d were in view: the test saw nothing", mode, hidden, seen)
		}
	}
}
