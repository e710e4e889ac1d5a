package correct

import (
	"sort"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// listed is how many differences are told.
const listed = 8

// differences lists the times in which the tree is least like the person, the
// worst first: stretches in which one leaf ran, by how much of them differs.
func differences(v *vocab.Vocabulary, t *thinker, acted []bool) []Difference {
	number, list := lines(t.policy.File)
	ran := t.ran(number)
	leaf := func(tick int) int {
		for line := len(list) - 1; line >= 0; line-- {
			if k := list[line].Kind; ran[line][tick] && (k == dsl.Task || k == dsl.Net || k == dsl.Lua || k == dsl.Wait) {
				return line
			}
		}
		return -1
	}
	var all []Difference
	lost := func(d Difference) float64 { return (1 - d.Alike) * float64(d.To-d.From) }
	for from := 0; from < len(acted); {
		if !acted[from] {
			from++
			continue
		}
		line, to, sum := leaf(from), from, 0.0
		for to < len(acted) && acted[to] && leaf(to) == line {
			sum += t.like[to]
			to++
		}
		d := Difference{From: from, To: to, Alike: sum / float64(to-from)}
		if line >= 0 {
			d.Line, d.Node = list[line].Range.Start.Line, text(list[line])
		}
		// What lasts less than half a second is how a person holds a mouse.
		if 2*(to-from) >= v.TicksPerSecond && d.Alike < 1 {
			all = append(all, d)
		}
		from = to
	}
	sort.SliceStable(all, func(i, j int) bool { return lost(all[i]) > lost(all[j]) })
	return all[:min(listed, len(all))]
}

// text writes a node, and those below it, in one line.
func text(n *dsl.Node) string {
	line := strings.TrimSuffix(n.Line(), ":")
	if n.Kind.Class() == dsl.Leaf || len(n.Children) == 0 || len(n.Children) > 2 {
		return line
	}
	var below []string
	for _, c := range n.Children {
		below = append(below, c.Line())
	}
	return line + " (" + strings.Join(below, "; ") + ")"
}
