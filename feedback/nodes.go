package feedback

import (
	"fmt"
	"slices"
	"strings"

	"dryad/dsl"
	"dryad/internal/english"
	"dryad/match"
)

// nodes adds up the profiles of one tree over many matches.
type nodes struct {
	ticks int
	list  []match.NodeProfile
}

// shownNodes is how many nodes are spoken of at most.
const shownNodes = 120

// add takes in one match. A profile of another tree than the first one is left
// out: sums over different trees say nothing.
func (n *nodes) add(profile *match.Profile) {
	if n.list == nil {
		n.list = make([]match.NodeProfile, len(profile.Nodes))
		for i, node := range profile.Nodes {
			n.list[i] = match.NodeProfile{Path: node.Path, Kind: node.Kind, Text: node.Text, Depth: node.Depth, Line: node.Line}
		}
	}
	if len(profile.Nodes) != len(n.list) {
		return
	}
	for i, node := range profile.Nodes {
		if node.Path != n.list[i].Path || node.Text != n.list[i].Text {
			return
		}
	}
	n.ticks += profile.Ticks
	for i, node := range profile.Nodes {
		n.list[i].Add(node)
	}
}

// section is the nodes of one tree of the file; those of a tree that is called at
// several places are added up.
type section struct {
	tree  string // empty for the main one
	calls int    // how many places call it
	nodes []match.NodeProfile
	at    map[string]int // path below the tree to its place in nodes
}

// sections tells the trees of the file apart.
func (n *nodes) sections() []*section {
	type inside struct {
		depth int    // of the node that calls
		path  string // of that node
		of    *section
	}
	main := &section{at: map[string]int{}}
	list, byName := []*section{main}, map[string]*section{}
	within := []inside{{-1, "", main}}
	for _, node := range n.list {
		for node.Depth <= within[len(within)-1].depth {
			within = within[:len(within)-1]
		}
		here := within[len(within)-1]
		below := here.of.add(node, here.path, here.depth+1)
		if node.Kind != dsl.Call.String() {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(node.Text, dsl.Call.String()+": "), " ")
		s := byName[name]
		if s == nil {
			s = &section{tree: name, at: map[string]int{}}
			byName[name], list = s, append(list, s)
		}
		if below {
			s.calls++
		}
		within = append(within, inside{node.Depth, node.Path, s})
	}
	return list
}

// add takes in a node, and reports whether it is a new one.
func (s *section) add(node match.NodeProfile, below string, depth int) bool {
	path := strings.TrimPrefix(node.Path, below)
	node.Depth -= depth
	at, have := s.at[path]
	if !have {
		s.at[path] = len(s.nodes)
		s.nodes = append(s.nodes, node)
		return true
	}
	s.nodes[at].Add(node)
	return false
}

// write says for every node how often it was reached and how it ended. When there
// are too many, those that were reached least often are left out.
func (n *nodes) write(b *strings.Builder) {
	if n.ticks == 0 || len(n.list) == 0 {
		return
	}
	fmt.Fprintf(b, "\nWhat its nodes did, as shares of the %s in which the tree ran, over all its agents:\n", english.Number(n.ticks, "tick"))
	sections := n.sections()
	var visits []int
	for _, s := range sections {
		for _, node := range s.nodes {
			visits = append(visits, node.Visits)
		}
	}
	slices.Sort(visits)
	slices.Reverse(visits)
	least, room := 0, shownNodes
	if len(visits) > shownNodes {
		least = visits[shownNodes-1]
	}
	left := 0
	var unreached []string
	for _, s := range sections {
		if s.tree != "" {
			fmt.Fprintf(b, "In tree %s", s.tree)
			if s.calls > 1 {
				fmt.Fprintf(b, ", which %d places call, taken together", s.calls)
			}
			b.WriteString(":\n")
		}
		for _, node := range s.nodes {
			if node.Visits < least || room == 0 {
				left++
				continue
			}
			room--
			fmt.Fprintf(b, "%s- %s: %s\n", strings.Repeat("  ", node.Depth), strings.TrimSuffix(node.Text, ":"), n.fate(node))
		}
		for _, i := range (&match.Profile{Ticks: n.ticks, Nodes: s.nodes}).Unreached() {
			node := s.nodes[i]
			line := "- " + strings.TrimSuffix(node.Text, ":")
			if node.Line > 0 {
				line += fmt.Sprintf(" (line %d)", node.Line)
			}
			unreached = append(unreached, line)
		}
	}
	if left > 0 {
		fmt.Fprintf(b, "... and %s that were reached less often.\n", english.Number(left, "node"))
	}
	if len(unreached) > 0 {
		fmt.Fprintf(b, "Branches that were never reached:\n%s\n", strings.Join(unreached, "\n"))
	}
}

// fate is what became of a node in words.
func (n *nodes) fate(node match.NodeProfile) string {
	if node.Visits == 0 {
		return "never reached"
	}
	words := "reached in " + percent(node.Visits, n.ticks)
	switch node.Visits {
	case node.Failures:
		words += ", always failed"
	case node.Successes:
		words += ", always succeeded"
	case node.Running:
		words += ", always ran on"
	default:
		var ends []string
		for _, end := range []struct {
			count int
			word  string
		}{{node.Successes, "succeeded"}, {node.Failures, "failed"}, {node.Running, "ran on"}} {
			if end.count > 0 {
				ends = append(ends, fmt.Sprintf("%s %s", end.word, percent(end.count, node.Visits)))
			}
		}
		words += "; then " + strings.Join(ends, ", ")
	}
	if node.Unguarded > 0 {
		words += fmt.Sprintf("; ended %s because its guard turned false", english.Number(node.Unguarded, "time"))
	}
	if n := node.Halts - node.Unguarded; n > 0 {
		words += fmt.Sprintf("; was broken off %s", english.Number(n, "time"))
	}
	return words
}

// percent is a share with as many digits as tell something.
func percent(part, whole int) string {
	share := 100 * float64(part) / float64(whole)
	switch {
	case part == whole:
		return "100 %"
	case share >= 99.5:
		return "more than 99 %"
	case part > 0 && share < 0.1:
		return "less than 0.1 %"
	case share < 10:
		return fmt.Sprintf("%.1f %%", share)
	}
	return fmt.Sprintf("%.0f %%", share)
}
