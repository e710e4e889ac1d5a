package export

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dryad/policy"
)

// writer writes random policies of the stage.
type writer struct {
	*rand.Rand
	out   strings.Builder
	nodes int
	tree  string // the tree that is written
}

func (w *writer) pick(choices ...string) string { return choices[w.IntN(len(choices))] }

func (w *writer) line(depth int, format string, args ...any) {
	w.out.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&w.out, format+"\n", args...)
}

func (w *writer) number(depth int) string {
	if depth <= 0 {
		leaf := []string{"default", "ratio", "class", "1.5", "-2", "7", "ka", "kc", "kd"}
		if w.tree == "sub" {
			leaf = append(leaf, "n")
		}
		return w.pick(leaf...)
	}
	a, b := w.number(depth-1), w.number(depth-1)
	switch w.IntN(9) {
	case 0:
		return "(" + a + " + " + b + ")"
	case 1:
		return "(" + a + " - " + b + ")"
	case 2:
		return "(" + a + " * " + b + ")"
	case 3:
		return "(" + a + " / (" + b + "))"
	case 4:
		return w.pick("min", "max") + "(" + a + ", " + b + ")"
	case 5:
		return w.pick("abs", "floor", "ceil") + "(" + a + ")"
	case 6:
		return "(" + w.truth(depth-1) + " ? " + a + " : " + b + ")"
	case 7:
		return "-(" + a + ")"
	}
	return a
}

func (w *writer) truth(depth int) string {
	if depth <= 0 {
		return w.pick("flag", "seen", "while", "kb", "mood == green", "mood != auto", "rest > 1s", "heading < 90deg")
	}
	switch w.IntN(6) {
	case 0:
		return "(" + w.truth(depth-1) + " and " + w.truth(depth-1) + ")"
	case 1:
		return "(" + w.truth(depth-1) + " or " + w.truth(depth-1) + ")"
	case 2:
		return "not (" + w.truth(depth-1) + ")"
	}
	return "(" + w.number(depth-1) + w.pick(" < ", " <= ", " > ", " >= ", " == ", " != ") + w.number(depth-1) + ")"
}

func (w *writer) name() string {
	if w.IntN(4) == 0 {
		return " " + w.pick("first", "second", "third")
	}
	return ""
}

func (w *writer) target() string {
	if w.tree == "sub" && w.IntN(2) == 0 {
		return "t"
	}
	return w.pick("someone", "thing", "context")
}

func (w *writer) children(depth int) {
	for range 1 + w.IntN(4) {
		w.node(depth)
	}
}

func (w *writer) node(depth int) {
	w.nodes++
	choice := w.IntN(26)
	switch {
	case depth == 1 && w.tree == "main":
		choice %= 10
	case depth > 6 || w.nodes > 45:
		choice = 15 + choice%11
	}
	switch choice {
	case 0, 1:
		w.line(depth, "selector%s:", w.name())
		w.children(depth + 1)
	case 2, 3, 4:
		w.line(depth, "sequence%s:", w.name())
		w.children(depth + 1)
	case 5:
		w.line(depth, "memory %s:", w.pick("selector", "sequence"))
		w.children(depth + 1)
	case 6:
		w.line(depth, "parallel%s:", w.name())
		w.children(depth + 1)
	case 7:
		w.line(depth, "parallel first:")
		w.children(depth + 1)
	case 8:
		w.line(depth, "random:")
		for range 1 + w.IntN(3) {
			w.line(depth+1, "weight %d:", w.IntN(4))
			w.node(depth + 2)
		}
	case 9:
		w.line(depth, "utility%s:", w.pick("", " margin 2", " margin 0.5"))
		for range 1 + w.IntN(3) {
			w.line(depth+1, "score %s:", w.number(2))
			w.node(depth + 2)
		}
	case 10:
		w.line(depth, "%s:", w.pick("not", "succeed", "fail", "once"))
		w.node(depth + 1)
	case 11:
		w.line(depth, "%s%s:", w.pick("retry", "repeat"), w.pick("", " 2", " 3"))
		w.node(depth + 1)
	case 12, 13:
		w.line(depth, "%s %dticks:", w.pick("timeout", "cooldown"), 1+w.IntN(4))
		w.node(depth + 1)
	case 14, 15:
		if w.tree == "main" {
			w.line(depth, "%s", w.pick("tree: sub someone", "tree: sub thing (ratio + 1)", "tree: sub context n=2", "tree: plain"))
			return
		}
		w.line(depth, "condition: %s", w.truth(2))
	case 16, 17, 18:
		w.line(depth, "condition: %s", w.truth(1+w.IntN(2)))
	case 19:
		w.line(depth, "set: %s", w.pick("ka = ", "kd = ", "kc = floor")+"("+w.number(1)+")")
	case 20:
		w.line(depth, "wait: %dticks", 1+w.IntN(3))
	case 21:
		w.line(depth, "net: %s", w.pick("steer "+w.target()+" (ratio)", "steer "+w.target(), "look (2s)", "look"))
	default:
		w.line(depth, "task: %s", w.pick("go_there "+w.target(), "go_there "+w.target()+" ("+w.number(1)+")", "switch", "halt",
			"halt (ka)", "halt 3 someone", "act", "act 2s", "act (rest)"))
	}
}

// randomPolicy returns the policy of a number: the first one that its stream
// gives without an error. Every fifth one has a small budget.
func randomPolicy(t testing.TB, game *scripted, number int) *policy.Policy {
	t.Helper()
	r := rand.New(rand.NewPCG(16, uint64(number)))
	params := policy.Params{Net: stageNet}
	if number%5 == 4 {
		params.Budget = policy.Budget{Nodes: 14, Operations: 24}
	}
	for range 1000 {
		w := &writer{Rand: r}
		w.line(0, "policy p%d for stage", number)
		w.line(0, "key ka: number = 2")
		w.line(0, "key kb: bool = true in team")
		w.line(0, "key kc: int = 1 in tree")
		w.line(0, "key kd: number in team")
		for _, tree := range []string{"main", "sub", "plain"} {
			w.nodes = 30
			head := "tree " + tree + ":"
			if tree == "sub" {
				head = "tree sub(t: " + w.pick("agent", "agent", "item", "position") + ", n: number = 3):"
			}
			if tree == "main" {
				w.nodes = 0
			}
			w.tree = tree
			w.line(0, "%s", head)
			w.node(1)
		}
		if p, _ := policy.Parse(fmt.Sprint("p", number), []byte(w.out.String()), game, params); p != nil {
			return p
		}
	}
	t.Fatalf("no policy of number %d is without an error", number)
	return nil
}
