package btcpp

import (
	"regexp"
	"strings"

	"dryad/dsl"
)

// keyComment is the comment that keeps the type of a key.
var keyComment = regexp.MustCompile(`^key ([A-Za-z_][A-Za-z0-9_]*): (bool|int|number|duration|angle|enum)(?:\(([A-Za-z0-9_, ]*)\))?$`)

// withKeys reads what [Export] puts before the main tree to give the keys their
// first values: it declares the keys and returns the tree. It is nil for
// anything else.
func (r *reader) withKeys(e *source, s skip) *dsl.Node {
	if e.get("name") != withKeys || r.in.caller != nil || len(e.children) != 2 || e.children[0].name != "RunOnce" || len(e.children[0].children) != 1 {
		return nil
	}
	first := e.children[0].children[0]
	if first.name != "Script" || r.trees[r.in.id] == nil || r.trees[r.in.id].children[0] != e {
		return nil
	}
	statements, err := readScript(first.get("code"))
	if err != nil {
		return nil
	}
	for _, st := range statements {
		if st.operator != ":=" || st.value.op != "number" && st.value.op != "bool" && st.value.op != "text" || !dsl.Identifier(identifier(st.name)) {
			return nil
		}
	}
	for _, st := range statements {
		b := r.resolve(st.name)
		v := r.variable(b.key)
		v.assigned, v.initial = true, st.value
		v.kind = v.kind.with(r.typeOf(st.value))
		r.gather(v, st.value)
	}
	for _, c := range first.comments {
		m := keyComment.FindStringSubmatch(strings.TrimPrefix(c, "# "))
		if m == nil {
			continue
		}
		v := r.variables[identifier(m[1])]
		if v == nil || !v.assigned {
			continue
		}
		v.declared = m[2]
		if m[2] == "enum" {
			v.words = nil
			for word := range strings.SplitSeq(m[3], ",") {
				if word = strings.TrimSpace(word); word != "" {
					v.word(word)
				}
			}
		}
	}
	return r.node(e.children[1], s)
}
