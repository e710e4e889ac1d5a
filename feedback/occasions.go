package feedback

import (
	"cmp"
	"fmt"
	"slices"

	"dryad/games"
	"dryad/replay"
)

// An Occasion is a moment that is shown with what came before and after it.
type Occasion struct {
	Tick int
	// Why says what it was chosen for.
	Why string
}

// lowHealth is the health below which a seat is in danger.
const lowHealth = 35

// Occasions chooses up to count moments of a match, in order of time: the fight
// with the most damage, the first time that health fell low outside of it, the
// middle of the longest time without a fight, then further fights.
func (c *Course) Occasions(seat games.Seat, count int) []Occasion {
	var chosen []Occasion
	apart := 4 * c.Rate
	add := func(tick int, why string) {
		free := !slices.ContainsFunc(chosen, func(o Occasion) bool { return max(o.Tick-tick, tick-o.Tick) < apart })
		if free && len(chosen) < count {
			chosen = append(chosen, Occasion{tick, why})
		}
	}
	fights, index := c.fights(seat)
	order := make([]int, len(fights))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(fights[b].Dealt[0]+fights[b].Dealt[1], fights[a].Dealt[0]+fights[a].Dealt[1])
	})
	tell := func(i int) (int, string) {
		f, own := fights[i], index[i]
		return f.From, fmt.Sprintf("a fight with seat %d begins: it %s", f.Seats[1-own], outcomeOf(f, own))
	}
	for n, i := range order {
		if n == 0 {
			add(tell(i))
		}
	}
	for i := 1; i < len(c.Samples) && len(chosen) < 2; i++ {
		fighting := slices.ContainsFunc(fights, func(f games.Fight) bool {
			return f.From <= i*c.Every && i*c.Every <= f.To+c.Rate && chosen != nil && chosen[0].Tick == f.From
		})
		if s := c.standing(i, seat); !fighting && s.Present && s.Health < lowHealth && c.standing(i-1, seat).Health >= lowHealth {
			add(i*c.Every, fmt.Sprintf("its health falls to %.0f", s.Health))
		}
	}
	from, to := c.quiet(fights)
	if to-from > 4*c.Rate {
		add((from+to)/2, fmt.Sprintf("the longest time without a fight, %s to %s", clock(from, c.Rate), clock(to, c.Rate)))
	}
	for _, i := range order {
		add(tell(i))
	}
	slices.SortStableFunc(chosen, func(a, b Occasion) int { return a.Tick - b.Tick })
	return chosen
}

// quiet is the longest time between fights.
func (c *Course) quiet(fights []games.Fight) (from, to int) {
	end := (len(c.Samples) - 1) * c.Every
	last := 0
	for _, f := range append(slices.Clone(fights), games.Fight{From: end, To: end}) {
		if f.From-last > to-from {
			from, to = last, f.From
		}
		last = max(last, f.To)
	}
	return from, to
}

// outcomeOf says how a fight ended for one of its sides.
func outcomeOf(f games.Fight, own int) string {
	switch {
	case f.Died[own] && f.Died[1-own]:
		return "dies, and so does the enemy"
	case f.Died[own]:
		return "dies"
	case f.Died[1-own]:
		return "kills"
	}
	return "breaks off, or the enemy does"
}

// occasionsOf are moments of a match of which no course is known.
func occasionsOf(r *replay.Replay, seat games.Seat, count int) []Occasion {
	var list []Occasion
	for _, tick := range Moments(r, seat, count) {
		list = append(list, Occasion{tick, ""})
	}
	return list
}
