package thought

import (
	"strings"

	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/dsl/expression"
	"dryad/policy"
	"dryad/vocab"
)

// Clause is one part of a condition that is true or false by itself.
type Clause struct {
	Text string
	True bool
	// Computed reports whether the tick needed the clause; the second part of
	// an "and" is not computed when the first is false.
	Computed bool
	// Decisive reports whether the clause decided the condition: with the other
	// value of this clause alone, or of all clauses like it, the condition would
	// have had the other value.
	Decisive bool
	Reads    []Value // what it read, in the order of the text
}

// Decision is what a condition was in a tick, and by which values.
type Decision struct {
	Text    string // the whole expression
	True    bool
	Clauses []Clause
}

// Why says in one line which values decided: "health < 30 is false: health = 85
// hp".
func (d *Decision) Why() string {
	var parts []string
	for i := range d.Clauses {
		if c := &d.Clauses[i]; c.Decisive {
			parts = append(parts, c.why())
		}
	}
	return strings.Join(parts, "; ")
}

func (c *Clause) why() string {
	truth := "false"
	if c.True {
		truth = "true"
	}
	text := c.Text + " is " + truth
	var reads []string
	for _, r := range c.Reads {
		if r.Name != c.Text { // "has_enemy is false" says it already
			reads = append(reads, r.Name+" = "+r.Text)
		}
	}
	if len(reads) > 0 {
		text += ": " + strings.Join(reads, ", ")
	}
	return text
}

// condition is the bound expression of a condition node.
type condition struct {
	text  string
	bound *expression.Node
	keys  []expression.Variable
	param []expression.Variable
}

// conditions binds the expressions of a policy's conditions again, by the index
// of their nodes.
func conditions(p *policy.Policy, nodes []Node, v *vocab.Vocabulary) []*condition {
	trees := map[*dsl.Node]*dsl.Tree{}
	p.File.Walk(func(t *dsl.Tree, n *dsl.Node) bool { trees[n] = t; return true })
	list := make([]*condition, len(nodes))
	for i := range nodes {
		source := p.Line(i)
		if nodes[i].Kind != bt.KindCondition || source == nil || trees[source] == nil {
			continue
		}
		scope := check.ScopeOf(p.File, trees[source], v).Expressions()
		text := source.Expression()
		if bound, _ := expression.Bind(text, scope, vocab.Bool); bound != nil {
			list[i] = &condition{text: text, bound: bound, keys: scope.Keys, param: scope.Params}
		}
	}
	return list
}

// environment is what the conditions of one tick read.
type environment struct {
	vocabulary *vocab.Vocabulary
	readings   []float64
	read       func(name string) float64
}

// decide computes a condition again and finds the clauses that decided it.
func (c *condition) decide(e environment) Decision {
	env := expression.Env{Readings: e.readings, Keys: make([]float64, len(c.keys)), Params: make([]float64, len(c.param))}
	for i := range c.keys {
		env.Keys[i] = e.read(c.keys[i].Name)
	}
	for i := range c.param {
		env.Params[i] = e.read(c.param[i].Name)
	}
	d := Decision{Text: c.text, True: expression.Evaluate(c.bound, env) != 0}
	c.clauses(&d, c.bound, e, env, true, true)
	return d
}

// clauses appends the clauses of a part of a condition.
func (c *condition) clauses(d *Decision, n *expression.Node, e environment, env expression.Env, computed, decisive bool) {
	switch n.Op {
	case expression.Not:
		c.clauses(d, n.Args[0], e, env, computed, decisive)
		return
	case expression.And, expression.Or:
		first, second := expression.Evaluate(n.Args[0], env) != 0, expression.Evaluate(n.Args[1], env) != 0
		stops := n.Op == expression.Or // the value of the first part that settles the whole
		c.clauses(d, n.Args[0], e, env, computed, decisive && (first == stops || second != stops))
		c.clauses(d, n.Args[1], e, env, computed && first != stops, decisive && first != stops)
		return
	}
	clause := Clause{Text: c.written(n), True: expression.Evaluate(n, env) != 0, Computed: computed, Decisive: decisive && computed}
	seen := map[string]bool{}
	n.Walk(func(m *expression.Node) {
		if seen[m.Name] {
			return
		}
		value := Value{Name: m.Name}
		switch m.Op {
		case expression.Reading:
			value.Number = e.readings[m.Index]
			value.Text = ReadingText(e.vocabulary, m.Index, value.Number)
		case expression.Key:
			value.Number = env.Keys[m.Index]
			value.Text = variableText(e.vocabulary, &c.keys[m.Index], value.Number)
		case expression.Param:
			value.Number = env.Params[m.Index]
			value.Text = variableText(e.vocabulary, &c.param[m.Index], value.Number)
		default:
			return
		}
		seen[m.Name] = true
		clause.Reads = append(clause.Reads, value)
	})
	d.Clauses = append(d.Clauses, clause)
}

func variableText(v *vocab.Vocabulary, variable *expression.Variable, value float64) string {
	if variable.Kind == vocab.Duration {
		return durationText(v, value)
	}
	return kindText(variable.Kind, variable.Values, "", value)
}

// written returns the text of a part, with the brackets that its first operand
// begins with.
func (c *condition) written(n *expression.Node) string {
	start, end := max(0, n.Start), min(len(c.text), n.End)
	if start >= end {
		return c.text
	}
	for start > 0 && strings.Count(c.text[start:end], ")") > strings.Count(c.text[start:end], "(") {
		start--
	}
	for end < len(c.text) && strings.Count(c.text[start:end], "(") > strings.Count(c.text[start:end], ")") {
		end++
	}
	return strings.TrimSpace(c.text[start:end])
}
