package dsl

import "strconv"

// attach puts a node where its indentation says.
func (p *parser) attach(n *Node, m *lineMeaning, indent, column int) {
	if n.Kind == Condition {
		if p.negate(n, m) {
			return
		}
	}
	// Close the blocks that the line no longer stands in.
	for len(p.levels) > 0 {
		top := &p.levels[len(p.levels)-1]
		if indent > top.opener && (top.indent < 0 || indent >= top.indent || len(p.levels) == 1 || indent > p.levels[len(p.levels)-2].indent) {
			break
		}
		p.close(len(p.levels) - 1)
	}
	if len(p.levels) == 0 {
		p.root(n, indent, column)
		return
	}
	top := &p.levels[len(p.levels)-1]
	switch {
	case top.indent < 0:
		top.indent = indent
	case indent != top.indent:
		summary := "the line is indented by " + strconv.Itoa(indent) + ", the lines beside it by " + strconv.Itoa(top.indent)
		if indent > top.indent {
			summary = "nothing can stand indented below a leaf"
		}
		p.errorAt(on(p.line, 1, max(1, column-1)), "indentation", summary,
			Fix{Title: "indent like the line above", Edits: []Edit{{on(p.line, 1, column-1), spaces(top.indent)}}})
	}
	p.adopt(top, n)
	p.open(n, indent)
}

// adopt makes n the next child of the block.
func (p *parser) adopt(top *level, n *Node) {
	switch {
	case top.node != nil && top.node.Kind != Invalid:
		p.waiting = append(p.waiting, n)
	case top.node != nil:
		top.node.Children = append(top.node.Children, n)
	case top.tree.Root == nil:
		top.tree.Root = n
	default:
		p.errorAt(n.Range, "second-root", "the tree "+strconv.Quote(top.tree.Name)+" has one root; put both under a selector or a sequence")
		// Kept, so that what stands in it is checked as well.
		top.tree.Root = &Node{Kind: Invalid, Range: top.tree.Root.Range, Children: []*Node{top.tree.Root, n}}
		top.node = top.tree.Root
	}
}

// open begins the block below a node, if it can have one.
func (p *parser) open(n *Node, indent int) {
	if n.Kind.Class() == Leaf && n.Kind != Invalid {
		return
	}
	if len(p.levels) >= MaxDepth {
		p.errorAt(n.Range, "too-deep", "the tree is nested more than "+strconv.Itoa(MaxDepth)+" levels deep")
		// Deeper lines stay on this level.
		return
	}
	p.levels = append(p.levels, level{indent: -1, opener: indent, node: n, from: len(p.waiting)})
}

// close closes the open blocks but for the outermost ones.
func (p *parser) close(keep int) {
	for len(p.levels) > keep {
		top := &p.levels[len(p.levels)-1]
		p.levels = p.levels[:len(p.levels)-1]
		if top.node == nil || top.node.Kind == Invalid || len(p.waiting) == top.from {
			continue
		}
		from, count := len(p.below), len(p.waiting)-top.from
		if from+count > cap(p.below) {
			p.below, from = make([]*Node, 0, max(64, count)), 0
		}
		p.below = append(p.below, p.waiting[top.from:]...)
		top.node.Children = p.below[from:len(p.below):len(p.below)]
		p.waiting = p.waiting[:top.from]
	}
}

// root takes a node at the left margin: the lone root of a text without
// headers.
func (p *parser) root(n *Node, indent, column int) {
	switch {
	case p.tree != nil && !p.tree.Bare || p.headers:
		p.errorAt(n.Range, "indentation", "a node stands indented below a line \"tree NAME:\"",
			Fix{Title: "indent the line", Edits: []Edit{{on(p.line, 1, column-1), spaces(2)}}})
		if p.tree == nil {
			p.tree = &Tree{Name: "main", Bare: true}
		}
	case p.tree == nil:
		p.tree = &Tree{Name: "main", Bare: true, Range: n.Range, NameRange: n.Range}
		p.file.Trees = append(p.file.Trees, p.tree)
	}
	if p.tree.Root == nil {
		p.tree.Root = n
	} else {
		top := level{tree: p.tree}
		if p.tree.Root.Kind == Invalid && len(p.tree.Root.Children) > 0 {
			top.node = p.tree.Root
		}
		p.adopt(&top, n)
	}
	p.open(n, indent)
}

// negate handles "condition: no": it is held back until the next condition,
// which it negates. The result reports whether the node was consumed.
func (p *parser) negate(n *Node, m *lineMeaning) bool {
	if m.negates {
		p.unusedNegation()
		p.negation = n
		return true
	}
	if p.negation == nil {
		return false
	}
	first := p.negation
	p.negation = nil
	if first.Range.Start.Column != n.Range.Start.Column {
		p.negation = first
		p.unusedNegation()
		return false
	}
	n.Args[0] = negated(n.Args[0])
	if first.Comment != "" {
		first.Comments = append(first.Comments, first.Comment)
	}
	n.Comments = append(first.Comments, n.Comments...)
	n.Blank = first.Blank
	return false
}

// unusedNegation reports a "condition: no" that no condition follows.
func (p *parser) unusedNegation() {
	if p.negation == nil {
		return
	}
	p.errorAt(p.negation.Range, "lone-no", "\"condition: no\" negates the condition on the next line, and there is none")
	p.negation = nil
}

// finish checks what only the whole text shows.
func (p *parser) finish() {
	p.close(0)
	p.unusedNegation()
	p.file.Comments = p.comments
	if len(p.file.Trees) == 0 && len(p.faults) == 0 {
		p.errorAt(on(max(1, p.line), 1, 0), "no-tree", "the policy has no tree")
	}
	for _, t := range p.file.Trees {
		if t.Root == nil {
			p.errorAt(t.Range, "empty", "the tree "+strconv.Quote(t.Name)+" is empty")
			continue
		}
		t.Root.Walk(func(n *Node) bool {
			p.children(n)
			return true
		})
	}
}

// children checks the number of a node's children.
func (p *parser) children(n *Node) {
	switch class := n.Kind.Class(); {
	case n.Kind == Invalid || class == Leaf:
	case len(n.Children) == 0:
		p.errorAt(n.Range, "no-child", strconv.Quote(n.Kind.String())+" has nothing below it",
			Fix{Title: "remove the line", Edits: []Edit{{Range{Position{n.Range.Start.Line, 1}, Position{n.Range.Start.Line + 1, 1}}, ""}}})
	case class != Composite && len(n.Children) > 1:
		p.errorAt(n.Children[1].Range, "second-child",
			strconv.Quote(n.Kind.String())+" takes one child; put them under a selector or a sequence")
	}
}

func spaces(n int) string {
	const many = "                                                                                                                                "
	return many[:min(n, len(many))]
}
