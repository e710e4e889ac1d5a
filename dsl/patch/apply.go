package patch

import (
	"slices"
	"strings"

	"dryad/dsl"
)

// Apply follows the instructions of a patch one after the other and returns
// the changed policy; file stays as it is. The policy is nil when an
// instruction could not be followed; the diagnostics, which stand in the
// patch, name all of them.
func Apply(file *dsl.File, path, text string) (*dsl.File, dsl.Diagnostics) {
	r := &reader{path: path}
	operations := r.read(text)
	a := &applier{reader: r, file: file.Clone()}
	for i := range operations {
		a.op = &operations[i]
		a.apply()
	}
	if len(r.faults) > 0 {
		return nil, r.faults.Sorted()
	}
	// What came of it is read like any other text: too deep or empty blocks
	// show here.
	changed := dsl.Format(a.file)
	read, faults := dsl.Parse(file.Path, changed)
	if !faults.OK() {
		for _, d := range faults {
			r.fail(max(1, len(strings.Split(text, "\n"))), d.Code, "the changed policy is faulty: %s", d.Summary)
		}
		return nil, r.faults.Sorted()
	}
	return read, nil
}

type applier struct {
	*reader
	file *dsl.File
	op   *operation
}

func (a *applier) apply() {
	op := a.op
	switch op.verb {
	case "policy":
		a.header()
		return
	case "add":
		a.add()
		return
	}
	if op.target == "network" && (op.verb == "replace" || op.verb == "remove") {
		a.network()
		return
	}
	if kind, name, ok := strings.Cut(op.target, " "); ok && (kind == "tree" || kind == "key") && dsl.Identifier(name) {
		a.declaration(kind, name)
		return
	}
	at := a.find(op.target)
	if at == nil {
		return
	}
	switch op.verb {
	case "replace":
		if nodes := a.nodes(true); nodes != nil {
			a.put(at, nodes[0])
		}
	case "insert":
		if nodes := a.nodes(false); nodes != nil {
			a.insert(at, nodes)
		}
	case "remove":
		if at.parent == nil {
			a.fail(op.line, "root", "the root of the tree %q cannot be removed, only replaced", at.tree.Name)
			return
		}
		at.parent.Children = slices.Delete(at.parent.Children, at.index, at.index+1)
	case "move":
		a.move(at)
	case "wrap":
		if n := a.head(); n != nil {
			if n.Kind.Class() == dsl.Leaf {
				a.fail(op.line, "wrap", "a leaf cannot stand around a node")
				return
			}
			n.Children = []*dsl.Node{at.node}
			a.put(at, n)
		}
	case "unwrap":
		if len(at.node.Children) != 1 {
			a.fail(op.line, "unwrap", "%q has %d children; only the one around a single child can go", at.node.Line(), len(at.node.Children))
			return
		}
		a.put(at, at.node.Children[0])
	case "change":
		if n := a.head(); n != nil {
			if (n.Kind.Class() == dsl.Leaf) != (at.node.Kind.Class() == dsl.Leaf) {
				a.fail(op.line, "change", "%q cannot become %q: only one of them has children", at.node.Line(), n.Line())
				return
			}
			n.Children, n.Comments, n.Comment, n.Blank = at.node.Children, at.node.Comments, at.node.Comment, at.node.Blank
			a.put(at, n)
		}
	}
}

// find reports a target that is not there, or not unique.
func (a *applier) find(target string) *spot {
	at, candidates := find(a.file, target)
	if at != nil {
		return at
	}
	if len(candidates) > 0 {
		a.fail(a.op.line, "ambiguous", "%d nodes could be meant by %q; give the path", len(candidates), target).Legal = candidates[:min(12, len(candidates))]
		return nil
	}
	near, alike := dsl.Nearest(target, names(a.file))
	d := a.fail(a.op.line, "unknown-target", "there is no node %q", target)
	d.Legal = near
	if alike {
		d.Summary += ", did you mean \"" + near[0] + "\"?"
	}
	return nil
}

// put makes n stand where the spot is.
func (a *applier) put(at *spot, n *dsl.Node) {
	if at.parent == nil {
		at.tree.Root = n
	} else {
		at.parent.Children[at.index] = n
	}
}

// insert puts nodes beside or into the node at the spot.
func (a *applier) insert(at *spot, nodes []*dsl.Node) {
	parent, index := at.parent, at.index
	switch a.op.place {
	case "after":
		index++
	case "first in":
		parent, index = at.node, 0
	case "last in":
		parent, index = at.node, len(at.node.Children)
	}
	switch {
	case parent == nil:
		a.fail(a.op.line, "root", "nothing can stand beside the root of the tree %q", at.tree.Name)
	case parent.Kind.Class() == dsl.Leaf:
		a.fail(a.op.line, "leaf", "nothing can stand below %q", parent.Line())
	default:
		parent.Children = slices.Insert(parent.Children, index, nodes...)
	}
}

// move takes the node at the spot out and puts it in elsewhere.
func (a *applier) move(at *spot) {
	beside := a.find(a.op.beside)
	if beside == nil {
		return
	}
	within := false
	at.node.Walk(func(n *dsl.Node) bool {
		within = within || n == beside.node
		return !within
	})
	switch {
	case within:
		a.fail(a.op.line, "move", "a node cannot move into or beside itself")
		return
	case at.parent == nil:
		a.fail(a.op.line, "root", "the root of the tree %q cannot be moved", at.tree.Name)
		return
	}
	at.parent.Children = slices.Delete(at.parent.Children, at.index, at.index+1)
	if beside.parent == at.parent && beside.index > at.index {
		beside.index--
	}
	a.insert(beside, []*dsl.Node{at.node})
}

