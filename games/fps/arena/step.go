package arena

import "dryad/games"

// Step carries out the commands of all seats and advances to the next tick.
//
// The order within a tick is: turns and thrust, doors and lifts, movement,
// shots, missiles, pick-ups, the mode's own rules, entries, perception. Who
// shoots first in a tick goes round, so that no seat is favoured.
func (w *World) Step() {
	w.events, w.known = w.events[:0], w.known[:0]
	for i := range w.seats {
		w.commands[i] = w.bodies[i].Command()
		w.bodies[i].Clear()
	}
	w.commandMonsters()
	for i := range w.actors {
		if w.actors[i].Alive != 0 {
			w.steer(i)
		}
	}
	if len(w.movers.Active) > 0 {
		w.movers.Step(&w.heights, w.blockFn)
	}
	for i := range w.actors {
		if w.actors[i].Alive != 0 {
			w.move(i)
		}
	}
	first := int(w.head.Tick) % len(w.actors)
	for k := range w.actors {
		i := (first + k) % len(w.actors)
		if w.actors[i].Alive != 0 {
			w.act(i)
		}
	}
	w.flyMissiles()
	for k := range w.actors {
		i := (first + k) % len(w.actors)
		if w.actors[i].Alive != 0 {
			w.touchItems(i)
			w.suffer(i)
		}
	}
	w.head.Tick++
	w.mode.tick(w)
	w.enter()
	w.perceive()
	w.finish()
}

// event records what happened. known lists who could know of it, beginning at
// from in the tick's list; a negative from means everybody.
func (w *World) event(kind string, by, to int, what string, value float64, x, y int32, from int) {
	e := games.Event{Tick: int(w.head.Tick), Kind: kind, Seat: w.seatOf(by), Other: w.seatOf(to), What: what, Value: value, X: x, Y: y}
	if from >= 0 {
		e.Known = w.known[from:len(w.known):len(w.known)]
	}
	w.events = append(w.events, e)
}

// seatOf returns the seat of an actor; monsters have none.
func (w *World) seatOf(actor int) games.Seat {
	if actor < 0 || actor >= w.seats {
		return games.NoSeat
	}
	return games.Seat(actor)
}

// witnesses lists the seats that perceive one of two actors (or -1), and
// returns where the list begins.
func (w *World) witnesses(a, b int) int {
	from := len(w.known)
	for s := range w.seats {
		if s == a || s == b || a >= 0 && w.contact(s, a).Visible != 0 || b >= 0 && w.contact(s, b).Visible != 0 {
			w.known = append(w.known, games.Seat(s))
		}
	}
	return from
}
