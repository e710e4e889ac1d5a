package rules

import (
	"iter"
	"math/bits"
	"strconv"

	"dryad/games"
)

// MaxSeats is the largest number of players.
const MaxSeats = 16

// Seats is a set of seats.
type Seats uint16

// Of returns the set of the given seats.
func Of(seats ...games.Seat) Seats {
	var s Seats
	for _, seat := range seats {
		s |= 1 << seat
	}
	return s
}

// First returns the set of the first n seats.
func First(n int) Seats { return Seats(1<<n - 1) }

// Has reports whether the seat is in the set; nobody is in none.
func (s Seats) Has(seat games.Seat) bool { return seat >= 0 && seat < MaxSeats && s>>seat&1 != 0 }

// Len returns how many seats are in the set.
func (s Seats) Len() int { return bits.OnesCount16(uint16(s)) }

// Lowest returns the lowest seat, NoSeat of an empty set.
func (s Seats) Lowest() games.Seat {
	if s == 0 {
		return games.NoSeat
	}
	return games.Seat(bits.TrailingZeros16(uint16(s)))
}

// All goes through the seats in order.
func (s Seats) All() iter.Seq[games.Seat] {
	return func(yield func(games.Seat) bool) {
		for ; s != 0; s &= s - 1 {
			if !yield(s.Lowest()) {
				return
			}
		}
	}
}

// List returns the seats in order.
func (s Seats) List() []games.Seat {
	list := make([]games.Seat, 0, s.Len())
	for seat := range s.All() {
		list = append(list, seat)
	}
	return list
}

// Nth returns the seat at a place of the order.
func (s Seats) Nth(n int) games.Seat {
	for ; n > 0; n-- {
		s &= s - 1
	}
	return s.Lowest()
}

// Name returns how a seat is called in speech and in announcements.
func Name(seat games.Seat) string { return "player_" + strconv.Itoa(int(seat)) }
