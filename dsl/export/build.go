package export

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// fanout is how many children a block has at most, level by level: their
// product bounds the size of a tree, so that none costs too much.
var fanout = []int{8, 6, 4, 3, 2, 1}

// MaxDepth is how many levels of nodes a grammar can admit.
const MaxDepth = 6

// builder collects the rules of a game's grammar.
type builder struct {
	game  *vocab.Vocabulary
	depth int
	rules []rule
	// which rules there are, because the game has words for them
	has map[string]bool
}

func (b *builder) add(name string, body expr) ref {
	b.rules = append(b.rules, rule{name, body})
	b.has[name] = true
	return ref(name)
}

// build returns the rules of a game's grammar; the first is the start.
func build(game *vocab.Vocabulary, depth int) ([]rule, error) {
	b := &builder{game: game, depth: depth, has: map[string]bool{}}
	b.terminals()
	b.leaves()
	if !b.has["task-still"] && !b.has["task-mover"] {
		return nil, fmt.Errorf("the game %s has no task that the grammar could write", game.Game)
	}
	for level := depth - 1; level >= 0; level-- {
		b.level(level, false)
		b.level(level, true)
	}
	start := rule{"root", seq{literal("policy "), ref("name"), literal(" for " + game.Game + "\n\ntree main:\n"), ref("any-0")}}
	slices.Reverse(b.rules)
	return append([]rule{start}, b.rules...), nil
}

// terminals adds names, numbers and durations.
func (b *builder) terminals() {
	b.add("name", seq{class("a-z"), rep{class("a-z0-9_"), 0, 23}})
	b.add("label", optional(seq{literal(" "), ref("name")}))
	b.add("digit", class("0-9"))
	b.add("count", class("1-9"))
	b.add("number", seq{class("1-9"), rep{ref("digit"), 0, 3}})
	if b.game.TicksPerSecond == 0 {
		b.add("duration", seq{class("1-9"), optional(ref("digit")), literal("turns")})
	} else {
		b.add("duration", alt{seq{class("1-9"), optional(ref("digit")), literal("s")}, seq{class("1-9"), literal("00ms")}})
	}
	b.add("angle", seq{optional(literal("-")), class("1-9"), optional(ref("digit")), literal("deg")})
}

// leaves adds conditions, scores, tasks and neural tasks.
func (b *builder) leaves() {
	if test := b.test(); test != nil {
		b.add("atom", test)
		b.add("test", seq{ref("atom"), rep{seq{alt{literal(" and "), literal(" or ")}, ref("atom")}, 0, 2}})
	}
	b.add("score", b.score())
	var still, mover alt
	for i := range b.game.Tasks {
		t := &b.game.Tasks[i]
		if call := b.call("task: "+t.Name, t.Params); call != nil && t.Mover {
			mover = append(mover, call)
		} else if call != nil {
			still = append(still, call)
		}
	}
	for i := range b.game.Nets {
		n := &b.game.Nets[i]
		at, ok := b.game.Task(n.Rule)
		if !ok {
			continue
		}
		if call := b.call("net: "+n.Name, b.game.Tasks[at].Params); call != nil && b.game.Tasks[at].Mover {
			mover = append(mover, call)
		} else if call != nil {
			still = append(still, call)
		}
	}
	if len(still) > 0 {
		b.add("task-still", still)
	}
	if len(mover) > 0 {
		b.add("task-mover", mover)
	}
}

// test is one test: a condition, or a comparison of a feature.
func (b *builder) test() expr {
	var tests alt
	var names []string
	for i := range b.game.Conditions {
		names = append(names, b.game.Conditions[i].Name)
	}
	var numbers, durations, angles []string
	for i := range b.game.Features {
		f := &b.game.Features[i]
		switch f.Kind {
		case vocab.Bool:
			names = append(names, f.Name)
		case vocab.Int, vocab.Number:
			numbers = append(numbers, f.Name)
		case vocab.Duration:
			durations = append(durations, f.Name)
		case vocab.Angle:
			angles = append(angles, f.Name)
		case vocab.Enum:
			tests = append(tests, seq{literal(f.Name), alt{literal(" == "), literal(" != ")}, words(f.Values)})
		}
	}
	order := alt{literal(" < "), literal(" <= "), literal(" > "), literal(" >= ")}
	if len(names) > 0 {
		b.add("fact", words(names))
		tests = append(tests, seq{optional(literal("not ")), ref("fact")})
	}
	if len(numbers) > 0 {
		b.add("quantity", words(numbers))
		tests = append(tests, seq{ref("quantity"), alt{order, literal(" == ")}, ref("number")})
	}
	if len(durations) > 0 {
		tests = append(tests, seq{words(durations), order, ref("duration")})
	}
	if len(angles) > 0 {
		tests = append(tests, seq{words(angles), order, ref("angle")})
	}
	if len(tests) == 0 {
		return nil
	}
	return tests
}

