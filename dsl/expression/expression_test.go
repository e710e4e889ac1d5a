package expression_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"pgregory.net/rapid"

	"dryad/dsl/expression"
	_ "dryad/internal/fixedseed"
	"dryad/vocab"
)

var game = &vocab.Vocabulary{
	Game: "test", TicksPerSecond: 35,
	Features: []vocab.Feature{
		{Name: "health", Kind: vocab.Int, Min: 0, Max: 200, Description: "m"},
		{Name: "distance", Kind: vocab.Number, Description: "m"},
		{Name: "weapon", Kind: vocab.Enum, Values: []string{"fist", "shotgun"}, Description: "m"},
		{Name: "bearing", Kind: vocab.Angle, Min: -180, Max: 180, Description: "m"},
		{Name: "reload", Kind: vocab.Duration, Min: 0, Max: 350, Description: "m"},
		{Name: "crouched", Kind: vocab.Bool, Description: "m"},
	},
	Conditions: []vocab.Condition{{Name: "has_enemy", Description: "m"}},
}

func scope() expression.Scope {
	return expression.Scope{
		Vocabulary: game,
		Keys:       []expression.Variable{{Name: "count", Kind: vocab.Int}, {Name: "mood", Kind: vocab.Enum, Values: []string{"calm", "angry"}}},
		Params:     []expression.Variable{{Name: "range", Kind: vocab.Number}, {Name: "prey", Kind: vocab.Agent}},
	}
}

func TestValues(t *testing.T) {
	env := expression.Env{Readings: []float64{50, 12.5, 1, -30, 70, 1, 0}, Keys: []float64{3, 1}, Params: []float64{8, 0}}
	cases := []struct {
		source string
		want   vocab.Kind
		value  float64
	}{
		{"health < 30", vocab.Bool, 0},
		{"health >= 50 and not has_enemy", vocab.Bool, 1},
		{"crouched", vocab.Bool, 1},
		{"weapon == shotgun", vocab.Bool, 1},
		{"shotgun != weapon", vocab.Bool, 0},
		{`weapon == "fist"`, vocab.Bool, 0},
		{"mood == angry || false", vocab.Bool, 1},
		{"abs(bearing) < 45deg", vocab.Bool, 1},
		{"abs(bearing) < 45", vocab.Bool, 1},
		{"reload == 2s", vocab.Bool, 1},
		{"reload > 2001ms", vocab.Bool, 0},
		{"reload > 69 ticks", vocab.Bool, 1},
		{"1 < range < 9", vocab.Bool, 1},
		{"1 - health / 100", vocab.Number, 0.5},
		{"has_enemy ? 1 : 2", vocab.Number, 2},
		{"min(health, 4, count) + max(1, 2) * -floor(2.5)", vocab.Int, -1},
		{"ceil(distance / 5) + 0", vocab.Int, 3},
		{"health / 0.5 / count", vocab.Number, 100.0 / 3},
		{"health / (count - 3)", vocab.Number, 0},
		{"not (health < 30)", vocab.Bool, 1},
		{"5s", vocab.Duration, 175},
	}
	for _, c := range cases {
		node, faults := expression.Bind(c.source, scope(), c.want)
		if node == nil {
			t.Errorf("%q: %v", c.source, faults)
			continue
		}
		if got := expression.Evaluate(node, env); math.Abs(got-c.value) > 1e-12 {
			t.Errorf("%q = %g, want %g", c.source, got, c.value)
		}
	}
}

func TestFaults(t *testing.T) {
	cases := []struct {
		source string
		want   vocab.Kind
		code   string // "start-end code"
	}{
		{"helth < 30", vocab.Bool, "0-5 unknown-name"},
		{"helth < 30 and distanc > 2", vocab.Bool, "0-5 unknown-name, 15-22 unknown-name"},
		{"health", vocab.Bool, "0-6 type"},
		{"health < has_enemy", vocab.Bool, "9-18 type"},
		{"not health < 30", vocab.Bool, "4-10 type, 0-10 type"},
		{"weapon == shotgum", vocab.Bool, "10-17 unknown-word"},
		{"weapon < 3", vocab.Bool, "0-6 type"},
		{"reload > 5", vocab.Bool, "9-10 unit"},
		{"reload > 5turns", vocab.Bool, "9-15 unit"},
		{"reload > health", vocab.Bool, "0-15 unit"},
		{"health = 3", vocab.Bool, "7-8 expression"},
		{"health < ", vocab.Bool, "8-9 expression"},
		{"now() > 3", vocab.Bool, "0-3 expression"},
		{"len(weapon) > 3", vocab.Bool, "0-3 expression"},
		{"any([1], # > 0)", vocab.Bool, "0-3 expression"},
		{"{a: 1}.a == 1", vocab.Bool, "7-8 expression"},
		{"health in [1, 2]", vocab.Bool, "7-9 expression"},
		{"health ** 2 > 3", vocab.Bool, "7-9 expression"},
		{"let x = 1; x > 0", vocab.Bool, "4-5 expression"},
		{"prey == 1", vocab.Bool, "0-4 type"},
		{"health / 0 > 1", vocab.Bool, "0-10 division-by-zero"},
		{"health < 500", vocab.Bool, "0-12 always-true"},
		{"health > 200 or crouched", vocab.Bool, "0-12 always-false"},
		{"health / 3", vocab.Int, "0-10 type"},
		{"3", vocab.Duration, "0-1 unit"},
		{"abs(1, 2) > 0", vocab.Bool, "0-3 expression"},
		{"h\u00e9 > 1", vocab.Bool, "1-2 expression"},
		{strings.Repeat("(", 100) + "1" + strings.Repeat(")", 100), vocab.Number, "64-65 expression-too-deep"},
		{strings.Repeat("1", 2000), vocab.Number, "0-2000 expression-too-long"},
	}
	for _, c := range cases {
		_, faults := expression.Bind(c.source, scope(), c.want)
		var got []string
		for _, f := range faults {
			got = append(got, fmt.Sprintf("%d-%d %s", f.Start, f.End, f.Code))
		}
		if strings.Join(got, ", ") != c.code {
			t.Errorf("%q: got %q, want %q (%v)", c.source, strings.Join(got, ", "), c.code, faults)
		}
	}
}

