package patch

import (
	"slices"
	"strings"

	"dryad/dsl"
)

// Diff returns the patch that turns from into to; "" when they mean the same.
// Applying it to from gives a policy that is equal to to.
func Diff(from, to *dsl.File) string {
	d := &differ{file: from.Clone()}
	if d.file.Policy.Name != to.Policy.Name || d.file.Policy.Game != to.Policy.Game || d.file.Policy.Scheduler != to.Policy.Scheduler {
		header := to.Policy
		if header.Name == "" {
			// A header can be changed and not taken away; the trees stay.
			header.Name, header.Game = d.file.Policy.Name, d.file.Policy.Game
		}
		if header.Name != "" {
			header.Comments, header.Comment = nil, ""
			d.out.WriteString(dsl.Format(&dsl.File{Policy: header}))
		}
	}
	if !slices.EqualFunc(d.file.Network, to.Network, (*dsl.Neuron).Equal) {
		if len(to.Network) == 0 {
			d.write("remove", " network")
		} else {
			d.write("replace", " network:")
			d.block(dsl.Format(&dsl.File{Network: to.Network}))
		}
	}
	d.keys(to)
	d.trees(to)
	return d.out.String()
}

// differ writes instructions and follows them at once, so that every target
// is the path in the policy as it stands when the instruction comes.
type differ struct {
	file *dsl.File
	tree *dsl.Tree
	out  strings.Builder
}

func (d *differ) write(verb, rest string) { d.out.WriteString(verb + rest + "\n") }

// block writes lines below an instruction.
func (d *differ) block(text string) {
	for line := range strings.Lines(text) {
		d.out.WriteString("  " + line)
	}
}

func (d *differ) target(n *dsl.Node) string { return "`" + pathOf(d.tree, n) + "`" }

// keys compares declarations; when their order differs all are written anew.
func (d *differ) keys(to *dsl.File) {
	if slices.EqualFunc(d.file.Keys, to.Keys, (*dsl.Key).Equal) {
		return
	}
	for _, k := range d.file.Keys {
		d.write("remove", " key "+k.Name)
	}
	if len(to.Keys) > 0 {
		d.write("add", ":")
		only := &dsl.File{Keys: to.Keys}
		d.block(dsl.Format(only))
	}
}

// trees compares the trees by name.
func (d *differ) trees(to *dsl.File) {
	order := func(f *dsl.File) (names []string) {
		for _, t := range f.Trees {
			names = append(names, t.Name)
		}
		return names
	}
	wanted, have := order(to), order(d.file)
	common := 0
	for common < len(wanted) && common < len(have) && wanted[common] == have[common] {
		common++
	}
	// Trees after the first difference in order are written anew.
	if common == 0 {
		d.write("replace", " tree "+have[0]+":")
		d.block(treeText(to.Trees[0]))
		d.file.Trees[0], common = to.Trees[0].Clone(), 1
	}
	for _, name := range have[common:] {
		d.write("remove", " tree "+name)
	}
	for i := range common {
		d.oneTree(d.file.Trees[i], to.Trees[i])
	}
	for _, t := range to.Trees[common:] {
		d.write("add", ":")
		d.block(treeText(t))
	}
}

func treeText(t *dsl.Tree) string {
	whole := t.Clone()
	whole.Bare = false
	return dsl.Format(&dsl.File{Trees: []*dsl.Tree{whole}})
}

func (d *differ) oneTree(have, want *dsl.Tree) {
	bodies := have.Clone()
	bodies.Root = want.Root
	if !bodies.Equal(want) {
		d.write("replace", " tree "+have.Name+":")
		d.block(treeText(want))
		return
	}
	d.tree = have
	d.node(have.Root, nil, 0, want.Root)
}

// node turns the node at parent's index (or the root) into want.
func (d *differ) node(have, parent *dsl.Node, index int, want *dsl.Node) {
	if have.Equal(want) {
		return
	}
	put := func(n *dsl.Node) {
		if parent == nil {
			d.tree.Root = n
		} else {
			parent.Children[index] = n
		}
	}
	switch {
	case around(want, have):
		d.write("wrap", " "+d.target(have)+" in "+strings.TrimSuffix(want.Line(), ":"))
		outer := want.Clone()
		outer.Children = []*dsl.Node{have}
		put(outer)
		d.node(have, outer, 0, want.Children[0])
		return
	case around(have, want):
		d.write("unwrap", " "+d.target(have))
		put(have.Children[0])
		d.node(have.Children[0], parent, index, want)
		return
	}
	leaves := (have.Kind.Class() == dsl.Leaf) != (want.Kind.Class() == dsl.Leaf)
	if leaves || !have.SameLine(want) && likeness(have, want) == 0 {
		d.write("replace", " "+d.target(have)+":")
		d.block(dsl.FormatNode(want, 0))
		put(want.Clone())
		return
	}
	if !have.SameLine(want) {
		d.write("change", " "+d.target(have)+" to "+strings.TrimSuffix(want.Line(), ":"))
		have.Kind, have.Memory, have.Name, have.Word, have.Args = want.Kind, want.Memory, want.Name, want.Word, want.Args
	}
	d.children(have, want)
}