// score is what stands after "score ".
func (b *builder) score() expr {
	scores := alt{ref("number")}
	if b.has["quantity"] {
		scores = append(scores, seq{ref("quantity"), alt{literal(" / "), literal(" * "), literal(" - "), literal(" + ")}, ref("number")},
			seq{literal("1 - "), ref("quantity"), literal(" / "), ref("number")})
	}
	if b.has["fact"] {
		scores = append(scores, seq{ref("fact"), literal(" ? "), ref("number"), literal(" : "), ref("number")})
	}
	return scores
}

// call is a leaf with its arguments, or nil when a needed one cannot be
// written.
func (b *builder) call(head string, params []vocab.Param) expr {
	out := expr(nil)
	for i := len(params) - 1; i >= 0; i-- {
		value := b.value(&params[i])
		switch {
		case value == nil && params[i].Optional:
			out = nil // what follows cannot be given without it
			continue
		case value == nil:
			return nil
		}
		part := seq{literal(" "), value}
		if out != nil {
			part = append(part, out)
		}
		out = part
		if params[i].Optional {
			out = optional(part)
		}
	}
	if out == nil {
		return literal(head)
	}
	return seq{literal(head), out}
}

// value is what can be written for a parameter, or nil.
func (b *builder) value(p *vocab.Param) expr {
	var choices alt
	var choosers []string
	for i := range b.game.Choosers {
		if slices.Contains(p.Kinds, b.game.Choosers[i].Kind) {
			choosers = append(choosers, b.game.Choosers[i].Name)
		}
	}
	if len(choosers) > 0 {
		choices = append(choices, words(choosers))
	}
	if len(p.Values) > 0 {
		choices = append(choices, words(p.Values))
	}
	for _, k := range p.Kinds {
		switch k {
		case vocab.Bool:
			choices = append(choices, literal("true"), literal("false"))
		case vocab.Int, vocab.Number:
			choices = append(choices, numbers(p, k))
		case vocab.Duration:
			if b.unbounded(p) {
				choices = append(choices, ref("duration"))
			} else {
				choices = append(choices, words(b.ticks(p)))
			}
		case vocab.Angle:
			if b.unbounded(p) {
				choices = append(choices, ref("angle"))
			} else {
				choices = append(choices, numbers(p, vocab.Int))
			}
		}
	}
	switch len(choices) {
	case 0:
		return nil
	case 1:
		return choices[0]
	}
	return choices
}

func (b *builder) unbounded(p *vocab.Param) bool { return p.Min == p.Max }

// lengths are durations that authors use, the shortest first.
var lengths = []dsl.Amount{{Value: 200, Unit: dsl.Milliseconds}, {Value: 500, Unit: dsl.Milliseconds}, {Value: 1, Unit: dsl.Seconds},
	{Value: 2, Unit: dsl.Seconds}, {Value: 3, Unit: dsl.Seconds}, {Value: 5, Unit: dsl.Seconds}, {Value: 10, Unit: dsl.Seconds},
	{Value: 20, Unit: dsl.Seconds}, {Value: 60, Unit: dsl.Seconds}}

