package tournament_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/replay"
	"dryad/tournament"
)

// The report draws ratings over time and links cells to the matches, to their pages
// where there are some.
func TestReportLinksMatches(t *testing.T) {
	p := params(t)
	p.Keep = func(f tournament.Fixture, _ *replay.Replay) (string, error) {
		return fmt.Sprintf("replays/%s.replay", f.Key()), nil
	}
	r := run(t, t.Context(), p)
	page, err := tournament.Report(t.Context(), p, r, tournament.ReportParams{Page: func(replay string) string {
		if replay == "replays/00000000.replay" {
			return "replays/00000000.html"
		}
		return ""
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Ratings over time", "<polyline", `<a href="#cell-0-1">`, `<details id="cell-0-1">`, `href="replays/00000000.html"`, `href="replays/00000001.replay"`} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the report has no %q", want)
		}
	}
	if bytes.Contains(page, []byte("<h2>Cycles</h2>")) {
		t.Error("runners of different skill are said to be in a cycle")
	}
}

func TestCycles(t *testing.T) {
	r := &tournament.Result{Table: []tournament.Row{{Policy: "best"}, {Policy: "rock"}, {Policy: "paper"}, {Policy: "scissors"}}}
	beats := func(a, b string, sure bool) {
		p := tournament.Pairing{Policy: a, Opponent: b, Matches: 10, WinRate: 0.7, CILow: 0.4, CIHigh: 0.9}
		if sure {
			p.CILow = 0.55
		}
		r.Pairs = append(r.Pairs, p)
	}
	beats("best", "rock", true)
	beats("best", "paper", true)
	beats("best", "scissors", false)
	beats("rock", "scissors", true)
	beats("paper", "rock", true)
	if got := tournament.Cycles(r); len(got) != 0 {
		t.Errorf("without the last result: %v", got)
	}
	r.Pairs = append(r.Pairs, tournament.Pairing{Policy: "paper", Opponent: "scissors", Matches: 10, WinRate: 0.3, CILow: 0.1, CIHigh: 0.45})
	if diff := cmp.Diff([][]string{{"rock", "paper", "scissors"}}, tournament.Cycles(r)); diff != "" {
		t.Error(diff)
	}
}
