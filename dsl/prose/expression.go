package prose

import "dryad/dsl/expression"

// comparisons are read as words between two values.
var comparisons = map[expression.Op]string{expression.Equal: " is ", expression.NotEqual: " is not ", expression.Less: " is below ",
	expression.LessEqual: " is at most ", expression.Greater: " is above ", expression.GreaterEqual: " is at least "}

// sentence reads an expression aloud; false for one that holds what has no
// words. Conditions of the game are read as they are described.
func (w *writer) sentence(source string, n *expression.Node) (string, bool) {
	if word, _, ok := n.Word(); ok {
		if w.game != nil {
			if i, ok := w.game.Condition(word); ok {
				return w.game.Conditions[i].Description, true
			}
		}
		return words(word), true
	}
	if n.Op == expression.Constant {
		if n.Start < 0 || n.End > len(source) || n.Start >= n.End {
			return "", false
		}
		return source[n.Start:n.End], true
	}
	var parts []string
	for _, a := range n.Args {
		part, ok := w.sentence(source, a)
		if !ok {
			return "", false
		}
		if n.Op == expression.And && a.Op == expression.Or {
			part = "(" + part + ")"
		}
		parts = append(parts, part)
	}
	switch n.Op {
	case expression.Not:
		return "it is not so that " + parts[0], true
	case expression.And:
		return parts[0] + " and " + parts[1], true
	case expression.Or:
		return parts[0] + " or " + parts[1], true
	}
	if between, ok := comparisons[n.Op]; ok {
		return parts[0] + between + parts[1], true
	}
	return "", false
}
