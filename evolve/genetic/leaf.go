package genetic

import (
	"math"
	"math/rand/v2"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// task grows a task with arguments, or the neural task that serves it.
func (w *Writer) task(r *rand.Rand) *dsl.Node {
	t := w.words.Tasks[r.IntN(len(w.words.Tasks))]
	n := &dsl.Node{Kind: dsl.Task, Word: t.Name, Args: w.arguments(r, t)}
	if nets := w.ruled[t.Name]; len(nets) > 0 && r.IntN(4) == 0 {
		n.Kind, n.Word = dsl.Net, nets[r.IntN(len(nets))]
	}
	return n
}

// arguments grows the arguments of a task. Optional ones are left out half of
// the time, and then so are those that follow.
func (w *Writer) arguments(r *rand.Rand, t vocab.Task) []dsl.Arg {
	var args []dsl.Arg
	for _, p := range t.Params {
		if p.Optional && r.IntN(2) == 0 {
			break
		}
		arg, ok := w.argument(r, p)
		if !ok {
			break
		}
		args = append(args, arg)
	}
	return args
}

// argument grows one argument of any kind that the parameter accepts; false
// when the vocabulary has nothing to put there.
func (w *Writer) argument(r *rand.Rand, p vocab.Param) (dsl.Arg, bool) {
	var words []string
	for _, k := range p.Kinds {
		words = append(words, w.byKind[k]...)
	}
	words = append(words, p.Values...)
	if len(words) > 0 {
		return dsl.WordOf(words[r.IntN(len(words))]), true
	}
	for _, k := range p.Kinds {
		switch k {
		case vocab.Bool:
			return dsl.WordOf([]string{"false", "true"}[r.IntN(2)]), true
		case vocab.Int, vocab.Number:
			return dsl.AmountOf(level(r, p.Min, p.Max, k == vocab.Int), dsl.NoUnit), true
		case vocab.Angle:
			return dsl.AmountOf(level(r, p.Min, p.Max, true), dsl.Degrees), true
		case vocab.Duration:
			return w.duration(r), true
		}
	}
	return dsl.Arg{}, false
}

// duration draws a time from half a second to some 16 seconds, or turns.
func (w *Writer) duration(r *rand.Rand) dsl.Arg {
	if w.words.TicksPerSecond == 0 {
		return dsl.AmountOf(float64(1+r.IntN(3)), dsl.Turns)
	}
	return dsl.AmountOf([]float64{0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16}[r.IntN(10)], dsl.Seconds)
}

// test grows a condition: a named one, its opposite, a comparison, or two of
// them joined.
func (w *Writer) test(r *rand.Rand) *dsl.Node {
	text := w.atom(r)
	if r.IntN(5) == 0 {
		text += []string{" and ", " or "}[r.IntN(2)] + w.atom(r)
	}
	return dsl.Test(text)
}

// atom grows a test without "and" or "or".
func (w *Writer) atom(r *rand.Rand) string {
	if i := r.IntN(w.words.Readings()); i < len(w.words.Features) {
		return w.comparison(r, w.words.Features[i])
	}
	name := w.words.Conditions[r.IntN(len(w.words.Conditions))].Name
	if r.IntN(3) == 0 {
		return "not " + name
	}
	return name
}

// comparison grows a comparison of a feature with one of its own values.
func (w *Writer) comparison(r *rand.Rand, f vocab.Feature) string {
	switch f.Kind {
	case vocab.Bool:
		return []string{"", "not "}[r.IntN(2)] + f.Name
	case vocab.Enum:
		return f.Name + []string{" == ", " != "}[r.IntN(2)] + f.Values[r.IntN(len(f.Values))]
	}
	value := level(r, f.Min, f.Max, f.Kind != vocab.Number)
	return f.Name + []string{" < ", " > "}[r.IntN(2)] + w.literal(value, f.Kind)
}

// literal writes a number of a kind as expressions take it.
func (w *Writer) literal(value float64, kind vocab.Kind) string {
	a := dsl.Amount{Value: value}
	switch kind {
	case vocab.Angle:
		a.Unit = dsl.Degrees
	case vocab.Duration:
		a.Unit = dsl.Ticks
		if w.words.TicksPerSecond == 0 {
			a.Unit = dsl.Turns
		} else if seconds := math.Round(value / float64(w.words.TicksPerSecond)); seconds >= 1 {
			a = dsl.Amount{Value: seconds, Unit: dsl.Seconds}
		}
	}
	return a.String()
}

// level draws a round number from a range: small values are as likely as large
// ones when the range spans several magnitudes.
func level(r *rand.Rand, low, high float64, whole bool) float64 {
	if high <= low {
		low, high = 0, 100
	}
	span := high - low
	share := r.Float64()
	if span > 200 {
		share = float64(share * share)
	}
	return round(low+float64(share*span), span, whole, low, high)
}

// round keeps two figures of a value relative to the span of its range.
func round(value, span float64, whole bool, low, high float64) float64 {
	step := 1.0
	for step*50 < span {
		step *= 10
	}
	switch {
	case step*20 >= span && step*2.5 >= 5 && whole:
		step /= 2
	case !whole:
		for step > span/20 {
			step /= 10
		}
	}
	value = float64(math.Round(value/step) * step)
	value = math.Round(value*1e6) / 1e6
	return min(high, max(low, value))
}

// numbers returns the places of the decimal numbers in an expression.
func numbers(expression string) [][2]int {
	var found [][2]int
	for i := 0; i < len(expression); {
		c := expression[i]
		switch {
		case c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			for i < len(expression) && strings.IndexByte(" ()<>=!+-*/%,?:", expression[i]) < 0 {
				i++
			}
		case c >= '0' && c <= '9':
			start := i
			for i < len(expression) && (expression[i] >= '0' && expression[i] <= '9' || expression[i] == '.') {
				i++
			}
			found = append(found, [2]int{start, i})
			for i < len(expression) && expression[i] >= 'a' && expression[i] <= 'z' {
				i++ // its unit
			}
		default:
			i++
		}
	}
	return found
}
