package arena_test

import (
	"os"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/vocab"
)

// driver plays a seat by a fixed order of tasks, the first whose target can
// be chosen: what a tree would do, without one.
type driver struct {
	game  games.Game
	seat  games.Seat
	plan  []step
	doing int
	state [32]uint64
	draws uint64
	shoot [32]uint64
	aim   int
}

type step struct {
	when          string // condition, or empty
	task, chooser string
}

var fighter = []step{
	{"has_enemy_in_view", "strafe", ""},
	{"is_hurt", "pick_up", "nearest_medkit"},
	{"item_is_near", "pick_up", "nearest_item"},
	{"knows_enemy_location", "move_to", "last_enemy_location"},
	{"", "explore", ""},
}

func (d *driver) index(word string) int {
	i, ok := d.game.Vocabulary().Task(word)
	if !ok {
		panic(word)
	}
	return i
}

func (d *driver) tick(b games.Body) {
	v := d.game.Vocabulary()
	used := vocab.Channels(0)
	holds := func(name string) bool {
		if name == "" {
			return true
		}
		i, ok := v.Reading(name)
		if !ok {
			panic(name)
		}
		var value [1]float64
		b.Observe([]int32{int32(i)}, value[:])
		return value[0] != 0
	}
	if holds("has_enemy_in_view") {
		call := games.Call{Args: make([]games.Value, 1), Started: d.aim == 0, May: ^used, Draw: games.Mix(uint64(d.seat), d.draws)}
		if d.aim == 0 {
			clear(d.shoot[:])
		}
		d.aim = 1
		s, c := d.game.Task(d.index("shoot")).Tick(b, call, d.shoot[:])
		if s == bt.Running {
			used |= c
		} else {
			d.aim = 0
		}
	} else {
		d.aim = 0
	}
	for i, p := range d.plan {
		if !holds(p.when) {
			continue
		}
		call := games.Call{May: ^used, Args: make([]games.Value, len(v.Tasks[d.index(p.task)].Params))}
		if p.chooser != "" {
			c, ok := v.Chooser(p.chooser)
			if !ok {
				panic(p.chooser)
			}
			t, ok := b.Choose(c, games.Mix(uint64(d.seat), d.draws))
			if !ok {
				continue
			}
			call.Args = []games.Value{{Given: true, Target: t}}
		}
		call.Started = d.doing != i+1
		if call.Started {
			d.doing = i + 1
			d.draws++
			clear(d.state[:])
		}
		call.Draw = games.Mix(uint64(d.seat), d.draws)
		s, c := d.game.Task(d.index(p.task)).Tick(b, call, d.state[:])
		if s != bt.Running {
			d.doing = 0
		}
		if s == bt.Failure {
			continue
		}
		used |= c
		break
	}
	b.Commit(used)
}

// anyMap returns a map that the machine has.
func anyMap(t testing.TB) string {
	t.Helper()
	if _, err := os.Stat("/usr/share/games/doom/freedm.wad"); err == nil {
		return "freedm.wad:MAP01"
	}
	return "generated:1"
}

func newMatch(t testing.TB, config games.Config, seed uint64) (games.World, []*driver) {
	t.Helper()
	w, drivers, err := makeMatch(config, seed)
	if err != nil {
		t.Fatal(err)
	}
	return w, drivers
}

func makeMatch(config games.Config, seed uint64) (games.World, []*driver, error) {
	game := arena.New()
	w, err := game.New(config, seed)
	if err != nil {
		return nil, nil, err
	}
	drivers := make([]*driver, w.Seats())
	for s := range drivers {
		drivers[s] = &driver{game: game, seat: games.Seat(s), plan: fighter}
	}
	return w, drivers, nil
}

func play(w games.World, drivers []*driver, ticks int) {
	for range ticks {
		if _, over := w.Result(); over {
			return
		}
		for s, d := range drivers {
			if w.Perceive(games.Seat(s)) {
				d.tick(w.Body(games.Seat(s)))
			}
		}
		w.Step()
	}
}

// TestDeathmatchIsFought: in five minutes everybody kills and is killed, and
// the books balance: each death is somebody's kill or the seat's own doing.
func TestDeathmatchIsFought(t *testing.T) {
	w, drivers := newMatch(t, games.Config{Map: anyMap(t), Seats: 4, Ticks: 5 * 60 * 35}, 1)
	play(w, drivers, 5*60*35)
	r, over := w.Result()
	if !over {
		t.Fatal("the match goes on after its time")
	}
	var kills, deaths, suicides float64
	for s := range w.Seats() {
		figure := map[string]float64{}
		for _, m := range w.Metrics(games.Seat(s)) {
			figure[m.Name] = m.Value
		}
		if figure["kills"] == 0 || figure["deaths"] == 0 {
			t.Errorf("seat %d: %v kills, %v deaths", s, figure["kills"], figure["deaths"])
		}
		if figure["hits"] > figure["shots"] || figure["hits"] == 0 {
			t.Errorf("seat %d: %v hits with %v shots", s, figure["hits"], figure["shots"])
		}
		if r.Points[s] != figure["kills"]-figure["suicides"] {
			t.Errorf("seat %d: %v points, %v kills, %v suicides", s, r.Points[s], figure["kills"], figure["suicides"])
		}
		kills, deaths, suicides = kills+figure["kills"], deaths+figure["deaths"], suicides+figure["suicides"]
	}
	if kills+suicides != deaths {
		t.Errorf("%v deaths of %v kills and %v suicides", deaths, kills, suicides)
	}
}
