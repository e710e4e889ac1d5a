package classic_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
)

// writeEFG writes a game as Gambit does.
func writeEFG(t *testing.T, game cfr.Game) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "EFG 2 R %q { \"A\" \"B\" } \"\"\n", game.Name())
	sets := make(map[string]int)
	outcome, chances := 0, 0
	var write func(cfr.State)
	write = func(s cfr.State) {
		actions := s.Actions
		switch s.Player() {
		case cfr.Terminal:
			outcome++
			returns := make([]float64, 2)
			s.Returns(returns)
			fmt.Fprintf(&b, "t \"\" %d \"\" { %v, %v }\n", outcome, returns[0], returns[1])
			return
		case cfr.Chance:
			chances++
			fmt.Fprintf(&b, "c \"\" %d \"\" {", chances)
			for i, a := range actions() {
				fmt.Fprintf(&b, " \"%d\" %v", a, s.Probabilities()[i])
			}
			b.WriteString(" } 0\n")
		default:
			key := fmt.Sprint(s.Player(), " ", string(s.AppendKey(nil)))
			if sets[key] == 0 {
				sets[key] = len(sets) + 1
			}
			fmt.Fprintf(&b, "p \"\" %d %d %q {", s.Player()+1, sets[key], string(s.AppendKey(nil)))
			for _, a := range actions() {
				fmt.Fprintf(&b, " \"%d\"", a)
			}
			b.WriteString(" } 0\n")
		}
		for i := range actions() {
			write(s.Child(i))
		}
	}
	write(game.Root())
	return b.String()
}

// A game that is written as a file and read again is the same game.
func TestEFGRoundTrip(t *testing.T) {
	game, err := classic.Kuhn(2)
	if err != nil {
		t.Fatal(err)
	}
	back, err := classic.ReadEFG(strings.NewReader(writeEFG(t, game)))
	tree := must(t, back, err)
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "pcfr+"})
	if err != nil {
		t.Fatal(err)
	}
	solver.Run(500)
	s := cfr.NewStrategy(tree)
	solver.Average(s)
	if v := cfr.NewEvaluator(tree).Values(s)[0]; tree.Histories() != 58 || math.Abs(v+1.0/18) > 1e-4 {
		t.Errorf("%d histories, value %v", tree.Histories(), v)
	}
	if _, ok := tree.Lookup(0, "Kpb"); !ok {
		t.Error("the information sets have lost their names")
	}
}

const innerPayoffs = `EFG 2 R "inner" { "A" "B" }
"payoffs at inner nodes add up; a set is referred to by its number"
c "" 1 "" { "heads" 1/2 "tails" .5 } 1 "fee" { -1, 1 }
p "" 1 1 "blind" { "l" "r" } 0
t "" 2 "win" { 3 -3 }
t "" 0
p "" 1 1 0
t "" 0
t "" 2
`

func TestEFGInnerPayoffs(t *testing.T) {
	game, err := classic.ReadEFG(strings.NewReader(innerPayoffs))
	tree := must(t, game, err)
	if tree.Infosets(0) != 1 || tree.Infosets(1) != 0 || tree.Histories() != 7 {
		t.Fatalf("%d+%d information sets, %d histories", tree.Infosets(0), tree.Infosets(1), tree.Histories())
	}
	if values := cfr.NewEvaluator(tree).Values(cfr.NewStrategy(tree)); values[0] != 0.5 || values[1] != -0.5 {
		t.Errorf("values %v", values)
	}
}

func TestNFG(t *testing.T) {
	for _, text := range []string{
		"NFG 1 R \"pennies\" { \"A\" \"B\" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1\n",
		"NFG 1 R \"pennies\" { \"A\" \"B\" }\n{ { \"h\" \"t\" } { \"h\" \"t\" } }\n\"\"\n{\n{ \"\" 1, -1 }\n{ \"\" -1, 1 }\n}\n1 2 2 1\n",
	} {
		game, err := classic.ReadNFG(strings.NewReader(text))
		tree := must(t, game, err)
		solver, err := cfr.New(tree, cfr.Params{Algorithm: "lp"})
		if err != nil {
			t.Fatal(err)
		}
		s := cfr.NewStrategy(tree)
		solver.Average(s)
		if gap, err := tree.Exploitability(s); err != nil || gap > 1e-9 || math.Abs(s.At(0)[0]-0.5) > 1e-9 {
			t.Errorf("exploitability %v, %v, strategy %v", gap, err, s.At(0))
		}
	}
}

func TestFormatErrors(t *testing.T) {
	for _, test := range []struct {
		text, problem string
		line          int
	}{
		{"NFG 1 R", `"EFG" expected`, 1},
		{"EFG 2 R \"x\" { \"A\" }\nq \"\" 1", "begins with c, p or t", 2},
		{"EFG 2 R \"x\" { \"A\" }\np \"\" 2 1 \"\" { \"a\" } 0", "player 2 of 1", 2},
		{"EFG 2 R \"x\" { \"A\" }\np \"\" 1 1 0", "information set 1 has no actions", 2},
		{"EFG 2 R \"x\" { \"A\" }\nt \"\" 7", "outcome 7 has no payoffs", 2},
		{"EFG 2 R \"x\" { \"A\" }\nt \"\" 1 \"\" { 1 2 }", "2 payoffs for 1 players", 2},
		{"EFG 2 R \"x\" { \"A\" }\nt \"\" 0\nt \"\" 0", "after the end", 3},
		{"EFG 2 R \"x", "a text has no end", 1},
		{"EFG 2 R \"x\" { \"A\" }\nc \"\" 1 \"\" { \"a\" 1/0 } 0", "is no number", 2},
		{"EFG 2 R \"x\" { \"A\" }\np \"\" 1 1 \"\" { \"a\" \"b\" } 0\nt \"\" 0\n", "a node", 4},
	} {
		_, err := classic.ReadEFG(strings.NewReader(test.text))
		var fault *classic.FormatError
		if !errors.As(err, &fault) || !strings.Contains(fault.Problem, test.problem) || fault.Line != test.line {
			t.Errorf("%q: %v", test.text, err)
		}
	}
}

func check(t *testing.T, game cfr.Game, err error) {
	if err != nil {
		return
	}
	tree, err := cfr.Compile(game, cfr.Limits{Histories: 10_000, Depth: 1000})
	if err != nil {
		return
	}
	values := cfr.NewEvaluator(tree).Values(cfr.NewStrategy(tree))
	for _, v := range values {
		if math.IsNaN(v) {
			t.Errorf("values %v", values)
		}
	}
}

func FuzzReadEFG(f *testing.F) {
	f.Add(innerPayoffs)
	f.Add("EFG 2 R \"x\" { \"A\" \"B\" }\np \"\" 1 1 \"s\" { \"a\" \"b\" } 0\np \"\" 2 1 { \"c\" } 0\nt \"\" 1 \"\" { 1 -1 }\nt \"\" 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		game, err := classic.ReadEFG(strings.NewReader(text))
		check(t, game, err)
	})
}

func FuzzReadNFG(f *testing.F) {
	f.Add("NFG 1 R \"pennies\" { \"A\" \"B\" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1\n")
	f.Add("NFG 1 D \"\" { \"A\" }\n{ { \"h\" \"t\" } }\n\"\"\n{\n{ \"\" 1 }\n}\n1 0\n")
	f.Fuzz(func(t *testing.T, text string) {
		game, err := classic.ReadNFG(strings.NewReader(text))
		check(t, game, err)
	})
}