// children turns the children of have into those of want.
func (d *differ) children(have, want *dsl.Node) {
	pairs := align(have.Children, want.Children)
	// kept[i] is the node that becomes want's child i, or nil.
	kept := make([]*dsl.Node, len(want.Children))
	used := map[*dsl.Node]bool{}
	for i, at := range pairs {
		if at >= 0 {
			kept[i] = have.Children[at]
			used[kept[i]] = true
		}
	}
	for i, w := range want.Children {
		if kept[i] != nil {
			continue
		}
		for _, h := range have.Children {
			if !used[h] && h.Equal(w) {
				kept[i], used[h] = h, true
				break
			}
		}
	}
	// Removing the last child would leave an empty block behind for a moment,
	// which does no harm: only the end result is read.
	for i := len(have.Children) - 1; i >= 0; i-- {
		if h := have.Children[i]; !used[h] {
			d.write("remove", " "+d.target(h))
			have.Children = slices.Delete(have.Children, i, i+1)
		}
	}
	for i, w := range want.Children {
		if kept[i] == nil {
			d.write("insert", " "+d.placeAt(have, i)+":")
			d.block(dsl.FormatNode(w, 0))
			have.Children = slices.Insert(have.Children, i, w.Clone())
			continue
		}
		if at := slices.Index(have.Children, kept[i]); at != i {
			d.write("move", " "+d.target(kept[i])+" "+d.placeAt(have, i))
			have.Children = slices.Delete(have.Children, at, at+1)
			have.Children = slices.Insert(have.Children, i, kept[i])
		}
	}
	for i, w := range want.Children {
		d.node(have.Children[i], have, i, w)
	}
}

// placeAt says where the child number i of a node goes.
func (d *differ) placeAt(parent *dsl.Node, i int) string {
	if i < len(parent.Children) {
		return "before " + d.target(parent.Children[i])
	}
	return "last in " + d.target(parent)
}

// maxAround bounds how many nodes are put around another.
const maxAround = 4

// around reports whether outer is inner with one node or some around it.
func around(outer, inner *dsl.Node) bool {
	for range maxAround {
		if len(outer.Children) != 1 || outer.SameLine(inner) {
			return false
		}
		if outer = outer.Children[0]; outer.Equal(inner) {
			return true
		}
	}
	return false
}

// likeness says how well one node can become another.
func likeness(a, b *dsl.Node) int {
	if around(a, b) || around(b, a) {
		return 6
	}
	if (a.Kind.Class() == dsl.Leaf) != (b.Kind.Class() == dsl.Leaf) {
		return 0
	}
	switch {
	case a.Equal(b):
		return 8
	case a.Name != "" && a.Name == b.Name:
		return 5
	case a.SameLine(b):
		return 4
	case a.Kind == b.Kind && a.Word == b.Word && a.Word != "":
		return 2
	case a.Kind == b.Kind:
		return 1
	}
	return 0
}

// maxAligned bounds the table of align.
const maxAligned = 400

// align pairs the children of want with children of have, in order, so that
// the sum of likenesses is the greatest; -1 for none.
func align(have, want []*dsl.Node) []int {
	pairs := make([]int, len(want))
	for i := range pairs {
		pairs[i] = -1
	}
	if len(have) > maxAligned || len(want) > maxAligned {
		for i := range min(len(have), len(want)) {
			if likeness(have[i], want[i]) > 0 {
				pairs[i] = i
			}
		}
		return pairs
	}
	best := make([][]int, len(have)+1)
	for i := range best {
		best[i] = make([]int, len(want)+1)
	}
	for i := len(have) - 1; i >= 0; i-- {
		for j := len(want) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if l := likeness(have[i], want[j]); l > 0 {
				best[i][j] = max(best[i][j], best[i+1][j+1]+l)
			}
		}
	}
	for i, j := 0, 0; i < len(have) && j < len(want); {
		l := likeness(have[i], want[j])
		switch {
		case l > 0 && best[i][j] == best[i+1][j+1]+l:
			pairs[j] = i
			i++
			j++
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return pairs
}
