package check

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"dryad/dsl"
	"dryad/dsl/expression"
	"dryad/vocab"
)

// maxCount bounds how often a retry or repeat tries.
const maxCount = 1 << 20

// node checks a node and what is below it.
func (c *checker) node(n, parent *dsl.Node) facts {
	if n.Kind == dsl.Task {
		return c.task(n)
	}
	from := len(c.stack)
	for _, child := range n.Children {
		f := c.node(child, n)
		c.stack = append(c.stack, f)
	}
	below := c.stack[from:]
	f := c.sum(n, below)
	switch n.Kind {
	case dsl.Condition:
		if len(n.Args) > 0 {
			node := c.expression(&n.Args[0], vocab.Bool)
			f.outcome = tested(node)
			f.cost += c.size(node)
		}
	case dsl.Score:
		c.option(n, parent, dsl.Utility)
		f.cost += c.size(c.expression(&n.Args[0], vocab.Number))
	case dsl.Weight:
		c.option(n, parent, dsl.Random)
		c.weight(n)
	case dsl.Net:
		c.net(n)
	case dsl.Call:
		if t := c.byName[n.Word]; t != nil {
			c.arguments(n, TreeParams(t))
		} else {
			c.unknown("unknown-tree", "tree", n.Word, n.WordRange, c.treeNames())
		}
	case dsl.Set:
		c.set(n)
	case dsl.Lua:
		c.lua(n)
	case dsl.Wait, dsl.Timeout, dsl.Cooldown:
		c.duration(n)
	case dsl.Retry, dsl.Repeat:
		c.count(n)
		c.loop(n, below)
	case dsl.Utility:
		c.utility(n)
	case dsl.Random:
		c.random(n)
	case dsl.Parallel, dsl.ParallelFirst:
		c.parallel(n, below)
	case dsl.Sequence:
		c.unreachable(n, below)
		if !n.Memory {
			c.selfUndoing(n)
		}
	case dsl.Selector:
		c.unreachable(n, below)
	}
	if len(n.Children) > 1 {
		c.siblings(n)
	}
	c.stack = c.stack[:from]
	return f
}

// size returns what an expression costs.
func (c *checker) size(n *expression.Node) int {
	if n == nil {
		return 0
	}
	return n.Size()
}

func (c *checker) treeNames() []string {
	var names []string
	for _, t := range c.file.Trees {
		if t != c.tree && t.Name != "main" {
			names = append(names, t.Name)
		}
	}
	return names
}

// net checks a neural task; its parameters are those of the rule it replaces.
func (c *checker) net(n *dsl.Node) {
	i, ok := c.netOf(n)
	if !ok {
		if _, task := c.words.tasks[n.Word]; n.ByNet && !task {
			c.unknown("unknown-task", "task", n.Word, n.WordRange, c.words.taskNames)
			return
		} else if n.ByNet {
			c.withoutNet(n)
			return
		}
		if len(c.words.netNames) == 0 {
			c.errorf("unknown-net", n.WordRange, "the game %s has no neural tasks", c.game.Game)
			return
		}
		c.unknown("unknown-net", "neural task", n.Word, n.WordRange, c.words.netNames)
		return
	}
	if rule, ok := c.words.tasks[c.game.Nets[i].Rule]; ok {
		c.arguments(n, c.game.Tasks[rule].Params)
	}
}

// netOf returns the index of the neural task that a node means.
func (c *checker) netOf(n *dsl.Node) (int, bool) { return Net(n, c.game) }

// Net returns the index of the neural task that a node means, which is "net: NAME"
// or "task: NAME by net"; false for any other node.
func Net(n *dsl.Node, game *vocab.Vocabulary) (int, bool) {
	switch {
	case n.Kind != dsl.Net:
		return 0, false
	case n.ByNet:
		return game.NetFor(n.Word)
	}
	return game.Net(n.Word)
}

