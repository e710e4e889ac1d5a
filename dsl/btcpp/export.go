package btcpp

import (
	"bytes"
	"encoding/xml"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// Export writes a policy as XML. The vocabulary names the ports of tasks and
// the length of a tick; it may be nil. The text is empty when something has no
// meaning in BehaviorTree.CPP; the diagnostics name all of it. A warning says in
// what the document differs from the policy.
//
// What the game tells a tree stands on the blackboard of the main tree under
// its name: the program that runs the document writes it there before each
// tick. A condition that stands alone is a Condition node.
func Export(file *dsl.File, game *vocab.Vocabulary) ([]byte, dsl.Diagnostics) {
	w := &writer{file: file, game: game}
	root := &element{name: "root", attributes: [][2]string{{"BTCPP_format", "4"}, {"main_tree_to_execute", "main"}}}
	if file.Policy.Name != "" {
		root.children = append(root.children, &element{comments: append(toXML(append(file.Policy.Comments, file.Policy.Comment)...),
			"policy "+file.Policy.Name+" for "+file.Policy.Game)})
	}
	if file.Policy.Scheduler {
		w.faults = append(w.faults, dsl.Diagnostic{Severity: dsl.Error, Code: "no-counterpart", Range: file.Policy.NameRange,
			Summary: "a policy by scheduler has no counterpart in BehaviorTree.CPP: its network cannot be written"})
	}
	for _, t := range file.Trees {
		tree := &element{name: "BehaviorTree", attributes: [][2]string{{"ID", t.Name}}, comments: toXML(append(t.Comments, t.Comment)...)}
		w.tree = t
		if t.Root != nil {
			tree.children = []*element{w.node(t.Root)}
		}
		if t.Name == "main" {
			tree.children = w.defaults(tree.children)
		}
		root.children = append(root.children, tree)
	}
	if model := w.model(); model != nil {
		root.children = append(root.children, model)
	}
	if last := toXML(file.Comments...); last != nil {
		root.children = append(root.children, &element{comments: last})
	}
	if !w.faults.OK() {
		return nil, w.faults.Sorted()
	}
	var out bytes.Buffer
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	root.write(&out, 0)
	return out.Bytes(), w.faults.Sorted()
}

// element is a piece of XML, after comments; without a name it is comments
// alone.
type element struct {
	comments   []string
	name       string
	attributes [][2]string
	children   []*element
}

func (e *element) write(out *bytes.Buffer, depth int) {
	for _, c := range e.comments {
		out.WriteString(strings.Repeat("  ", depth) + "<!-- " + c + " -->\n")
	}
	if e.name == "" {
		return
	}
	out.WriteString(strings.Repeat("  ", depth) + "<" + e.name)
	for _, a := range e.attributes {
		out.WriteString(" " + a[0] + `="`)
		// Writing to memory does not fail.
		_ = xml.EscapeText(out, []byte(a[1]))
		out.WriteByte('"')
	}
	if len(e.children) == 0 {
		out.WriteString("/>\n")
		return
	}
	out.WriteString(">\n")
	for _, child := range e.children {
		child.write(out, depth+1)
	}
	out.WriteString(strings.Repeat("  ", depth) + "</" + e.name + ">\n")
}