// nodes reads the block below the instruction as nodes.
func (a *applier) nodes(one bool) []*dsl.Node {
	// A selector around the block lets the one parser read several nodes.
	var b strings.Builder
	b.WriteString("tree main:\n  selector:\n")
	for line := range strings.Lines(a.op.block) {
		b.WriteString("    " + line)
	}
	file, faults := dsl.Parse(a.path, b.String())
	for _, d := range faults {
		line := max(a.op.line, d.Range.Start.Line-2+a.op.line)
		a.fail(line, d.Code, "%s", d.Summary).Legal = d.Legal
	}
	if !faults.OK() {
		return nil
	}
	root := file.Main().Root
	root.Children[len(root.Children)-1].Blank = false
	if one && len(root.Children) != 1 {
		a.fail(a.op.line, "replace", "one node takes the place of another, not %d", len(root.Children))
		return nil
	}
	return root.Children
}

// head reads the line of wrap and change as a node without children.
func (a *applier) head() *dsl.Node {
	line := strings.TrimSuffix(a.op.text, ":")
	below := ":\n    task: x\n"
	if word, _, ok := strings.Cut(line, ":"); ok {
		if k, known := dsl.KindOf(word); known && k.Class() == dsl.Leaf {
			below = "\n"
		}
	}
	file, faults := dsl.Parse(a.path, "tree main:\n  "+line+below)
	if !faults.OK() || len(file.Trees) != 1 {
		for _, d := range faults {
			a.fail(a.op.line, d.Code, "%s", d.Summary).Legal = d.Legal
		}
		return nil
	}
	n := file.Main().Root
	n.Children = nil
	return n
}

// header sets the line "policy NAME for GAME [by scheduler]".
func (a *applier) header() {
	file, faults := dsl.Parse(a.path, a.op.text+"\ntree main:\n  task: x\n")
	for _, d := range faults {
		a.fail(a.op.line, d.Code, "%s", d.Summary).Legal = d.Legal
	}
	a.file.Policy.Name, a.file.Policy.Game, a.file.Policy.Scheduler = file.Policy.Name, file.Policy.Game, file.Policy.Scheduler
}

// declarations reads the block below the instruction as trees and keys.
func (a *applier) declarations() *dsl.File {
	block := a.op.block
	placeholder := !strings.Contains("\n"+block, "\ntree ")
	if placeholder {
		block += "tree placeholder:\n  task: x\n"
	}
	file, faults := dsl.Parse(a.path, block)
	for _, d := range faults {
		a.fail(a.op.line+d.Range.Start.Line, d.Code, "%s", d.Summary).Legal = d.Legal
	}
	if !faults.OK() {
		return nil
	}
	for _, t := range file.Trees {
		if t.Bare {
			a.fail(a.op.line, "syntax", "only trees and keys can be added").Legal = []string{usage["add"]}
			return nil
		}
	}
	if placeholder {
		file.Trees = nil
	}
	return file
}

// network replaces or removes a scheduler's network.
func (a *applier) network() {
	if a.op.verb == "remove" {
		a.file.Network = nil
		return
	}
	if block := a.declarations(); block != nil {
		if len(block.Keys)+len(block.Trees) > 0 || len(block.Network) == 0 {
			a.fail(a.op.line, "replace", "the lines of a network take its place: input, hidden and output")
			return
		}
		a.file.Network = block.Network
	}
}

func (a *applier) add() {
	if block := a.declarations(); block != nil {
		a.file.Keys = append(a.file.Keys, block.Keys...)
		a.file.Trees = append(a.file.Trees, block.Trees...)
		for _, t := range a.file.Trees {
			t.Bare = false
		}
	}
}

// declaration removes or replaces a whole tree or key.
func (a *applier) declaration(kind, name string) {
	at, count := -1, len(a.file.Trees)
	if kind == "key" {
		at = slices.IndexFunc(a.file.Keys, func(k *dsl.Key) bool { return k.Name == name })
	} else {
		at = slices.IndexFunc(a.file.Trees, func(t *dsl.Tree) bool { return t.Name == name })
	}
	switch {
	case at < 0:
		a.fail(a.op.line, "unknown-target", "there is no %s %q", kind, name)
	case a.op.verb == "remove" && kind == "key":
		a.file.Keys = slices.Delete(a.file.Keys, at, at+1)
	case a.op.verb == "remove" && count > 1:
		a.file.Trees = slices.Delete(a.file.Trees, at, at+1)
	case a.op.verb == "replace":
		block := a.declarations()
		switch {
		case block == nil:
		case kind == "key" && len(block.Keys) == 1 && len(block.Trees) == 0:
			a.file.Keys[at] = block.Keys[0]
		case kind == "tree" && len(block.Trees) == 1 && len(block.Keys) == 0:
			a.file.Trees[at] = block.Trees[0]
		default:
			a.fail(a.op.line, "replace", "one %s takes the place of another", kind)
		}
	default:
		a.fail(a.op.line, "syntax", "a %s can be replaced, and removed when it is not the last", kind)
	}
}
