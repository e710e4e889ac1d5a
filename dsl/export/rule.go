package export

// expr is a right-hand side of a rule.
type expr interface{ isExpr() }

type (
	literal string   // the text itself
	class   string   // one of these characters: "a-z0-9_"
	ref     string   // another rule
	seq     []expr   // one after the other
	alt     []expr   // one of them
	rep     struct { // between low and high times
		of        expr
		low, high int
	}
)

func (literal) isExpr() {}
func (class) isExpr()   {}
func (ref) isExpr()     {}
func (seq) isExpr()     {}
func (alt) isExpr()     {}
func (rep) isExpr()     {}

func optional(e expr) expr { return rep{e, 0, 1} }

// words is a choice between literals.
func words(texts []string) expr {
	out := make(alt, len(texts))
	for i, t := range texts {
		out[i] = literal(t)
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// rule is a named expression.
type rule struct {
	name string
	body expr
}
