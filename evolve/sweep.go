package evolve

import (
	"slices"

	"dryad/dsl"
	"dryad/evolve/genetic"
	"dryad/policy"
)

// rework makes another way to play out of one. It may keep its argument's nodes.
type rework func(*dsl.Node) *dsl.Node

// sweep lists the changes that every mode tries once, in its first generations: each
// way of going somewhere, before all else with an action on whoever is met, and after
// the first thing that the tree does as it is. Drawn at random, the few words that a
// mode is about would hardly come up.
func sweep(checker *policy.Checker) []rework {
	bare, acting := genetic.Errands(checker.Runnable())
	var list []rework
	for _, errand := range acting {
		list = append(list, func(root *dsl.Node) *dsl.Node { return withBranch(root, errand.Clone(), 0) })
	}
	for _, errand := range bare {
		list = append(list, func(root *dsl.Node) *dsl.Node { return withBranch(root, errand.Clone(), 1) })
	}
	return list
}

// withBranch puts a branch among the options of a tree, at a place.
func withBranch(root, branch *dsl.Node, at int) *dsl.Node {
	if !plainSelector(root) {
		root = dsl.Composed(dsl.Selector, "", root)
	}
	root.Children = slices.Insert(root.Children, min(at, len(root.Children)-1), branch)
	return root
}

// unswept is the mode that has tried the fewest of the changes; empty once all have
// tried all. The curriculum's shares come later: where nobody goes for what a mode is
// about all matches end alike, and they would leave it out.
func (s *search) unswept() string {
	least := ""
	for _, mode := range s.modes {
		if n := s.swept[mode]; n < len(s.sweep) && (least == "" || n < s.swept[least]) {
			least = mode
		}
	}
	return least
}

// sweeping is the change that a slot of a generation for one mode tries, if the
// mode has not tried all of them.
func (s *search) sweeping(slot int) rework {
	if at := s.swept[s.focus] + slot; s.focus != "" && at < len(s.sweep) {
		return s.sweep[at]
	}
	return nil
}

// foes are the opponents beside the champion in a generation for one mode: the newest
// members of the archive that play it otherwise than the champion and than each other.
func (s *search) foes() []*Entry {
	play := func(e *Entry) string { return dsl.FormatNode(seen(e.File().Main().Root, s.focus, s.modes), 0) }
	known := map[string]bool{play(s.champion): true}
	var list []*Entry
	for i := len(s.archive.Members) - 1; i >= 0 && len(list) < mostFoes; i-- {
		if text := play(s.archive.Members[i]); !known[text] {
			known[text] = true
			list = append(list, s.archive.Members[i])
		}
	}
	return list
}

// mostFoes is how many opponents a generation for one mode has beside the champion.
const mostFoes = 4
