package feedback

import (
	"fmt"
	"strings"

	"dryad/internal/english"
	"dryad/match"
)

// nodes adds up the profiles of one tree over many matches.
type nodes struct {
	ticks int
	list  []match.NodeProfile
}

// shownNodes is how many nodes are spoken of at most, in pre-order.
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
		sum := &n.list[i]
		sum.Visits += node.Visits
		sum.Successes += node.Successes
		sum.Failures += node.Failures
		sum.Running += node.Running
		sum.Halts += node.Halts
		sum.Unguarded += node.Unguarded
	}
}

// write says for every node how often it was reached and how it ended.
func (n *nodes) write(b *strings.Builder) {
	if n.ticks == 0 || len(n.list) == 0 {
		return
	}
	fmt.Fprintf(b, "\nWhat its nodes did, as shares of the %s in which the tree ran, over all its agents:\n", english.Number(n.ticks, "tick"))
	top := n.list[0].Depth
	for i, node := range n.list {
		if i == shownNodes {
			fmt.Fprintf(b, "... and %d more nodes.\n", len(n.list)-i)
			break
		}
		fmt.Fprintf(b, "%s- %s: %s\n", strings.Repeat("  ", node.Depth-top), strings.TrimSuffix(node.Text, ":"), n.fate(node))
	}
	all := &match.Profile{Ticks: n.ticks, Nodes: n.list}
	unreached := all.Unreached()
	if len(unreached) == 0 {
		return
	}
	b.WriteString("Branches that were never reached:\n")
	for _, i := range unreached {
		node := n.list[i]
		fmt.Fprintf(b, "- %s", strings.TrimSuffix(node.Text, ":"))
		if node.Line > 0 {
			fmt.Fprintf(b, " (line %d)", node.Line)
		}
		b.WriteString("\n")
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
