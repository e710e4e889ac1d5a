package scenario

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"dryad/dsl"
	"dryad/vocab"
)

// alteration is another text for a piece of an expression.
type alteration struct{ what, text string }

// otherOperators says what takes an operator's place: the same comparison with
// the edge on the other side, and its opposite.
var otherOperators = map[string][]string{
	"<": {"<=", ">="}, "<=": {"<", ">"}, ">": {">=", "<="}, ">=": {">", "<"},
	"==": {"!="}, "!=": {"=="},
	"and": {"or"}, "or": {"and"}, "&&": {"||"}, "||": {"&&"},
	"+": {"-"}, "-": {"+"}, "*": {"/"}, "/": {"*"},
}

// alterations returns the expression changed in one operator or number each,
// in the order of its text.
func alterations(text string) []alteration {
	var out []alteration
	for _, p := range pieces(text) {
		piece := text[p.start:p.end]
		for _, other := range slices.Concat(otherOperators[piece], numbersBeside(piece)) {
			out = append(out, alteration{fmt.Sprintf("%s for %s", other, piece), text[:p.start] + other + text[p.end:]})
		}
	}
	return out
}

// numbersBeside returns numbers a little above and below a number, whose unit
// they keep: one more and one less, or of a fraction a tenth.
func numbersBeside(text string) []string {
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.') {
		end++
	}
	value, err := strconv.ParseFloat(text[:end], 64)
	if err != nil {
		return nil
	}
	step := 1.0
	if value != math.Trunc(value) {
		step = 0.1
	}
	var out []string
	for _, v := range []float64{value + step, value - step} {
		if v >= 0 {
			out = append(out, strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)+text[end:])
		}
	}
	return out
}

// piece is where an operator, a number or a word stands.
type piece struct{ start, end int }

// pieces cuts an expression; what is quoted stays whole, and a minus that
// belongs to a number is no operator.
func pieces(text string) []piece {
	var out []piece
	operand := false // whether what stands before could be a minus's left side
	for i := 0; i < len(text); {
		start := i
		switch c := text[i]; {
		case c == ' ' || c == '\t':
			i++
			continue
		case c == '"' || c == '\'':
			i++
			for i < len(text) && text[i] != c {
				i++
			}
			i = min(i+1, len(text))
			operand = true
		case c >= '0' && c <= '9' || letter(c):
			for i < len(text) && (letter(text[i]) || text[i] >= '0' && text[i] <= '9' || text[i] == '.') {
				i++
			}
			word := text[start:i]
			operand = word != "and" && word != "or" && word != "not"
			out = append(out, piece{start, i})
		default:
			i++
			if i < len(text) && (text[i] == '=' || c == text[i] && (c == '&' || c == '|')) {
				i++
			}
			if c != '-' && c != '+' || operand {
				out = append(out, piece{start, i})
			}
			operand = c == ')'
		}
	}
	return out
}

func letter(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// amountsBeside returns other values for the number of a node: a time doubled
// and halved, a count with one more and one less. Weights and margins are left
// alone, for a scenario does not fix what is drawn.
func amountsBeside(n *dsl.Node) []dsl.Amount {
	if len(n.Args) == 0 || n.Args[0].Kind != dsl.AmountArg {
		return nil
	}
	a := n.Args[0].Amount
	with := func(v float64) dsl.Amount { b := a; b.Value = v; return b }
	switch n.Kind {
	case dsl.Wait, dsl.Timeout, dsl.Cooldown:
		out := []dsl.Amount{with(a.Value * 2)}
		if half := a.Value / 2; half >= 1 {
			out = append(out, with(math.Ceil(half)))
		}
		return out
	case dsl.Retry, dsl.Repeat:
		out := []dsl.Amount{with(a.Value + 1)}
		if a.Value > 1 {
			out = append(out, with(a.Value-1))
		}
		return out
	}
	return nil
}

// otherChooser returns the chooser of the same kind that the game declares
// after the named one; false when the word is no chooser or the only one.
func otherChooser(word string, game *vocab.Vocabulary) (string, bool) {
	at, ok := game.Chooser(word)
	if !ok {
		return "", false
	}
	for i := 1; i < len(game.Choosers); i++ {
		other := &game.Choosers[(at+i)%len(game.Choosers)]
		if other.Kind == game.Choosers[at].Kind {
			return other.Name, true
		}
	}
	return "", false
}
