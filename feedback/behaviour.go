package feedback

import (
	"math"
	"slices"

	"dryad/games"
	"dryad/replay"
)

// A Trait is a mean of how a policy plays a match, not of how well. One for which
// the match has no value is missing.
type Trait struct {
	Name, Unit string
	Value      float64
}

// near is the distance within which a mate counts as close, in units of length.
const near = 256

// Behaviour says how the seats of a policy play: where they keep in relation to
// enemies and mates, how much they move, and how their fights begin and end. The
// course must be that of the replay.
func Behaviour(r *replay.Replay, c *Course, seats []games.Seat) []Trait {
	var list []Trait
	add := func(name, unit string, m mean) {
		if m.count > 0 {
			list = append(list, Trait{name, unit, m.value()})
		}
	}
	var alive, above, enemy, mate, close, speed, health mean
	for _, seat := range seats {
		for i := range c.Samples {
			s := c.standing(i, seat)
			alive.add(100 * truth(s.Present))
			if !s.Present {
				continue
			}
			health.add(s.Health)
			if other, d, found := c.nearest(i, seat, false); found {
				enemy.add(d)
				above.add(s.Z - c.standing(i, other).Z)
			}
			if _, d, found := c.nearest(i, seat, true); found {
				mate.add(d)
				close.add(100 * truth(d <= near))
			}
			// A death between two samples moves the seat to a start.
			if i > 0 && c.standing(i-1, seat).Present {
				before := c.standing(i-1, seat)
				if step := math.Hypot(s.X-before.X, s.Y-before.Y); step <= far*float64(c.Every) {
					speed.add(step * float64(c.Rate) / float64(c.Every))
				}
			}
		}
	}
	add("time alive", "%", alive)
	add("health", "", health)
	add("speed", "a second", speed)
	add("distance to the nearest enemy", "", enemy)
	add("height above the nearest enemy", "", above)
	add("distance to the nearest mate", "", mate)
	add("time near a mate", "%", close)
	list = append(list, escort(r, c, seats)...)
	var fights, distance, own, first, killed, died mean
	minutes := float64(max(1, len(c.Samples))*c.Every) / float64(60*c.Rate)
	for _, seat := range seats {
		all, index := c.fights(seat)
		fights.add(float64(len(all)) / minutes)
		for i, f := range all {
			distance.add(f.Distance)
			own.add(f.Health[index[i]])
			first.add(100 * truth(f.First == index[i]))
			killed.add(100 * truth(f.Died[1-index[i]]))
			died.add(100 * truth(f.Died[index[i]]))
		}
	}
	if c.Fights == nil {
		return list
	}
	add("fights", "a minute", fights)
	add("distance as a fight begins", "", distance)
	add("health as a fight begins", "", own)
	add("fights in which it fires first", "%", first)
	add("fights that it wins", "%", killed)
	add("fights in which it dies", "%", died)
	return list
}

// far is the longest step of a tick that is a walk, in units of length.
const far = 64

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// escort is how far the seats keep from the mate that carries a flag.
func escort(r *replay.Replay, c *Course, seats []games.Seat) []Trait {
	var apart, with mean
	carrier, from := games.NoSeat, 0
	end := func(tick int) {
		for i := range c.Samples {
			if at := i * c.Every; carrier == games.NoSeat || at < from || at >= tick {
				continue
			}
			for _, seat := range seats {
				if seat == carrier || !c.standing(i, seat).Present || !c.standing(i, carrier).Present {
					continue
				}
				d := c.apart(i, seat, carrier)
				apart.add(d)
				with.add(100 * truth(d <= near))
			}
		}
		carrier = games.NoSeat
	}
	for _, e := range r.Events {
		switch e.Kind {
		case "flag_taken":
			if slices.Contains(seats, e.Seat) {
				end(e.Tick)
				carrier, from = e.Seat, e.Tick
			}
		case "flag_captured", "flag_dropped":
			if e.Seat == carrier {
				end(e.Tick)
			}
		}
	}
	end(r.Ticks)
	if apart.count == 0 {
		return nil
	}
	return []Trait{{"distance to the mate with the flag", "", apart.value()}, {"time near the mate with the flag", "%", with.value()}}
}
