package arena

import (
	"testing"

	"dryad/bt"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// taskCase says of a task whether a run of it did what its meaning says. run
// makes a fresh world by a function that sets it up, and tries the task in it.
type taskCase struct {
	task string
	did  func(t *testing.T, task int) bool
}

// where tasks that take a position or another agent are sent, unless a case
// says otherwise: the south of the east room, the ally, a shotgun.
var usual = targets{agent: ally, x: 1168, y: 64, number: float64(fps.Shotgun)}

// sees puts self and the enemy into the west room, in view of each other.
func sees(w *World) {
	w.set(enemy, 650, 384, 180)
	w.set(self, 200, 384, 0)
	w.actors[enemy].Health = 900
}

var taskCases = []taskCase{
	{"move_to", func(t *testing.T, task int) bool {
		r := attempt(small(t, "team_deathmatch"), task, usual, 400, nil)
		return r.status == bt.Success && r.w.from(self, usual.x, usual.y) <= 32 && r.fired == 0
	}},
	{"shoot", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		sees(w)
		w.actors[enemy].Health = 120
		w.actors[self].Ammo[fps.Bullets] = 200
		r := attempt(w, task, targets{agent: enemy, x: 650, y: 384}, 1500, nil)
		return r.status == bt.Success && w.actors[enemy].Kills == 0 && w.actors[enemy].Deaths == 1
	}},
	{"strafe", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		sees(w)
		r := attempt(w, task, targets{agent: enemy, x: 650, y: 384}, 200, nil)
		return r.status == bt.Running && r.walked > 600 && r.turned == 0 && abs(w.apart(self, enemy)-450) < 200 && r.seen > 150
	}},
	{"retreat", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		sees(w)
		r := attempt(w, task, usual, 1000, nil)
		return r.status == bt.Success && r.unseen >= 104 && r.unseen < 150 && w.apart(self, enemy) > 450
	}},
	{"explore", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		r := attempt(w, task, usual, 1500, nil)
		return r.status == bt.Running && int(w.actors[self].Explored)*100/w.level.Area > 45
	}},
	{"hold", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		r := attempt(w, task, usual, 60, func(tick int) {
			w.noises[self] = fps.Noise{X: fixed.FromInt(100), Y: fixed.FromInt(384), Tick: w.head.Tick}
		})
		return r.status == bt.Running && r.walked == 0 && w.facing(self, fixed.FromInt(100), fixed.FromInt(384)) < 15
	}},
	{"take_cover", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		sees(w)
		r := attempt(w, task, targets{agent: enemy, x: 300, y: 500}, 600, nil)
		return r.status == bt.Success && r.unseen < 100 && !w.level.Map.Sees(&w.heights, w.actors[enemy].eye(), w.actors[self].X, w.actors[self].Y, 0, maps56)
	}},
	{"flank", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		w.set(enemy, 400, 384, 180)
		w.set(self, 150, 384, 0)
		w.actors[enemy].Health = 900
		r := attempt(w, task, targets{agent: enemy, x: 150, y: 500}, 600, nil)
		e := &w.actors[enemy]
		return r.status == bt.Success && w.facing(enemy, w.actors[self].X, w.actors[self].Y) >= 60 && w.apart(self, enemy) > 90 &&
			w.level.Map.Sees(&w.heights, w.actors[self].eye(), e.X, e.Y, e.Z, e.Z+maps56)
	}},
	{"suppress", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		to := targets{agent: ally, x: 700, y: 700}
		r := attempt(w, task, to, 300, nil)
		return r.status == bt.Success && r.fired >= 60 && w.facing(self, fixed.FromInt(to.x), fixed.FromInt(to.y)) < 10
	}},
	{"regroup", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		r := attempt(w, task, usual, 400, nil)
		return r.status == bt.Success && w.apart(self, ally) > 100 && w.apart(self, ally) <= 165
	}},
	{"follow", func(t *testing.T, task int) bool {
		midway, ahead, status := walkWith(t, task)
		return status == bt.Running && ahead < -60 && ahead > -260 && midway < -60 && midway > -260
	}},
	{"guard", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		w.set(enemy, 690, 720, 90)
		first := attempt(w, task, usual, 250, nil)
		second := attempt(w, task, usual, 400, nil)
		return first.status == bt.Running && second.status == bt.Running && w.from(self, usual.x, usual.y) <= 200 && second.walked > 100
	}},
	{"escort", func(t *testing.T, task int) bool {
		_, ahead, status := walkWith(t, task)
		return status == bt.Running && ahead > 20
	}},
	{"capture", func(t *testing.T, task int) bool {
		w := small(t, "king_of_the_hill")
		o := &w.objectives[0]
		w.set(self, 100, 600, 0)
		w.set(enemy, 1400, 700, 0)
		w.set(ally, 1400, 500, 0)
		r := attempt(w, task, targets{agent: enemy, x: 300, y: 700}, 600, nil)
		return r.status == bt.Success && o.Owner == w.actors[self].Team
	}},
	{"escape", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		sees(w)
		r := attempt(w, task, usual, 1000, nil)
		return r.status == bt.Success && r.unseen >= 174 && r.walked > 200
	}},
	{"camp", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		r := attempt(w, task, usual, 500, nil)
		seen := 0
		for n := range w.level.Nodes() {
			if w.level.Nav.Visible(int(w.actors[self].Node), n) {
				seen++
			}
		}
		return r.status == bt.Running && r.walked > 64 && r.calm > 100 && seen*2 > w.level.Nodes() &&
			w.apart(self, ally) > 300 && w.from(self, usual.x, usual.y) > 250
	}},
	{"peek", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		w.set(enemy, 1300, 100, 180)
		w.set(self, 650, 250, 0)
		w.actors[enemy].Health = 900
		c := w.contact(self, enemy)
		c.X, c.Y, c.Seen, c.Alive = w.actors[enemy].X, w.actors[enemy].Y, w.head.Tick, 1
		r := attempt(w, task, targets{agent: enemy, x: 300, y: 700}, 300, nil)
		return r.status == bt.Success && r.seen > 0 && w.from(self, 650, 250) <= 64
	}},
	{"switch_weapon", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		w.actors[self].Owned |= 1 << fps.Shotgun
		r := attempt(w, task, usual, 30, nil)
		return r.status == bt.Success && w.actors[self].Weapon == int32(fps.Shotgun)
	}},
	{"look_at", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		to := targets{agent: ally, x: 100, y: 650}
		r := attempt(w, task, to, 60, nil)
		return r.status == bt.Success && r.walked == 0 && w.facing(self, fixed.FromInt(to.x), fixed.FromInt(to.y)) < 8
	}},
	{"look_around", func(t *testing.T, task int) bool {
		r := attempt(small(t, "team_deathmatch"), task, usual, 100, nil)
		return r.status == bt.Success && r.walked == 0 && abs(r.turned-360) <= 40
	}},
	{"charge", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		sees(w)
		r := attempt(w, task, targets{agent: enemy, x: 100, y: 700}, 200, nil)
		reached := r.status == bt.Success && w.apart(self, enemy) < 70
		w = small(t, "team_deathmatch")
		sees(w)
		w.kill(enemy, -1, "test")
		r = attempt(w, task, targets{agent: enemy, x: 100, y: 700}, 200, nil)
		return reached && r.status == bt.Failure
	}},
	{"pick_up", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		w.actors[self].Health = 50
		r := attempt(w, task, usual, 300, nil)
		had := r.status == bt.Success && w.actors[self].Health > 50
		w = small(t, "team_deathmatch")
		w.actors[self].Health = 50
		w.absent[0], w.gone[0] = w.head.Tick+1000, w.head.Tick+1000
		r = attempt(w, task, usual, 300, nil)
		return had && r.status == bt.Failure
	}},
	{"dodge", func(t *testing.T, task int) bool {
		w := small(t, "team_deathmatch")
		w.set(enemy, 700, 384, 180)
		w.set(self, 200, 384, 0)
		w.missiles = append(w.missiles, missile{X: fixed.FromInt(640), Y: fixed.FromInt(384), Z: fixed.FromInt(36),
			VX: -20 * fixed.One, Owner: enemy, Weapon: int32(fps.PlasmaRifle), Until: w.head.Tick + 100})
		r := attempt(w, task, usual, 100, nil)
		for range 40 { // until the missile has passed
			w.Step()
		}
		return r.status == bt.Success && len(w.missiles) == 0 && w.actors[self].DamageTaken == 0 && r.walked > 40 && r.turned == 0 && r.ticks < 40
	}},
	{"keep_distance", func(t *testing.T, task int) bool {
		far := func(start int) bool {
			w := small(t, "team_deathmatch")
			w.set(enemy, 650, 384, 180)
			w.set(self, start, 384, 0)
			w.actors[enemy].Health = 900
			r := attempt(w, task, targets{agent: enemy, x: 300, y: 384, number: 300}, 200, nil)
			return r.status == bt.Running && abs(w.apart(self, enemy)-300) < 60 && r.calm > 20 && r.walked > 32
		}
		return far(100) && far(520)
	}},
}

