package correct

import (
	"math"
	"slices"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// tasks lists every task of a game, by itself and with each target that it may
// be given first.
func tasks(v *vocab.Vocabulary) []*dsl.Node {
	var list []*dsl.Node
	for i := range v.Tasks {
		t := &v.Tasks[i]
		if len(t.Params) == 0 || t.Params[0].Optional {
			list = append(list, dsl.Do(dsl.Task, t.Name))
		}
		if len(t.Params) == 0 || len(t.Params) > 1 && !t.Params[1].Optional {
			continue
		}
		words := slices.Clone(t.Params[0].Values)
		for _, k := range t.Params[0].Kinds {
			for c := range v.Choosers {
				if v.Choosers[c].Kind == k {
					words = append(words, v.Choosers[c].Name)
				}
			}
		}
		for _, word := range words {
			list = append(list, dsl.Do(dsl.Task, t.Name, dsl.WordOf(word)))
		}
	}
	return list
}

// mover reports whether a task decides where the agent goes.
func mover(v *vocab.Vocabulary, n *dsl.Node) bool {
	i, ok := v.Task(n.Word)
	return ok && v.Tasks[i].Mover
}

// most is how many comparisons are made of a feature.
const most = 7

// test is a condition, and in which ticks it holds.
type test struct {
	text  string
	holds []bool
}

// tests lists what can be asked of one reading: a condition and its opposite, a
// comparison with values that the person saw. Tests that hold always or never in
// the ticks that count are left out, and so is one that holds when another does.
func tests(v *vocab.Vocabulary, r *record, counts []bool) []test {
	var list []test
	seen := map[string]bool{}
	add := func(text string, holds func(values []float64) bool) {
		t := test{text: text, holds: make([]bool, len(r.acted))}
		yes, no := false, false
		var key strings.Builder
		for tick, values := range r.readings {
			t.holds[tick] = values != nil && holds(values)
			if counts[tick] {
				yes, no = yes || t.holds[tick], no || !t.holds[tick]
			}
			bit := byte('0')
			if t.holds[tick] {
				bit = '1'
			}
			key.WriteByte(bit)
		}
		if yes && no && !seen[key.String()] {
			seen[key.String()] = true
			list = append(list, t)
		}
	}
	for i := range v.Readings() {
		name := v.ReadingName(i)
		if i >= len(v.Features) || v.Features[i].Kind == vocab.Bool {
			add(name, func(x []float64) bool { return x[i] != 0 })
			add("not "+name, func(x []float64) bool { return x[i] == 0 })
			continue
		}
		f := &v.Features[i]
		if f.Kind == vocab.Enum {
			for k, word := range f.Values {
				add(name+" == "+word, func(x []float64) bool { return int(x[i]) == k })
			}
			continue
		}
		for _, level := range levels(r, i, counts) {
			text, value := literal(v, f, level)
			add(name+" < "+text, func(x []float64) bool { return x[i] < value })
			add(name+" > "+text, func(x []float64) bool { return x[i] > value })
		}
	}
	return list
}

// levels returns values between those that a reading had.
func levels(r *record, reading int, counts []bool) []float64 {
	var values []float64
	for tick, all := range r.readings {
		if all != nil && counts[tick] {
			values = append(values, all[reading])
		}
	}
	slices.Sort(values)
	var list []float64
	for i := range most {
		if len(values) > 0 {
			list = append(list, values[(i+1)*(len(values)-1)/(most+1)])
		}
	}
	return slices.Compact(list)
}

// literal writes a number of a feature's kind with two digits that count, and
// returns the value that was written.
func literal(v *vocab.Vocabulary, f *vocab.Feature, value float64) (string, float64) {
	if value != 0 {
		digit := math.Pow(10, math.Floor(math.Log10(math.Abs(value)))-1)
		value = math.Round(value/digit) * digit
	}
	if f.Kind != vocab.Number {
		value = math.Round(value)
	}
	value = math.Round(value*1e6) / 1e6
	if f.Min < f.Max {
		value = max(f.Min, min(f.Max, value))
	}
	a := dsl.Amount{Value: value}
	switch f.Kind {
	case vocab.Angle:
		a.Unit = dsl.Degrees
	case vocab.Duration:
		a.Unit = dsl.Turns
		if v.TicksPerSecond > 0 {
			a = dsl.Amount{Value: math.Round(10*value/float64(v.TicksPerSecond)) / 10, Unit: dsl.Seconds}
			value = math.Round(a.Value * float64(v.TicksPerSecond))
		}
	}
	return a.String(), value
}