// withoutNet reports a task that no neural task replaces.
func (c *checker) withoutNet(n *dsl.Node) {
	var served []string
	for i := range c.game.Nets {
		if rule := c.game.Nets[i].Rule; !slices.Contains(served, rule) {
			served = append(served, rule)
		}
	}
	d := c.errorf("no-net", n.WordRange, "no network can do the task %q", n.Word)
	if len(served) == 0 {
		d.Summary = fmt.Sprintf("the game %s has no neural tasks, so no network can do %q", c.game.Game, n.Word)
	} else {
		d.Legal = served
	}
	end := n.Range
	end.Start = end.End
	end.Start.Column -= len(" by net")
	d.Fixes = []dsl.Fix{{Title: "leave it to the rule", Edits: []dsl.Edit{{Range: end, Text: ""}}}}
}

// Assignment binds a set node: which key it sets and to what. The value is nil
// when there is a fault of severity Error.
func Assignment(n *dsl.Node, scope Scope) (key int, value *expression.Node, faults dsl.Diagnostics) {
	c := &checker{file: &dsl.File{}, game: scope.Vocabulary, words: wordsOf(scope.Vocabulary), scope: scope, bound: scope.expressions(), variables: scope.Keys}
	key, value = c.set(n)
	return key, value, c.faults
}

// set checks an assignment.
func (c *checker) set(n *dsl.Node) (key int, value *expression.Node) {
	for i := range c.variables {
		if v := &c.variables[i]; v.Name == n.Word {
			if v.Kind == vocab.Enum {
				return i, c.setEnum(n, v.Values)
			}
			return i, c.expression(&n.Args[0], v.Kind)
		}
	}
	names := make([]string, len(c.variables))
	for i := range c.variables {
		names[i] = c.variables[i].Name
	}
	if _, reading := c.words.readings[n.Word]; reading {
		c.errorf("unknown-key", n.WordRange, "%q belongs to the game and can only be read", n.Word).Legal = names
	} else {
		c.unknown("unknown-key", "key", n.Word, n.WordRange, names)
		d := &c.faults[len(c.faults)-1]
		d.Fixes = append(d.Fixes, c.declare(n.Word))
	}
	c.expression(&n.Args[0], vocab.None)
	return 0, nil
}

// declare is the fix that declares a key.
func (c *checker) declare(name string) dsl.Fix {
	line := 1
	if c.file.Policy.Name != "" {
		line = c.file.Policy.NameRange.Start.Line + 1
	}
	at := dsl.Position{Line: line, Column: 1}
	return dsl.Fix{Title: "declare the key", Edits: []dsl.Edit{{Range: dsl.Range{Start: at, End: at}, Text: "key " + name + ": number = 0\n"}}}
}

// setEnum checks the assignment of a word.
func (c *checker) setEnum(n *dsl.Node, values []string) *expression.Node {
	a := &n.Args[0]
	for i, v := range values {
		if v == a.Text {
			return &expression.Node{Op: expression.Constant, Kind: vocab.Enum, Value: float64(i), End: len(a.Text)}
		}
	}
	near, alike := dsl.Nearest(a.Text, values)
	d := c.errorf("unknown-word", a.Range, "%q is no word of %q", a.Text, n.Word)
	d.Legal = near
	if alike {
		d.Fixes = []dsl.Fix{replace(a.Range, near[0])}
	}
	return nil
}

// lua checks the arguments that go to a script: anything that can be read.
func (c *checker) lua(n *dsl.Node) {
	for i := range n.Args {
		a := &n.Args[i]
		if _, chooser := c.words.choosers[a.Text]; a.Kind != dsl.AmountArg && !chooser && !c.targetParam(a.Text) {
			c.expression(a, vocab.None)
		}
	}
}

func (c *checker) targetParam(name string) bool {
	for i := range c.scope.Params {
		if kind, _ := ParamKind(c.scope.Params[i].Type); c.scope.Params[i].Name == name && kind.Target() {
			return true
		}
	}
	return false
}

