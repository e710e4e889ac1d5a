package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/maps"
)

// The stages of an actor's hands. A weapon is taken down and the next one raised; a
// weapon that is up takes the trigger; a pull of the trigger runs to its end, and a
// wish for another weapon waits for that. The ticks are those of the real engine,
// which scripts/doom-weapons measures.
const (
	steady   int32 = iota // the weapon is up and waits for the trigger
	lowering              // the weapon in hand goes down until Due, then the wanted one comes up
	raising               // the weapon in hand comes up until Due
	firing                // a pull of the trigger, until Due
	resting               // the weapon recovers after a pull, until Due
)

const (
	travel = fps.WeaponChange/2 + 1 // ticks that a weapon takes down, and as many up, the first and the last included
	unseen = 2                      // of them that are over when an actor has entered
)

// switchWeapon notes the wish for another weapon, if it is owned. Asking for the
// weapon in hand calls no wish back.
func (w *World) switchWeapon(i int, to fps.Weapon) {
	a := &w.actors[i]
	if to >= fps.Weapons || a.Owned>>to&1 == 0 || int32(to) == a.Weapon {
		return
	}
	a.Wanted = int32(to) + 1
}

// takeUp lets a weapon come up from below, the first step of it in a tick. What the
// hands did before has ended.
func (a *actor) takeUp(weapon fps.Weapon, first int32) {
	a.Weapon, a.Wanted, a.Streak = int32(weapon), 0, 0
	a.Stage, a.Due = raising, first+travel-1
	a.Ready = a.Due
}

// act carries out what an actor does with its hands: using and firing.
func (w *World) act(i int) {
	a, c := &w.actors[i], &w.commands[i]
	if c.Use {
		if line, ok := w.level.Map.UseLine(&w.heights, a.X, a.Y, a.Angle); ok {
			w.trigger(i, int32(line), maps.Use, 0)
		}
	}
	w.handle(i, c.Fire)
	a.Ready = a.readyFrom()
}

// handle goes on with the weapon in hand by a tick.
func (w *World) handle(i int, trigger bool) {
	a := &w.actors[i]
	f := fps.Weapon(a.Weapon).Facts()
	now := w.head.Tick
	switch a.Stage {
	case raising:
		if a.Wanted != 0 {
			// Down again from the height that it has reached.
			a.Stage, a.Due = lowering, now+travel-2-(a.Due-now)
		} else if now >= a.Due {
			a.Stage = steady
		}
	case firing:
		w.goOn(i, f, trigger)
	case resting:
		if trigger && a.Wanted == 0 && f.Again > 0 && now == a.Began+f.Cycle()+f.Again && w.loaded(i, f) {
			w.pull(i, f)
		} else if now >= a.Due {
			a.Stage = steady
		}
	}
	if a.Stage == steady {
		if a.Wanted != 0 {
			a.Stage, a.Due = lowering, now+travel-1
		} else if trigger && w.loaded(i, f) {
			w.pull(i, f)
		}
	}
	if a.Stage == lowering && now >= a.Due {
		a.takeUp(fps.Weapon(a.Wanted-1), now)
	}
}

// pull begins a pull of the trigger.
func (w *World) pull(i int, f *fps.WeaponFacts) {
	a := &w.actors[i]
	a.Stage, a.Began, a.Fired, a.Due = firing, w.head.Tick, 0, w.head.Tick+f.Cycle()
	w.goOn(i, f, false)
}

// goOn lets the shots of a pull leave in their ticks. At its end, a held trigger begins
// the next, else the weapon recovers.
func (w *World) goOn(i int, f *fps.WeaponFacts, trigger bool) {
	a := &w.actors[i]
	now := w.head.Tick
	if a.Fired < f.Burst && now >= a.Began+f.Windup+a.Fired*f.Refire {
		a.Fired++
		w.fire(i)
		return
	}
	if now < a.Due {
		return
	}
	if trigger && a.Wanted == 0 && w.loaded(i, f) {
		a.Streak++
		w.pull(i, f)
		return
	}
	a.Streak = 0
	a.Stage, a.Due = resting, now+f.Recover
	if f.Recover == 0 {
		a.Stage = steady
	}
}

// readyFrom returns the tick from which the trigger begins a shot, if nothing else is
// asked for until then.
func (a *actor) readyFrom() int32 {
	switch {
	case a.Stage == lowering:
		return a.Due + travel - 1
	case a.Stage == raising || a.Wanted == 0:
		return a.Due
	}
	// The weapon in hand is on its way out as soon as it is done.
	rest := int32(0)
	if a.Stage == firing {
		rest = fps.Weapon(a.Weapon).Facts().Recover
	}
	return a.Due + rest + 2*(travel-1)
}
