// Package random makes random policies for the property tests of the packages
// below dsl.
package random

import (
	"strconv"

	"pgregory.net/rapid"

	"dryad/dsl"
	_ "dryad/internal/fixedseed"
)

// Policy draws a policy that parses; its words are those of no game.
func Policy() *rapid.Generator[*dsl.File] {
	return rapid.Custom(func(t *rapid.T) *dsl.File {
		f := &dsl.File{}
		if rapid.Bool().Draw(t, "header") {
			f.Policy = dsl.Policy{Name: "bot", Game: "skirmish", Comments: comments(t)}
		}
		if f.Policy.Name != "" && rapid.IntRange(0, 3).Draw(t, "scheduler") == 0 {
			f.Policy.Scheduler = true
			f.Network = network(t)
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "keys") {
			k := &dsl.Key{Name: "k" + strconv.Itoa(i), Type: rapid.SampledFrom([]string{"int", "bool", "duration"}).Draw(t, "type"),
				Scope: dsl.Scope(rapid.IntRange(0, 2).Draw(t, "scope")), Comments: comments(t)}
			if rapid.Bool().Draw(t, "default") {
				k.Default, k.HasDefault = dsl.AmountOf(4, dsl.NoUnit), true
			}
			f.Keys = append(f.Keys, k)
		}
		f.Trees = append(f.Trees, &dsl.Tree{Name: "main", Root: node(t, 3), Comments: comments(t)})
		for i := range rapid.IntRange(0, 2).Draw(t, "trees") {
			tree := &dsl.Tree{Name: "t" + strconv.Itoa(i), Root: node(t, 2)}
			if rapid.Bool().Draw(t, "parameter") {
				tree.Params = []dsl.Param{{Name: "p", Type: "agent"}, {Name: "q", Type: "int", HasDefault: true, Default: dsl.AmountOf(3, dsl.NoUnit)}}
			}
			f.Trees = append(f.Trees, tree)
		}
		return f
	})
}

// network draws the lines of a scheduler's network, which need not fit.
func network(t *rapid.T) []*dsl.Neuron {
	var out []*dsl.Neuron
	for range rapid.IntRange(1, 3).Draw(t, "inputs") {
		out = append(out, &dsl.Neuron{Role: dsl.InputNeuron, Input: dsl.ExpressionOf("a / " + word(t)), Comments: comments(t)})
	}
	for range rapid.IntRange(1, 3).Draw(t, "units") {
		weights := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 4).Draw(t, "weights")
		out = append(out, &dsl.Neuron{Role: dsl.Role(rapid.IntRange(1, 2).Draw(t, "role")), Weights: weights, Comments: comments(t)})
	}
	return out
}

func comments(t *rapid.T) []string {
	if rapid.IntRange(0, 3).Draw(t, "comments") > 0 {
		return nil
	}
	return []string{rapid.SampledFrom([]string{"# one", "// two: three", "# é"}).Draw(t, "comment")}
}

func word(t *rapid.T) string {
	return rapid.SampledFrom([]string{"a", "b", "move_to", "enemy2", "first_x"}).Draw(t, "word")
}

func argument(t *rapid.T) dsl.Arg {
	switch rapid.IntRange(0, 2).Draw(t, "argument") {
	case 0:
		return dsl.WordOf(word(t))
	case 1:
		return dsl.AmountOf(float64(rapid.IntRange(-40, 400).Draw(t, "amount"))/4, dsl.Unit(rapid.IntRange(0, 5).Draw(t, "unit")))
	}
	return dsl.ExpressionOf("a + " + word(t))
}

func node(t *rapid.T, depth int) *dsl.Node {
	kinds := dsl.Kinds()
	k := rapid.SampledFrom(kinds).Draw(t, "kind")
	if depth == 0 && k.Class() != dsl.Leaf {
		k = dsl.Task
	}
	n := &dsl.Node{Kind: k, Comments: comments(t)}
	if rapid.IntRange(0, 3).Draw(t, "trailing") == 0 {
		n.Comment = "# why"
	}
	if c := k.Class(); (c == dsl.Composite || c == dsl.Decorator) && rapid.Bool().Draw(t, "named") {
		n.Name = word(t)
	}
	duration := func() []dsl.Arg {
		return []dsl.Arg{dsl.AmountOf(float64(rapid.IntRange(1, 9).Draw(t, "time")), dsl.Seconds)}
	}
	switch k {
	case dsl.Selector, dsl.Sequence:
		n.Memory = rapid.Bool().Draw(t, "memory")
	case dsl.Timeout, dsl.Cooldown, dsl.Wait:
		n.Args = duration()
	case dsl.Retry, dsl.Repeat:
		if rapid.Bool().Draw(t, "counted") {
			n.Args = []dsl.Arg{dsl.AmountOf(3, dsl.NoUnit)}
		}
	case dsl.Utility:
		if rapid.Bool().Draw(t, "margin") {
			n.Args = []dsl.Arg{{Kind: dsl.AmountArg, Name: "margin", Amount: dsl.Amount{Value: 0.5}}}
		}
	case dsl.Weight:
		n.Args = []dsl.Arg{dsl.AmountOf(2, dsl.NoUnit)}
	case dsl.Score, dsl.Condition:
		n.Args = []dsl.Arg{dsl.ExpressionOf(rapid.SampledFrom([]string{"a", "not a", "a < 3 ? b : c", "x == 'y'"}).Draw(t, "expression"))}
	case dsl.Set:
		n.Word = word(t)
		n.Args = []dsl.Arg{dsl.ExpressionOf("a + 1")}
	case dsl.Task, dsl.Net, dsl.Call, dsl.Lua:
		n.Word = word(t)
		n.ByNet = k == dsl.Net && rapid.Bool().Draw(t, "by net")
		for range rapid.IntRange(0, 2).Draw(t, "arguments") {
			n.Args = append(n.Args, argument(t))
		}
		if rapid.Bool().Draw(t, "by name") {
			a := argument(t)
			a.Name = "speed"
			n.Args = append(n.Args, a)
		}
	}
	children := 0
	switch k.Class() {
	case dsl.Composite:
		children = rapid.IntRange(1, 3).Draw(t, "children")
	case dsl.Decorator, dsl.Option:
		children = 1
	}
	for range children {
		n.Children = append(n.Children, node(t, depth-1))
	}
	return n
}
