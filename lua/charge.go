package lua

import "errors"

// ErrExceeded is wrapped by the error of a call that used up its budget.
var ErrExceeded = errors.New("the function used up its instructions")

// What one piece of work costs, in units of a call's budget. Each
// amount is chosen so that a unit stands for at most some 100 ns on one core of
// 2020, memory and its collection included; BenchmarkHostile measures it.
const (
	chargeStatement = 1 // any statement, and each round of a loop
	chargeOperation = 1 // arithmetic, a comparison, an index, a truth operation
	chargeCall      = 4 // a call, and 1 for each chargeSlots variables of the function
	chargeTable     = 6 // a new table
	chargeEntry     = 6 // a new key of a table that is no next place of its array
	chargeAppend    = 2 // a new next place of a table's array
	chargeClosure   = 6 // a new function, and 1 for each variable it captures
	chargeVariable  = 2 // a new variable that a function captures
	chargeNumber    = 8 // text to number or back, and 1 for each chargeBytes of it
	chargeIterator  = 6 // ipairs and pairs
	chargeSlots     = 8
	chargeBytes     = 8  // bytes of text that a unit compares, reads or looks up
	chargeBits      = 16 // binary places by which the operands of % differ, for a unit
	// A number of more than 15 digits, or with an exponent, may have to be read
	// with long arithmetic, which takes up to 100 us.
	chargeLong = 1000
)

// spend takes units from what is left of the call's budget.
func (m *Machine) spend(units int) {
	m.left -= units
	if m.left < 0 {
		panic(exceeded{})
	}
}

// exceeded is the panic that ends a call; no script can catch it.
type exceeded struct{}

// text charges for work over n bytes.
func (m *Machine) text(n int) {
	if n > chargeBytes {
		m.spend(n / chargeBytes)
	}
}