const maps56 = 56 * fixed.One

// walkWith lets the ally walk east along the south of both rooms and returns
// how far ahead of it self is midway and in the end.
func walkWith(t *testing.T, task int) (midway, ahead int, status bt.Status) {
	w := small(t, "team_deathmatch")
	w.set(ally, 200, 64, 0)
	w.set(self, 100, 64, 0)
	lead := func() int { return units(w.actors[self].X - w.actors[ally].X) }
	r := attempt(w, task, targets{agent: ally, x: 300, y: 700}, 120, func(tick int) {
		if tick == 60 {
			midway = lead()
		}
		a := &w.actors[ally]
		a.VX = 6 * fixed.One
		a.Node = w.level.NodeAt(a.X, a.Y)
		w.perceive()
	})
	return midway, lead(), r.status
}

// Every task does what its meaning says, and no other task would have passed
// for it.
func TestTasksInASmallWorld(t *testing.T) {
	v := fps.Vocabulary("arena")
	tested := map[string]bool{}
	for _, c := range taskCases {
		tested[c.task] = true
		own, ok := v.Task(c.task)
		if !ok {
			t.Fatalf("no task %s", c.task)
		}
		t.Run(c.task, func(t *testing.T) {
			for k := range v.Tasks {
				if did := c.did(t, k); did != (k == own) {
					if k == own {
						t.Errorf("%s does not do what it says: %s", c.task, v.Tasks[k].Description)
					} else {
						t.Errorf("%s passes for %s", v.Tasks[k].Name, c.task)
					}
				}
			}
		})
	}
	for _, task := range v.Tasks {
		if !tested[task.Name] {
			t.Errorf("task %s has no test", task.Name)
		}
	}
}
