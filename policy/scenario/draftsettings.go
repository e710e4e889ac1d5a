package scenario

import (
	"slices"
	"strconv"

	"dryad/bt"
	"dryad/dsl"
	"dryad/vocab"
)

// collect finds what may matter to the policy: the values of the readings that
// it reads, at and beside the numbers that it names, what its choosers find,
// and what its tasks answer.
func (d *drafter) collect() {
	numbers := []string{}
	add := func(group []step) { d.settings = append(d.settings, group) }
	tasks, choosers := map[string]bool{}, map[string]bool{}
	timed := false // whether the policy waits for anything
	d.file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		timed = timed || n.Kind == dsl.Wait || n.Kind == dsl.Timeout || n.Kind == dsl.Cooldown
		text := n.Expression()
		for _, p := range pieces(text) {
			if beside := numbersBeside(text[p.start:p.end]); beside != nil {
				numbers = append(append(numbers, text[p.start:p.end]), beside...)
			}
		}
		if n.Kind != dsl.Task && n.Kind != dsl.Net {
			return true
		}
		if _, ok := d.words.Task(n.Word); ok && !tasks[n.Word] {
			tasks[n.Word] = true
			add([]step{{verb: answerTask, name: n.Word, status: bt.Success}, {verb: answerTask, name: n.Word, status: bt.Failure}})
		}
		for _, a := range n.Args {
			if _, ok := d.words.Chooser(a.Text); ok && a.Kind == dsl.WordArg && !choosers[a.Text] {
				choosers[a.Text] = true
				add([]step{{verb: blockChooser, name: a.Text, not: true}})
			}
		}
		return true
	})
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	for _, reading := range d.unit.Readings {
		add(d.values(int(reading), numbers))
	}
	d.waits = []int{1, 1, 1, 1, 1, 2}
	if timed {
		rate := max(1, d.words.TicksPerSecond)
		d.waits = append(d.waits, 3, rate+1, 5*rate+1, 20*rate+1)
	}
}

// values returns the settings of a reading that are worth a try.
func (d *drafter) values(reading int, numbers []string) []step {
	name := d.words.ReadingName(reading)
	kind, f := vocab.Bool, (*vocab.Feature)(nil)
	if reading < len(d.words.Features) {
		f = &d.words.Features[reading]
		kind = f.Kind
	}
	texts := numbers
	switch kind {
	case vocab.Bool:
		texts = []string{"true", "false"}
	case vocab.Enum:
		texts = f.Values
	default:
		texts = append(slices.Clone(numbers), strconv.FormatFloat(f.Min, 'f', -1, 64), strconv.FormatFloat(f.Max, 'f', -1, 64))
	}
	var out []step
	for _, text := range texts {
		var names []string
		if f != nil {
			names = f.Values
		}
		value, problem := d.value(text, kind, names)
		if problem != "" || kind != vocab.Bool && kind != vocab.Enum && (value < f.Min || value > f.Max) {
			continue
		}
		out = append(out, step{verb: setReading, name: name, value: text})
	}
	return out
}