// duration checks the time of a wait, timeout or cooldown.
func (c *checker) duration(n *dsl.Node) {
	if len(n.Args) == 0 {
		return
	}
	a := &n.Args[0]
	word, example := "s", []string{"5s", "200ms", "10ticks"}
	if c.game.TicksPerSecond == 0 {
		word, example = "turns", []string{"1turns", "3turns"}
	}
	switch ticks, ok := a.Amount.TicksAt(c.game.TicksPerSecond); {
	case a.Amount.Unit == dsl.NoUnit:
		if c.game.TicksPerSecond > 0 && a.Amount.Value >= 60 {
			word = "ms" // nobody waits for minutes
		}
		end := a.Range
		end.Start = end.End
		d := c.errorf("unit", a.Range, "a duration needs a unit")
		d.Legal = example
		d.Fixes = []dsl.Fix{{Title: "make it " + word, Edits: []dsl.Edit{{Range: end, Text: word}}}}
	case a.Amount.Value < 0:
		c.errorf("range", a.Range, "a duration cannot be negative").Legal = example
	case !ok:
		d := c.errorf("unit", a.Range, "the game %s cannot measure %s", c.game.Game, a.Amount)
		d.Legal = example
		if a.Amount.Unit.Duration() {
			d.Fixes = []dsl.Fix{replace(a.Range, dsl.Amount{Value: math.Ceil(a.Amount.Value), Unit: mustUnit(word)}.String())}
		}
	case ticks == 0:
		c.warnf("range", a.Range, "a %s of no time does nothing", n.Kind)
	}
}

func mustUnit(word string) dsl.Unit {
	unit, _ := dsl.UnitOf(word)
	return unit
}

// count checks how often a retry or repeat tries.
func (c *checker) count(n *dsl.Node) {
	if len(n.Args) == 0 {
		return
	}
	a := &n.Args[0]
	v := a.Amount.Value
	switch {
	case a.Amount.Unit != dsl.NoUnit:
		d := c.errorf("unit", a.Range, "%s counts attempts, without a unit", n.Kind)
		d.Fixes = []dsl.Fix{replace(a.Range, strconv.Itoa(max(1, int(min(v, maxCount)))))}
	case v < 1 || v != math.Floor(v) || v > maxCount:
		d := c.errorf("range", a.Range, "%s takes a whole number of attempts from 1 to %d", n.Kind, maxCount)
		d.Fixes = []dsl.Fix{replace(a.Range, strconv.Itoa(int(max(1, min(v, maxCount)))))}
	}
}

// option requires that a weight or score stands where it means something.
func (c *checker) option(n, parent *dsl.Node, under dsl.Kind) {
	if parent != nil && (parent.Kind == under || parent.Kind == dsl.Invalid) {
		return
	}
	c.errorf("misplaced", n.Range, "%q stands directly below %q only", n.Kind.String(), under.String()).Legal = []string{under.Usage()}
}

func (c *checker) weight(n *dsl.Node) {
	a := &n.Args[0]
	if a.Amount.Unit != dsl.NoUnit || a.Amount.Value < 0 || a.Amount.Value > 1e9 {
		c.errorf("range", a.Range, "a weight is a number from 0 to 1e9 without a unit").Legal = []string{"1", "2.5"}
	}
}

func (c *checker) random(n *dsl.Node) {
	for _, child := range n.Children {
		if child.Kind != dsl.Weight || child.Amount().Value > 0 {
			return
		}
	}
	if len(n.Children) > 0 {
		c.errorf("range", n.Range, "all weights are 0, so nothing can be drawn")
	}
}

func (c *checker) utility(n *dsl.Node) {
	if m := n.Arg("margin"); m != nil && (m.Amount.Unit != dsl.NoUnit || m.Amount.Value < 0) {
		c.errorf("range", m.Range, "a margin is a number from 0 on without a unit")
	}
	for _, child := range n.Children {
		if child.Kind != dsl.Score && child.Kind != dsl.Invalid && !c.scheduled(n) {
			c.errorf("no-score", child.Range, "what stands below \"utility\" needs a score: write \"score EXPRESSION:\" and put it below").Legal = []string{"score 1:"}
		}
	}
}

// siblings warns of names that are used twice side by side.
func (c *checker) siblings(n *dsl.Node) {
	var seen map[string]bool
	if len(n.Children) > manyChildren {
		seen = make(map[string]bool, len(n.Children))
	}
	for i, child := range n.Children {
		twice := false
		switch {
		case child.Name == "":
			continue
		case seen != nil:
			twice = seen[child.Name]
			seen[child.Name] = true
		default:
			twice = slices.ContainsFunc(n.Children[:i], func(other *dsl.Node) bool { return other.Name == child.Name })
		}
		if twice {
			c.warnf("name-twice", child.WordRange, "two nodes side by side are named %q", child.Name)
		}
	}
}

// manyChildren is from where on the names of siblings are looked up in a map.
const manyChildren = 16
