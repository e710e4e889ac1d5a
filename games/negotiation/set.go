package negotiation

import (
	"bytes"
	"encoding/json"
	"fmt"

	"dryad/games"
)

// Kinds is the number of kinds of items.
const Kinds = 3

// kindNames are the kinds, one item and several.
var kindNames = [Kinds][2]string{{"book", "books"}, {"hat", "hats"}, {"ball", "balls"}}

// Items is a number of items of each kind, or what one of each kind is worth.
type Items [Kinds]uint8

// Count returns how many items there are.
func (n Items) Count() int { return int(n[0]) + int(n[1]) + int(n[2]) }

// Worth returns what items are worth at the given values.
func (n Items) Worth(values Items) int {
	worth := 0
	for k := range n {
		worth += int(n[k]) * int(values[k])
	}
	return worth
}

// Less returns the items that are left of n when taken are taken.
func (n Items) Less(taken Items) Items {
	for k := range n {
		n[k] -= taken[k]
	}
	return n
}

// within reports whether n has no more of any kind than pool.
func (n Items) within(pool Items) bool {
	for k := range n {
		if n[k] > pool[k] {
			return false
		}
	}
	return true
}

// Set is a set of rules.
type Set struct {
	// Pool is what is divided. Zero draws five to seven items from the seed of
	// each match.
	Pool Items `json:"pool"`
	// Total is what the whole pool is worth for each player.
	Total int `json:"total"`
	// Turns is the number of turns of both together. In the last one nothing can
	// be proposed.
	Turns int `json:"turns"`
}

// Limits of a set of rules.
const (
	maxOfKind = 5
	maxItems  = 9
	maxTotal  = 20
	maxTurns  = 20
)

// Read returns the rules of a mode with the fields of a JSON object in place of
// its defaults.
func Read(mode string, options json.RawMessage) (Set, error) {
	var s Set
	switch mode {
	case "small":
		s = Set{Pool: Items{1, 1, 1}, Total: 3, Turns: 4}
	case "standard":
		s = Set{Total: 10, Turns: 10}
	default:
		return s, fmt.Errorf("negotiation has no mode %q; it has small and standard", mode)
	}
	if len(options) > 0 && string(options) != "null" {
		d := json.NewDecoder(bytes.NewReader(options))
		d.DisallowUnknownFields()
		if err := d.Decode(&s); err != nil {
			return s, fmt.Errorf("read the rules of negotiation: %w", err)
		}
		if d.More() {
			return s, fmt.Errorf("read the rules of negotiation: something follows the object")
		}
	}
	return s, s.validate()
}

func (s *Set) validate() error {
	for _, n := range s.Pool {
		if n > maxOfKind {
			return fmt.Errorf("the rules of negotiation: %d items of a kind; there may be %d", n, maxOfKind)
		}
	}
	switch n := s.Pool.Count(); {
	case n > maxItems || n == 1:
		return fmt.Errorf("the rules of negotiation: a pool of %d items; 2 to %d are possible, or 0 to draw them", n, maxItems)
	case s.Total < 1 || s.Total > maxTotal:
		return fmt.Errorf("the rules of negotiation: a total of %d; 1 to %d are possible", s.Total, maxTotal)
	case s.Turns < 2 || s.Turns > maxTurns:
		return fmt.Errorf("the rules of negotiation: %d turns; 2 to %d are possible", s.Turns, maxTurns)
	case n > 0 && len(s.Deals()) == 0:
		return fmt.Errorf("the rules of negotiation: no values make the pool %v worth %d for both", s.Pool, s.Total)
	}
	return nil
}

// Values returns every way to value the kinds so that the pool is worth the
// total. The order is always the same.
func (s *Set) Values() []Items {
	var all []Items
	limit := func(k, rest int) int {
		if s.Pool[k] == 0 {
			return 0
		}
		return rest / int(s.Pool[k])
	}
	for a := range limit(0, s.Total) + 1 {
		rest := s.Total - a*int(s.Pool[0])
		for b := range limit(1, rest) + 1 {
			left := rest - b*int(s.Pool[1])
			c := limit(2, left)
			if c*int(s.Pool[2]) == left {
				all = append(all, Items{uint8(a), uint8(b), uint8(c)})
			}
		}
	}
	return all
}

// Deals returns the pairs of values that are dealt, with equal probability: each
// kind that there is has a value for somebody, and some kind has one for both.
func (s *Set) Deals() [][2]Items {
	values := s.Values()
	var deals [][2]Items
	for _, a := range values {
		for _, b := range values {
			all, common := true, false
			for k := range Kinds {
				all = all && (s.Pool[k] == 0 || a[k] > 0 || b[k] > 0)
				common = common || a[k] > 0 && b[k] > 0
			}
			if all && common {
				deals = append(deals, [2]Items{a, b})
			}
		}
	}
	return deals
}

// drawn returns the rules of one match: with a pool, if there was none.
func (s Set) drawn(seed uint64) Set {
	const purposePool = 0x706f6f6c
	draw := games.Stream(seed, purposePool)
	for s.Pool.Count() == 0 {
		n := 5 + draw.IntN(3)
		pool := Items{1, 1, 1}
		for range n - Kinds {
			pool[draw.IntN(Kinds)]++
		}
		if s.Pool = pool; len(s.Deals()) == 0 {
			s.Pool = Items{}
		}
	}
	return s
}