// ticks are durations within the range of a parameter.
func (b *builder) ticks(p *vocab.Param) []string {
	var out []string
	for _, l := range lengths {
		if ticks, ok := l.TicksAt(b.game.TicksPerSecond); ok && float64(ticks) >= p.Min && float64(ticks) <= p.Max {
			out = append(out, l.String())
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, v := range spread(math.Ceil(max(0, p.Min)), math.Floor(p.Max), 1) {
		amount := dsl.Amount{Value: v, Unit: dsl.Ticks}
		if b.game.TicksPerSecond == 0 {
			amount.Unit = dsl.Turns
		}
		out = append(out, amount.String())
	}
	return out
}

// numbers are values over the range of a parameter.
func numbers(p *vocab.Param, kind vocab.Kind) expr {
	if p.Min == p.Max {
		return ref("number")
	}
	step := (p.Max - p.Min) / 10
	low, high := p.Min, p.Max
	if kind == vocab.Int {
		low, high, step = math.Ceil(low), math.Floor(high), math.Max(1, math.Floor(step))
	}
	var out []string
	for _, v := range spread(low, high, step) {
		out = append(out, strings.TrimPrefix(strconv.FormatFloat(v, 'f', -1, 64), "+"))
	}
	return words(out)
}

// spread returns at most a dozen values from low to high, both included, at
// least step apart.
func spread(low, high, step float64) []float64 {
	if high < low {
		return []float64{low}
	}
	step = math.Max(step, (high-low)/11)
	if step == math.Floor(step) || low == math.Floor(low) && high == math.Floor(high) && step > 1 {
		step = math.Ceil(step)
	}
	var out []float64
	for i := 0; ; i++ {
		v := low + float64(step*float64(i))
		if v >= high {
			return append(out, high)
		}
		out = append(out, math.Round(v*1e6)/1e6)
	}
}

// level adds the rules of the nodes at a level of nesting: those that may move
// the agent, and those that may not.
func (b *builder) level(level int, mayMove bool) {
	kind := "still"
	if mayMove {
		kind = "any"
	}
	name := func(kind string, level int) string { return kind + "-" + strconv.Itoa(level) }
	indent := literal(strings.Repeat("  ", level+1))
	var leaves alt
	if b.has["test"] {
		leaves = append(leaves, seq{literal("condition: "), ref("test")})
	}
	if b.has["task-still"] {
		leaves = append(leaves, ref("task-still"))
	}
	if mayMove && b.has["task-mover"] {
		leaves = append(leaves, ref("task-mover"))
	}
	leaves = append(leaves, seq{literal("wait: "), ref("duration")})
	nodes := alt{seq{indent, leaves, literal("\n")}}
	if level+1 >= b.depth {
		b.add(name(kind, level), nodes)
		return
	}
	wide := fanout[min(level, len(fanout)-1)]
	child, still := ref(name(kind, level+1)), ref(name("still", level+1))
	children := rep{child, 1, wide}
	block := func(head expr, body expr) { nodes = append(nodes, seq{indent, head, body}) }
	block(seq{optional(literal("memory ")), alt{literal("selector"), literal("sequence")}, ref("label"), literal(":\n")}, children)
	together := expr(rep{still, 1, wide})
	if mayMove && wide > 1 {
		together = seq{rep{still, 0, wide / 2}, child, rep{still, 0, wide - wide/2 - 1}}
	}
	block(seq{literal("parallel"), optional(literal(" first")), ref("label"), literal(":\n")}, together)
	block(seq{alt{literal("not"), literal("succeed"), literal("fail"), literal("once")}, ref("label"), literal(":\n")}, child)
	block(seq{alt{literal("retry "), literal("repeat ")}, ref("count"), ref("label"), literal(":\n")}, child)
	block(seq{alt{literal("timeout "), literal("cooldown ")}, ref("duration"), ref("label"), literal(":\n")}, child)
	if level+2 < b.depth {
		below := ref(name(kind, level+2))
		inner := literal(strings.Repeat("  ", level+2))
		b.add(name("weight-"+kind, level), seq{inner, literal("weight "), ref("count"), literal(":\n"), below})
		b.add(name("score-"+kind, level), seq{inner, literal("score "), ref("score"), literal(":\n"), below})
		block(seq{literal("random"), ref("label"), literal(":\n")}, rep{ref(name("weight-"+kind, level)), 1, wide})
		block(seq{literal("utility"), optional(seq{literal(" margin 0."), class("1-9")}), ref("label"), literal(":\n")},
			rep{ref(name("score-"+kind, level)), 1, wide})
	}
	b.add(name(kind, level), nodes)
}
