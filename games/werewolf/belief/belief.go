package belief

import (
	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// Belief is a posterior over roles.
type Belief struct {
	set   *rules.Set
	seat  games.Seat
	roles [rules.MaxSeats][rules.Roles]float64
}

// Of returns what the seat of a view may conclude by a model.
func Of(v *rules.View, m Model) *Belief {
	e := gather(v, m)
	b := &Belief{set: v.Set, seat: v.Seat}
	total := 0.0
	kinds := v.Set.Kinds()
	for wolves := range subsets(v.Set.Players, v.Set.Werewolves) {
		if weight := e.wolves(wolves); weight > 0 {
			total += b.add(e, kinds, wolves, weight)
		}
	}
	if total <= 0 {
		// What was seen is impossible by the rules: nothing is known.
		for seat := range v.Set.Players {
			for _, r := range kinds {
				b.roles[seat][r] = float64(v.Set.Count(r)) / float64(v.Set.Players)
			}
		}
		return b
	}
	for seat := range b.roles {
		for r := range b.roles[seat] {
			b.roles[seat][r] /= total
		}
	}
	return b
}

// subsets goes through the sets of size k of the first n seats, in order.
func subsets(n, k int) func(yield func(rules.Seats) bool) {
	return func(yield func(rules.Seats) bool) {
		for s := 0; s < 1<<n; s++ {
			if rules.Seats(s).Len() == k && !yield(rules.Seats(s)) {
				return
			}
		}
	}
}

// Role returns the probability that a seat has a role.
func (b *Belief) Role(seat games.Seat, r rules.Role) float64 { return b.roles[seat][r] }

// Wolf returns the probability that a seat is a werewolf.
func (b *Belief) Wolf(seat games.Seat) float64 { return b.roles[seat][rules.Werewolf] }

// Likely returns the most likely role of a seat, the first in the order of the
// set's roles among equals.
func (b *Belief) Likely(seat games.Seat) rules.Role {
	best := rules.Unknown
	for _, r := range b.set.Kinds() {
		if best == rules.Unknown || b.roles[seat][r] > b.roles[seat][best] {
			best = r
		}
	}
	return best
}

// Suspect returns the one of the seats, oneself excepted, that is most likely a
// werewolf; the lowest among equals, NoSeat of none.
func (b *Belief) Suspect(among rules.Seats) games.Seat {
	return b.Most(among, func(s games.Seat) float64 { return b.Wolf(s) })
}

// Trusted returns the one of the seats, oneself excepted, that is least likely
// a werewolf.
func (b *Belief) Trusted(among rules.Seats) games.Seat {
	return b.Most(among, func(s games.Seat) float64 { return -b.Wolf(s) })
}

// Most returns the seat with the highest value, oneself excepted; the lowest
// seat among equals, NoSeat of none.
func (b *Belief) Most(among rules.Seats, value func(games.Seat) float64) games.Seat {
	best, most := games.NoSeat, 0.0
	for seat := range (among &^ rules.Of(b.seat)).All() {
		if x := value(seat); best == games.NoSeat || x > most {
			best, most = seat, x
		}
	}
	return best
}

// add adds the weights of all assignments with the given werewolves to the
// marginals and returns their sum. The other roles are summed by dynamic
// programming over the seats: a state is how many of each role are left.
func (b *Belief) add(e *evidence, kinds []rules.Role, wolves rules.Seats, weight float64) float64 {
	n := b.set.Players
	var stride [rules.Roles]int
	states, start := 1, 0
	for _, r := range kinds {
		if r == rules.Werewolf {
			continue
		}
		stride[r] = states
		start += states * b.set.Count(r)
		states *= b.set.Count(r) + 1
	}
	left := func(state int, r rules.Role) int { return state / stride[r] % (b.set.Count(r) + 1) }
	// after[i][s]: the weight of seats i, i+1, ... with the cards s left.
	after := make([][]float64, n+1)
	for i := range after {
		after[i] = make([]float64, states)
	}
	after[n][0] = 1
	unary := make([][rules.Roles]float64, n)
	for i := n - 1; i >= 0; i-- {
		seat := games.Seat(i)
		if wolves.Has(seat) {
			copy(after[i], after[i+1])
			continue
		}
		for _, r := range kinds {
			if r != rules.Werewolf {
				unary[i][r] = e.role(seat, r, wolves)
			}
		}
		for state := range states {
			sum := 0.0
			for _, r := range kinds {
				if r != rules.Werewolf && left(state, r) > 0 {
					sum += float64(unary[i][r] * after[i+1][state-stride[r]])
				}
			}
			after[i][state] = sum
		}
	}
	total := float64(after[0][start] * weight)
	if total == 0 {
		return 0
	}
	before := make([]float64, states)
	before[start] = weight
	next := make([]float64, states)
	for i := range n {
		if wolves.Has(games.Seat(i)) {
			b.roles[i][rules.Werewolf] += total
			continue
		}
		clear(next)
		for state, w := range before {
			if w == 0 {
				continue
			}
			for _, r := range kinds {
				if r == rules.Werewolf || left(state, r) == 0 {
					continue
				}
				to := state - stride[r]
				x := float64(w * unary[i][r])
				next[to] += x
				b.roles[i][r] += float64(x * after[i+1][to])
			}
		}
		before, next = next, before
	}
	return total
}

// heard is one claim with its time.
type heard struct {
	hearing.Claim
	round uint8
}
