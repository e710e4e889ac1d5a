package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"pgregory.net/rapid"

	"dryad/bt"
	_ "dryad/internal/fixedseed"
	"dryad/policy"
)

// number and truth draw the text of expressions. Divisors are not 0, where the
// language differs from expr.
func number(t *rapid.T, depth int) string {
	choice := rapid.IntRange(0, 9).Draw(t, "number")
	if depth <= 0 {
		choice %= 3
	}
	a := func() string { return number(t, depth-1) }
	switch choice {
	case 0:
		return fmt.Sprint(rapid.IntRange(0, 9).Draw(t, "literal"))
	case 1, 2:
		return rapid.SampledFrom([]string{"f1", "f2", "0.5"}).Draw(t, "feature")
	case 3:
		return "(" + a() + " + " + a() + ")"
	case 4:
		return "(" + a() + " - " + a() + ")"
	case 5:
		return "(" + a() + " * " + a() + ")"
	case 6:
		return "(" + a() + " / " + fmt.Sprint(rapid.IntRange(1, 5).Draw(t, "divisor")) + ")"
	case 7:
		return rapid.SampledFrom([]string{"min", "max"}).Draw(t, "function") + "(" + a() + ", " + a() + ")"
	case 8:
		return rapid.SampledFrom([]string{"abs", "floor", "ceil", "-"}).Draw(t, "function") + "(" + a() + ")"
	default:
		return "(" + truth(t, depth-1) + " ? " + a() + " : " + a() + ")"
	}
}

func truth(t *rapid.T, depth int) string {
	choice := rapid.IntRange(0, 7).Draw(t, "truth")
	if depth <= 0 {
		return rapid.SampledFrom([]string{"g1", "g2", "f4", "true"}).Draw(t, "condition")
	}
	switch choice {
	case 0:
		return "(" + truth(t, depth-1) + " and " + truth(t, depth-1) + ")"
	case 1:
		return "(" + truth(t, depth-1) + " or " + truth(t, depth-1) + ")"
	case 2:
		return "not " + truth(t, depth-1)
	case 3:
		return truth(t, 0)
	default:
		return "(" + number(t, depth-1) + rapid.SampledFrom([]string{" < ", " <= ", " > ", " >= ", " == ", " != "}).Draw(t, "comparison") +
			number(t, depth-1) + ")"
	}
}

// TestExpressionsAgainstExpr: the compiled program computes what expr's own
// machine computes.
func TestExpressionsAgainstExpr(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := truth(t, 4)
		s := newStage()
		p, faults := policy.Parse("test", []byte("tree main:\n  condition: "+text+"\n"), s, policy.Params{})
		if p == nil {
			if strings.Contains(fmt.Sprint(faults), "too long") {
				return
			}
			t.Fatalf("%s: %v", text, faults.Err())
		}
		oracle, err := expr.Compile(text, expr.AsBool())
		if err != nil {
			t.Fatal(err)
		}
		a, batch := p.NewAgent(1, 0), policy.NewBatch()
		for now := range 4 {
			s.numbers[0] = float64(rapid.IntRange(-5, 5).Draw(t, "f1"))
			s.numbers[1] = rapid.Float64Range(-3, 3).Draw(t, "f2")
			s.numbers[3] = float64(rapid.IntRange(0, 1).Draw(t, "f4"))
			s.answers[0] = bt.Status(rapid.IntRange(2, 3).Draw(t, "g1"))
			s.answers[1] = bt.Status(rapid.IntRange(2, 3).Draw(t, "g2"))
			want, err := expr.Run(oracle, map[string]any{
				"f1": s.numbers[0], "f2": s.numbers[1], "f4": s.numbers[3] != 0,
				"g1": s.answers[0] == bt.Success, "g2": s.answers[1] == bt.Success,
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Tick(s, now, batch) == bt.Success; got != want {
				t.Fatalf("%s is %t, expr says %v, with %v", text, got, want, s.numbers)
			}
		}
	})
}
