package thought

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"dryad/bt"
)

// State is what a watcher has counted, to be put back later.
type State struct {
	policy string // its hash
	tally  []Tally
	ticks  int
	tick   int
	root   bt.Status
}

// Save copies what was counted.
func (w *Watcher) Save() State {
	return State{w.policy.Hash, append([]Tally(nil), w.tally...), w.ticks, w.tick, w.root}
}

// Load puts back what was counted of the same policy; of another policy
// nothing is known.
func (w *Watcher) Load(s State) {
	clear(w.decided)
	clear(w.scored)
	if s.policy != w.policy.Hash || len(s.tally) != len(w.tally) {
		w.tally, w.ticks, w.tick, w.root = fresh(len(w.nodes)), 0, -1, bt.Idle
		return
	}
	copy(w.tally, s.tally)
	w.ticks, w.tick, w.root = s.ticks, s.tick, s.root
}

// Equal reports whether two states say the same.
func (s State) Equal(other State) bool {
	return s.policy == other.policy && s.ticks == other.ticks && s.tick == other.tick && s.root == other.root && slices.Equal(s.tally, other.tally)
}

// errState is the fault of bytes that are no state.
var errState = errors.New("what a tree did so far is damaged")

// columns returns pointers to the counts of a node, in the order in which they are
// written.
func (t *Tally) columns() [7]*int32 {
	return [7]*int32{&t.Visits, &t.Successes, &t.Failures, &t.Running, &t.Started, &t.Ended, &t.Changed}
}

// Append appends the state to buf and returns it. It is written as the difference
// from an earlier state of the same seat, which the reader must have too; the zero
// State is earlier than all.
func (s State) Append(buf []byte, earlier State) []byte {
	buf = binary.AppendUvarint(buf, uint64(len(s.policy)))
	buf = append(buf, s.policy...)
	buf = binary.AppendVarint(buf, int64(s.tick))
	buf = binary.AppendUvarint(buf, uint64(s.ticks))
	buf = append(buf, byte(s.root))
	buf = binary.AppendUvarint(buf, uint64(len(s.tally)))
	base := s.base(earlier)
	for column := range 7 {
		for i := range s.tally {
			buf = binary.AppendVarint(buf, int64(*s.tally[i].columns()[column])-int64(*base[i].columns()[column]))
		}
	}
	for i := range s.tally {
		buf = append(buf, byte(s.tally[i].Last))
	}
	return buf
}

// base returns the counts that a state is written as the difference from.
func (s State) base(earlier State) []Tally {
	if earlier.policy == s.policy && len(earlier.tally) == len(s.tally) {
		return earlier.tally
	}
	return fresh(len(s.tally))
}

// ReadState is the inverse of State.Append.
func ReadState(data []byte, earlier State) (State, error) {
	var s State
	bad := false
	unsigned := func() uint64 {
		v, n := binary.Uvarint(data)
		if n <= 0 {
			bad = true
			return 0
		}
		data = data[n:]
		return v
	}
	signed := func() int64 {
		v, n := binary.Varint(data)
		if n <= 0 {
			bad = true
			return 0
		}
		data = data[n:]
		return v
	}
	name := unsigned()
	if bad || name > uint64(len(data)) {
		return State{}, errState
	}
	s.policy, data = string(data[:name]), data[name:]
	tick, ticks := signed(), unsigned()
	if bad || len(data) == 0 || tick < -1 || tick > math.MaxInt32 || ticks > math.MaxInt32 || data[0] > byte(bt.Failure) {
		return State{}, errState
	}
	s.tick, s.ticks, s.root = int(tick), int(ticks), bt.Status(data[0])
	data = data[1:]
	// Every node takes eight bytes at least, so a claim cannot make much room.
	nodes := unsigned()
	if bad || nodes > uint64(len(data))/8 {
		return State{}, errState
	}
	s.tally = make([]Tally, nodes)
	base := s.base(earlier)
	for column := range 7 {
		for i := range s.tally {
			value := signed()
			if bad || value < -math.MaxInt32-1 || value > math.MaxInt32 {
				return State{}, errState
			}
			value += int64(*base[i].columns()[column])
			if value < -1 || value > math.MaxInt32 {
				return State{}, errState
			}
			*s.tally[i].columns()[column] = int32(value)
		}
	}
	if uint64(len(data)) != nodes {
		return State{}, errState
	}
	for i, status := range data {
		if status > byte(bt.Failure) {
			return State{}, errState
		}
		s.tally[i].Last = bt.Status(status)
	}
	return s, nil
}
