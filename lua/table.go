package lua

import "math"

// table is a Lua table: an array of the keys 1, 2, ... as far as they were
// appended, and the other keys in the order in which they were first set.
type table struct {
	array   []value // its last place is never nil
	entries []entry
	index   map[value]int // of entries; made when they are many
	whole   int           // entries whose key is a number
}

type entry struct{ key, value value }

// fewEntries is up to how many entries are searched one by one.
const fewEntries = 8

// find returns the place of a key among the entries, or -1.
func (t *table) find(key value) int {
	if t.index != nil {
		if i, ok := t.index[key]; ok {
			return i
		}
		return -1
	}
	for i := range t.entries {
		if t.entries[i].key == key {
			return i
		}
	}
	return -1
}

// place returns the array place of a key that is a whole number from 1.
func place(key value) (int, bool) {
	if key.kind == isNumber && key.n >= 1 && key.n <= math.MaxInt32 {
		if i := int(key.n); float64(i) == key.n {
			return i, true
		}
	}
	return 0, false
}

// get returns the value of a key, nil for none.
func (m *Machine) get(t *table, key value) value {
	if i, ok := place(key); ok && i <= len(t.array) {
		return t.array[i-1]
	}
	if len(t.entries) == 0 {
		return null
	}
	if key.kind == isText {
		m.text(len(key.o.(string)))
	}
	if i := t.find(key); i >= 0 {
		return t.entries[i].value
	}
	return null
}

// set gives a key a value; nil takes it away. A key is no nil and no NaN.
func (m *Machine) set(t *table, key, v value) {
	if i, ok := place(key); ok {
		switch {
		case i <= len(t.array):
			t.array[i-1] = v
			for n := len(t.array); n > 0 && t.array[n-1].kind == isNil; n-- {
				t.array = t.array[:n-1] // each was paid for when it was appended
			}
			return
		case i == len(t.array)+1 && v.kind != isNil:
			m.append(t, v)
			return
		}
	}
	if key.kind == isText {
		m.text(len(key.o.(string)))
	}
	if at := t.find(key); at >= 0 {
		t.entries[at].value = v
		return
	}
	if v.kind == isNil {
		return
	}
	m.spend(chargeEntry)
	t.entries = append(t.entries, entry{key, v})
	if key.kind == isNumber {
		t.whole++
	}
	if t.index != nil {
		t.index[key] = len(t.entries) - 1
	} else if len(t.entries) > fewEntries {
		t.index = make(map[value]int, 2*len(t.entries))
		for i := range t.entries {
			t.index[t.entries[i].key] = i
		}
	}
}

// append gives the next place of the array a value, and takes over the entries
// that follow it.
func (m *Machine) append(t *table, v value) {
	m.spend(chargeAppend)
	t.array = append(t.array, v)
	if t.whole == 0 {
		return
	}
	if at := t.find(number(float64(len(t.array)))); at >= 0 {
		t.entries[at].value = null // what was set by its number before is shadowed now
	}
	for {
		m.spend(chargeOperation)
		at := t.find(number(float64(len(t.array) + 1)))
		if at < 0 || t.entries[at].value.kind == isNil {
			return
		}
		m.spend(chargeAppend)
		t.array = append(t.array, t.entries[at].value)
		t.entries[at].value = null
	}
}

// walk is where a walk through a table is.
type walk struct{ array, entry int }

// next returns the next key of a table that has a value, and the value; a nil
// key ends the walk.
func (m *Machine) next(t *table, w *walk) (key, v value) {
	for w.array < len(t.array) {
		at := w.array
		w.array++
		if t.array[at].kind != isNil {
			return number(float64(at + 1)), t.array[at]
		}
		m.spend(chargeOperation)
	}
	for w.entry < len(t.entries) {
		at := w.entry
		w.entry++
		if t.entries[at].value.kind != isNil {
			return t.entries[at].key, t.entries[at].value
		}
		m.spend(chargeOperation)
	}
	return null, null
}
