package evolve

import (
	"fmt"
	"strings"

	"dryad/dsl"
	"dryad/dsl/patch"
	"dryad/llm/prompt"
	"dryad/policy"
)

// answers reads what a model answers to one question and its repairs: whole
// trees, or changes to one.
type answers struct {
	checker *policy.Checker
	// base is what changes are made to: the present tree if the author may
	// answer with changes, then its own last answer; nil if there is none.
	base *dsl.File
	// source is the last answer as a whole tree.
	source  string
	changed bool // it came as changes
	// faulty is the path of the smallest sub-tree of base that has all faults;
	// empty if that is the whole tree.
	faulty string
}

// check reads an answer and returns all that is wrong with it.
func (a *answers) check(answer string) []string {
	a.changed, a.faulty = false, ""
	a.source = prompt.Tree(answer)
	if changes, is := prompt.Changes(answer); is && a.base != nil {
		a.source, a.changed = changes, true
		file, faults := patch.Apply(a.base, "answer", changes)
		if file == nil {
			return rendered(faults, changes)
		}
		a.source = dsl.Format(file)
	}
	faults := a.checker.Faults(a.source)
	if faults == nil {
		return nil
	}
	if file, form := dsl.Parse("answer", a.source); form.OK() {
		_, found := a.checker.Source("answer", a.source)
		a.base, a.faulty = file, faultyPart(file, found)
	}
	return faults
}

// rendered are faults with their lines.
func rendered(faults dsl.Diagnostics, source string) []string {
	var texts []string
	for _, f := range faults {
		texts = append(texts, dsl.Render(dsl.Diagnostics{f}, dsl.RenderParams{Source: source, All: true}))
	}
	return texts
}

// faultyPart is the path of the smallest sub-tree that holds all errors; empty
// if that is a whole tree, or more than one.
func faultyPart(file *dsl.File, faults dsl.Diagnostics) string {
	wrong := map[int]bool{}
	for _, f := range faults {
		if f.Severity == dsl.Error {
			wrong[f.Range.Start.Line] = true
		}
	}
	var smallest string
	for _, tree := range file.Trees {
		tree.Paths(func(n *dsl.Node, path string) {
			if n != tree.Root && covers(n, wrong) {
				smallest = path // the deeper ones come later
			}
		})
	}
	return smallest
}

// covers reports whether all of some lines are those of a sub-tree.
func covers(n *dsl.Node, lines map[int]bool) bool {
	found := 0
	var visit func(n *dsl.Node)
	visit = func(n *dsl.Node) {
		if lines[n.Range.Start.Line] {
			found++
		}
		for _, c := range n.Children {
			visit(c)
		}
	}
	visit(n)
	return found == len(lines) && found > 0
}

// hint tells how a repair may be short; empty if it may not.
func (a *answers) hint() string {
	if a.faulty == "" || a.base == nil || strings.Contains(a.faulty, "`") {
		return ""
	}
	return fmt.Sprintf("All of this is in the sub-tree `%s`. Instead of the whole tree you may give that sub-tree alone, corrected, below one line:\n\n```\nreplace `%s`:\n  ...\n```\n", a.faulty, a.faulty)
}
