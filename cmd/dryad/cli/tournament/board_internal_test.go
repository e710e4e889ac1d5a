package tournament

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/mattn/go-runewidth"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/rating"
	"dryad/tournament"
)

// sheetOf is a table of some policies.
func sheetOf(width, height int, names ...string) sheet {
	s := sheet{width: width, height: height, progress: "round-robin: 40/200 matches (20%), about 3s left", result: &tournament.Result{Matches: 40}}
	for i, name := range names {
		s.result.Table = append(s.result.Table, tournament.Row{Policy: name, Rating: float64(100 - 50*i), CILow: float64(-20 - 50*i), CIHigh: float64(220 - 50*i),
			Record: rating.Record{Wins: 12 - i, Draws: 2, Losses: 6 + i}, WinRate: 0.65 - float64(i)/20})
	}
	return s
}

// TestSheet: figures are left out where the terminal is narrow, the least important
// first, and rows where it is low.
func TestSheet(t *testing.T) {
	for _, c := range []struct {
		width, height int
		want          string
	}{
		{100, 24, `
round-robin: 40/200 matches (20%), about 3s left
   policy                     rating  interval      matches  win rate  wins  draws  losses
1  expert                     +100    -20 to +220   20       0.650     12    2      6
2  a_policy_with_a_long_name  +50     -70 to +170   20       0.600     11    2      7
3  rookie                     +0      -120 to +120  20       0.550     10    2      8`},
		{60, 24, `
round-robin: 40/200 matches (20%), about 3s left
   policy            rating  interval      matches  win rate
1  expert            +100    -20 to +220   20       0.650
2  a_policy_with_a_  +50     -70 to +170   20       0.600
3  rookie            +0      -120 to +120  20       0.550`},
		{30, 7, `
round-robin: 40/200 matches (2
   policy     rating  win rate
1  expert     +100    0.650
2  a_policy_  +50     0.600
3  rookie     +0      0.550`},
		{24, 6, `
round-robin: 40/200 matc
   policy  rating
1  expert  +100
and 2 more`},
		{5, 24, `
round
polic
exper
a_pol
rooki`},
		{80, 4, `
round-robin: 40/200 matches (20%), about 3s left`},
	} {
		lines := sheetOf(c.width, c.height, "expert", "a_policy_with_a_long_name", "rookie").lines()
		if got := "\n" + strings.Join(lines, "\n"); got != c.want {
			t.Errorf("%d x %d:%s\nwant%s", c.width, c.height, got, c.want)
		}
	}
}

// TestSheetOfATest: the state of a sequential test stands above the table.
func TestSheetOfATest(t *testing.T) {
	s := sheetOf(60, 24, "a", "b")
	s.result.Test = &tournament.TestResult{LLR: 1.5, LLRLow: -2.944, LLRHigh: 2.944, Pairs: rating.Pentanomial{0, 1, 2, 3, 14}}
	want := `
round-robin: 40/200 matches (20%), about 3s left
llr +1.50, rejects at -2.94, accepts at +2.94; pairs 0-1-2-3
   policy  rating  interval     matches  win rate  wins`
	if got := "\n" + strings.Join(s.lines()[:3], "\n"); got != want {
		t.Errorf("%s\nwant%s", got, want)
	}
}

// TestSheetFits: whatever the names and the size, no line is wider than the terminal
// and the sheet is not higher.
func TestSheetFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(1, 120).Draw(t, "width"), rapid.IntRange(1, 30).Draw(t, "height")
		names := rapid.SliceOfN(rapid.String(), 0, 40).Draw(t, "names")
		lines := sheetOf(width, height, names...).lines()
		if len(lines) > max(1, height) {
			t.Fatalf("%d lines in %d", len(lines), height)
		}
		for _, line := range lines {
			if w := runewidth.StringWidth(line); w > width || strings.ContainsAny(line, "\n\x1b") {
				t.Fatalf("%q has %d columns of %d", line, w, width)
			}
		}
	})
}

// TestBoard: lines stay in their order above the table, and nothing of the table is
// left when it is closed; nothing goes on afterwards.
func TestBoard(t *testing.T) {
	defer goleak.VerifyNone(t)
	var screen bytes.Buffer
	b := newBoard(&screen, &tournament.Interim{}, tea.WithWindowSize(40, 10))
	fmt.Fprintln(b, "before")
	b.open()
	b.progress("round-robin: 1/2 matches")
	for i := range 3 {
		fmt.Fprintf(b, "a line %d", i)
		fmt.Fprintln(b, " is told")
	}
	b.stand()
	fmt.Fprint(b, "the last one")
	b.close()
	b.close()
	fmt.Fprintln(b, " stays")
	text := screen.String()
	at := 0
	for _, want := range []string{"before\n", "a line 0 is told", "a line 1 is told", "a line 2 is told", "the last one stays\n"} {
		next := strings.Index(text[at:], want)
		if next < 0 {
			t.Fatalf("%q lacks %q", text, want)
		}
		at += next
	}
	if hidden, shown := strings.LastIndex(text, "\x1b[?25l"), strings.LastIndex(text, "\x1b[?25h"); hidden > shown {
		t.Errorf("%q leaves no cursor", text)
	}
	var none *board
	none.open()
	none.close()
}
