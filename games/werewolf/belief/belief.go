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
func Of(v *rules.View, m Model) *Belief { return Heard(v, m, nil) }

// Heard is Of for a view whose speeches were read before: claims has what each
// speech of the log claims, in order. Nil reads them.
func Heard(v *rules.View, m Model, claims [][]hearing.Claim) *Belief {
	return conclude(v, gather(v, m, claims, false))
}

func conclude(v *rules.View, e *evidence) *Belief {
	b := &Belief{set: v.Set, seat: e.seat}
	total := 0.0
	one, other, simple := singles(v.Set)
	var t *sums
	if !simple {
		t = newSums(v.Set)
	}
	for wolves := range subsets(v.Set.Players, v.Set.Werewolves) {
		weight := e.wolves(wolves)
		switch {
		case weight <= 0:
		case simple:
			total += b.addSimple(e, one, other, wolves, weight)
		default:
			total += b.add(e, t, wolves, weight)
		}
	}
	if total <= 0 {
		// What was seen is impossible by the rules: nothing is known.
		for seat := range v.Set.Players {
			for _, r := range v.Set.Kinds() {
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

// Outside returns what somebody may conclude who has only heard and seen what is
// public: how a seat looks to the others.
func Outside(v *rules.View, m Model) *Belief { return Overheard(v, m, nil) }

// Overheard is Outside for a view whose speeches were read before, as for
// Heard.
func Overheard(v *rules.View, m Model, claims [][]hearing.Claim) *Belief {
	return conclude(v, gather(v, m, claims, true))
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
	for seat := range among.All() {
		if seat == b.seat {
			continue
		}
		if x := value(seat); best == games.NoSeat || x > most {
			best, most = seat, x
		}
	}
	return best
}

// sums is the room and the tables for adding up assignments: a state is how
// many of each role but the werewolf are left to give, as a number.
type sums struct {
	kinds  []rules.Role
	stride []int
	start  int
	has    [][]bool    // by state and kind: one is left
	after  [][]float64 // by seat and state: the weight of this seat and all behind it
	unary  [][]float64 // by seat and kind
	before []float64
	next   []float64
}

func newSums(set *rules.Set) *sums {
	t := &sums{}
	states := 1
	for _, r := range set.Kinds() {
		if r == rules.Werewolf {
			continue
		}
		t.kinds = append(t.kinds, r)
		t.stride = append(t.stride, states)
		t.start += states * set.Count(r)
		states *= set.Count(r) + 1
	}
	t.has = make([][]bool, states)
	for state := range t.has {
		t.has[state] = make([]bool, len(t.kinds))
		for k, r := range t.kinds {
			t.has[state][k] = state/t.stride[k]%(set.Count(r)+1) > 0
		}
	}
	t.after = make([][]float64, set.Players+1)
	for i := range t.after {
		t.after[i] = make([]float64, states)
	}
	t.after[set.Players][0] = 1
	t.unary = make([][]float64, set.Players)
	for i := range t.unary {
		t.unary[i] = make([]float64, len(t.kinds))
	}
	t.before, t.next = make([]float64, states), make([]float64, states)
	return t
}

// add adds the weights of all assignments with the given werewolves to the
// marginals and returns their sum. The other roles are summed by dynamic
// programming over the seats.
func (b *Belief) add(e *evidence, t *sums, wolves rules.Seats, weight float64) float64 {
	n := b.set.Players
	for i := n - 1; i >= 0; i-- {
		seat := games.Seat(i)
		if wolves.Has(seat) {
			copy(t.after[i], t.after[i+1])
			continue
		}
		for k, r := range t.kinds {
			t.unary[i][k] = e.role(seat, r, wolves)
		}
		for state, has := range t.has {
			sum := 0.0
			for k, u := range t.unary[i] {
				if has[k] {
					sum += float64(u * t.after[i+1][state-t.stride[k]])
				}
			}
			t.after[i][state] = sum
		}
	}
	total := float64(t.after[0][t.start] * weight)
	if total == 0 {
		return 0
	}
	clear(t.before)
	t.before[t.start] = weight
	for i := range n {
		if wolves.Has(games.Seat(i)) {
			b.roles[i][rules.Werewolf] += total
			continue
		}
		clear(t.next)
		for state, w := range t.before {
			if w == 0 {
				continue
			}
			for k, r := range t.kinds {
				if t.has[state][k] {
					to := state - t.stride[k]
					x := float64(w * t.unary[i][k])
					t.next[to] += x
					b.roles[i][r] += float64(x * t.after[i+1][to])
				}
			}
		}
		t.before, t.next = t.next, t.before
	}
	return total
}

// heard is one claim, or a vote, with those who lived then.
type heard struct {
	hearing.Claim
	alive rules.Seats
}
