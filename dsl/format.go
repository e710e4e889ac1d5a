package dsl

import (
	"strconv"
	"strings"
)

// Format writes a policy in the one canonical form: two spaces a level, one
// empty line between trees, comments kept. Reading it again gives an equal
// file, and formatting that gives the same text.
func Format(f *File) string { return string(AppendFormat(nil, f)) }

// AppendFormat appends what [Format] writes.
func AppendFormat(out []byte, f *File) []byte {
	w := writer{out: out, start: len(out)}
	if f.Policy.Name != "" {
		w.comments(f.Policy.Comments, 0)
		w.out = append(w.out, "policy "...)
		w.out = append(w.out, f.Policy.Name...)
		w.out = append(w.out, " for "...)
		w.out = append(w.out, f.Policy.Game...)
		if f.Policy.Scheduler {
			w.out = append(w.out, " by scheduler"...)
		}
		w.end(f.Policy.Comment)
	}
	for i, u := range f.Network {
		if i == 0 || u.Blank {
			w.gap()
		}
		w.comments(u.Comments, 0)
		w.out = appendUnit(w.out, u)
		w.end(u.Comment)
	}
	for i, k := range f.Keys {
		if i == 0 || k.Blank {
			w.gap()
		}
		w.comments(k.Comments, 0)
		w.out = appendKey(w.out, k)
		w.end(k.Comment)
	}
	for _, t := range f.Trees {
		w.gap()
		depth := 0
		if !t.Bare {
			w.comments(t.Comments, 0)
			w.out = appendHeader(w.out, t)
			w.end(t.Comment)
			depth = 1
		}
		if t.Root != nil {
			w.node(t.Root, depth, true)
		}
	}
	if len(f.Comments) > 0 {
		w.gap()
		w.comments(f.Comments, 0)
	}
	return w.out
}

// FormatNode writes one node and what is below it, indented by depth levels.
func FormatNode(n *Node, depth int) string {
	w := writer{}
	w.node(n, depth, true)
	return string(w.out)
}

// Line returns the canonical text of the node's own line, without its
// comment.
func (n *Node) Line() string {
	if seen := n.Seen(); seen != nil {
		return seen.text
	}
	return string(appendLine(nil, n))
}

type writer struct {
	out   []byte
	start int // of what is written
}

func (w *writer) gap() {
	if len(w.out) > w.start {
		w.out = append(w.out, '\n')
	}
}

func (w *writer) indent(depth int) {
	for range depth {
		w.out = append(w.out, "  "...)
	}
}

func (w *writer) comments(comments []string, depth int) {
	for _, c := range comments {
		w.indent(depth)
		w.out = append(w.out, oneLine(c)...)
		w.out = append(w.out, '\n')
	}
}

// end ends a line, with its comment.
func (w *writer) end(comment string) {
	if comment != "" {
		w.out = append(w.out, ' ')
		w.out = append(w.out, oneLine(comment)...)
	}
	w.out = append(w.out, '\n')
}

func (w *writer) node(n *Node, depth int, first bool) {
	if n.Blank && !first {
		w.out = append(w.out, '\n')
	}
	w.comments(n.Comments, depth)
	w.indent(depth)
	w.out = AppendLine(w.out, n)
	w.end(n.Comment)
	for i, child := range n.Children {
		w.node(child, depth+1, i == 0)
	}
}

// oneLine keeps a text that a program made from breaking out of its line.
func oneLine(text string) string {
	if strings.ContainsAny(text, "\n\r\x00") {
		return strings.Map(func(r rune) rune {
			if r == '\n' || r == '\r' || r == 0 {
				return ' '
			}
			return r
		}, text)
	}
	return text
}

// AppendLine appends the canonical text of the node's own line, without its
// comment and indentation.
func AppendLine(out []byte, n *Node) []byte {
	if seen := n.Seen(); seen != nil {
		return append(out, seen.text...)
	}
	return appendLine(out, n)
}

// appendLine writes the line that a node stands for.
func appendLine(out []byte, n *Node) []byte {
	if n.Memory {
		out = append(out, "memory "...)
	}
	if n.ByNet {
		out = append(out, Task.String()...)
	} else {
		out = append(out, n.Kind.String()...)
	}
	if n.Kind.Class() == Leaf {
		out = append(out, ':')
		if n.Word != "" {
			out = append(out, ' ')
			out = append(out, n.Word...)
		}
		if n.Kind == Set {
			out = append(out, " ="...)
		}
	}
	for i := range n.Args {
		a := &n.Args[i]
		out = append(out, ' ')
		switch {
		case a.Name == "":
		case n.Kind == Utility:
			out = append(append(out, a.Name...), ' ')
		default:
			out = append(append(out, a.Name...), '=')
		}
		bare := n.Kind == Condition || n.Kind == Set || n.Kind == Score
		if a.Kind == ExpressionArg && !bare {
			out = append(out, '(')
			out = append(out, oneLine(a.Text)...)
			out = append(out, ')')
		} else {
			out = appendValue(out, a)
		}
	}
	if n.ByNet {
		out = append(out, " by net"...)
	}
	if n.Kind.Class() != Leaf {
		if n.Name != "" {
			out = append(out, ' ')
			out = append(out, n.Name...)
		}
		out = append(out, ':')
	}
	return out
}

func appendValue(out []byte, a *Arg) []byte {
	if a.Kind == AmountArg {
		out = strconv.AppendFloat(out, a.Amount.Value, 'f', -1, 64)
		return append(out, a.Amount.Unit.String()...)
	}
	return append(out, oneLine(a.Text)...)
}

func appendKey(out []byte, k *Key) []byte {
	out = append(out, "key "...)
	out = append(append(append(out, k.Name...), ": "...), k.Type...)
	if len(k.Values) > 0 {
		out = append(out, '(')
		out = append(out, strings.Join(k.Values, ", ")...)
		out = append(out, ')')
	}
	if k.HasDefault {
		out = appendValue(append(out, " = "...), &k.Default)
	}
	if k.Scope != AgentScope {
		out = append(append(out, " in "...), k.Scope.String()...)
	}
	return out
}

func appendHeader(out []byte, t *Tree) []byte {
	out = append(append(out, "tree "...), t.Name...)
	for i := range t.Params {
		p := &t.Params[i]
		if i == 0 {
			out = append(out, '(')
		} else {
			out = append(out, ", "...)
		}
		out = append(append(append(out, p.Name...), ": "...), p.Type...)
		if p.HasDefault {
			out = appendValue(append(out, " = "...), &p.Default)
		}
	}
	if len(t.Params) > 0 {
		out = append(out, ')')
	}
	return append(out, ':')
}