// TestAgreesWithExpr computes random expressions both ways.
func TestAgreesWithExpr(t *testing.T) {
	var truth func(depth int) *rapid.Generator[string]
	var numbers func(depth int) *rapid.Generator[string]
	numbers = func(depth int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			pick := rapid.IntRange(0, 8).Draw(t, "number")
			if depth == 0 {
				pick %= 3
			}
			sub := func() string { return numbers(depth-1).Draw(t, "sub") }
			switch pick {
			case 0:
				return fmt.Sprint(rapid.IntRange(0, 40).Draw(t, "int"))
			case 1:
				return "health"
			case 2:
				return "distance"
			case 3:
				return "(" + sub() + " + " + sub() + ")"
			case 4:
				return "(" + sub() + " - " + sub() + ")"
			case 5:
				return sub() + " * " + sub()
			case 6:
				return "min(" + sub() + ", " + sub() + ", " + sub() + ")"
			case 7:
				return "floor(abs(" + sub() + ") / 2.5)"
			}
			return "(" + truth(depth-1).Draw(t, "if") + " ? " + sub() + " : " + sub() + ")"
		})
	}
	truth = func(depth int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			pick := rapid.IntRange(0, 5).Draw(t, "truth")
			if depth <= 0 {
				pick %= 2
			}
			switch pick {
			case 0:
				return "has_enemy"
			case 1:
				return "crouched"
			case 2:
				return "(" + truth(depth-1).Draw(t, "a") + " and " + truth(depth-1).Draw(t, "b") + ")"
			case 3:
				return "(" + truth(depth-1).Draw(t, "a") + " or not " + truth(depth-1).Draw(t, "b") + ")"
			}
			op := rapid.SampledFrom([]string{"<", "<=", ">", ">=", "==", "!="}).Draw(t, "op")
			return "(" + numbers(depth-1).Draw(t, "x") + " " + op + " " + numbers(depth-1).Draw(t, "y") + ")"
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		source := truth(4).Draw(t, "source")
		if len(source) > 900 || strings.Count(source, "(") > 60 || strings.Count(source, "-") > 3 {
			return
		}
		health := float64(rapid.IntRange(0, 200).Draw(t, "health"))
		distance := float64(rapid.IntRange(0, 50).Draw(t, "distance")) / 2
		enemy, crouched := rapid.Bool().Draw(t, "enemy"), rapid.Bool().Draw(t, "crouched")
		node, faults := expression.Bind(source, scope(), vocab.Bool)
		if node == nil {
			t.Fatalf("%q: %v", source, faults)
		}
		env := expression.Env{Readings: []float64{health, distance, 0, 0, 0, 0, 0}}
		if crouched {
			env.Readings[5] = 1
		}
		if enemy {
			env.Readings[6] = 1
		}
		want, err := expr.Eval(source, map[string]any{"health": health, "distance": distance, "has_enemy": enemy, "crouched": crouched})
		if err != nil {
			t.Fatalf("%q: %v", source, err)
		}
		if got := expression.Evaluate(node, env) != 0; got != want.(bool) {
			t.Fatalf("%q = %v, expr says %v", source, got, want)
		}
		if value, decided := expression.Decided(node); decided && value != want.(bool) {
			t.Fatalf("%q is said to be always %v", source, value)
		}
	})
}

func FuzzBind(f *testing.F) {
	for _, s := range []string{"health < 30 and not has_enemy", "5s + 200 ms", "a ? b : c", "min(1,2,3)", "weapon == 'fist'", "((((", "not not not", "3 turns", "1 .. 2", "weapon==weapon"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		node, faults := expression.Bind(source, scope(), vocab.Bool)
		if node == nil && len(faults) == 0 {
			t.Fatal("neither a node nor a fault")
		}
		for _, fault := range faults {
			if fault.Start < 0 || fault.End < fault.Start || fault.End > max(len(source), 1) {
				t.Fatalf("%q: range %d-%d", source, fault.Start, fault.End)
			}
		}
		if node != nil {
			expression.Evaluate(node, expression.Env{Readings: make([]float64, 7), Keys: make([]float64, 2), Params: make([]float64, 2)})
		}
	})
}

func BenchmarkBindCached(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if node, _ := expression.Bind("health < 30 and not has_enemy", scope(), vocab.Bool); node == nil {
			b.Fatal("fault")
		}
	}
}
