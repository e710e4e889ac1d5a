package belief

import (
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// singles reports whether a set is small and has, besides werewolves and villagers, at most two
// roles, of one player each, and which they are; Unknown where there is none.
func singles(set *rules.Set) (one, other rules.Role, simple bool) {
	if set.Players > 9 {
		return 0, 0, false // sums are quicker then
	}
	for _, r := range set.Kinds() {
		switch {
		case r == rules.Werewolf || r == rules.Villager:
		case set.Count(r) != 1 || other != rules.Unknown:
			return 0, 0, false
		case one == rules.Unknown:
			one = r
		default:
			other = r
		}
	}
	return one, other, true
}

// addSimple is add for a set with singles: it goes through the pairs of seats
// that may have them.
func (b *Belief) addSimple(e *evidence, one, other rules.Role, wolves rules.Seats, weight float64) float64 {
	var seats [rules.MaxSeats]games.Seat
	var plain, first, second [rules.MaxSeats]float64
	n := 0
	for seat := range (rules.First(b.set.Players) &^ wolves).All() {
		seats[n] = seat
		plain[n] = e.role(seat, rules.Villager, wolves)
		if one != rules.Unknown {
			first[n] = e.role(seat, one, wolves)
		}
		if other != rules.Unknown {
			second[n] = e.role(seat, other, wolves)
		}
		n++
	}
	total := 0.0
	var ofFirst, ofSecond [rules.MaxSeats]float64
	give := func(i, j int, x float64) {
		total += x
		if i >= 0 {
			ofFirst[i] += x
		}
		if j >= 0 {
			ofSecond[j] += x
		}
	}
	rest := func(i, j int) float64 {
		x := weight
		for k, p := range plain[:n] {
			if k != i && k != j {
				x = float64(x * p)
			}
		}
		return x
	}
	switch {
	case one == rules.Unknown:
		give(-1, -1, rest(-1, -1))
	case other == rules.Unknown:
		for i := range n {
			if first[i] != 0 {
				give(i, -1, float64(rest(i, -1)*first[i]))
			}
		}
	default:
		for i := range n {
			for j := range i {
				here, there := float64(first[i]*second[j]), float64(first[j]*second[i])
				if here == 0 && there == 0 {
					continue
				}
				x := rest(i, j)
				give(i, j, float64(x*here))
				give(j, i, float64(x*there))
			}
		}
	}
	for k, seat := range seats[:n] {
		if one != rules.Unknown {
			b.roles[seat][one] += ofFirst[k]
		}
		if other != rules.Unknown {
			b.roles[seat][other] += ofSecond[k]
		}
		if left := total - ofFirst[k] - ofSecond[k]; left > 1e-14*total {
			b.roles[seat][rules.Villager] += left
		}
	}
	for seat := range wolves.All() {
		b.roles[seat][rules.Werewolf] += total
	}
	return total
}
