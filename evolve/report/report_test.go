package report_test

import (
	"strings"
	"testing"

	"dryad/evolve"
	"dryad/evolve/report"
	"dryad/job"
	"dryad/rating"
)

// TestPage: what the run holds is on the page, escaped, and nothing is loaded
// from elsewhere.
func TestPage(t *testing.T) {
	start := &evolve.Entry{Source: "tree main:\n  task: hold\n", Fate: evolve.Accepted, Nodes: 1, Hash: "aa"}
	champion := &evolve.Entry{
		Generation: 2, Slot: 3, Source: "condition: health < 30 # <script>", Fate: evolve.Accepted, Nodes: 9, Hash: "bb",
		How: []string{"add a guarded branch"}, Screen: rating.Pentanomial{0, 1, 2, 3, 4},
		Test: &evolve.TestRecord{Verdict: "accepted", Pairs: rating.Pentanomial{0, 0, 2, 3, 9}, LLR: 3.1},
	}
	page, err := report.Write(report.Page{
		Command: "dryad evolve arena --seed 1",
		Result: &evolve.Result{
			Champion: champion, Start: start, Entries: []*evolve.Entry{start, champion}, Generations: 2, Stopped: job.MaxMatches, Matches: 412,
			HeldOut: []evolve.HeldOut{{Opponent: "start", Mode: "all", Matches: 80, Wins: 70, Draws: 2, Losses: 8, WinRate: 0.8875, CILow: 0.8, CIHigh: 0.95}},
		},
		Tree:     `<svg xmlns="http://www.w3.org/2000/svg"></svg>`,
		Words:    []string{"Results, 2 matches: 1 won.", "- against start: 1 won", "", "Mean figures of one agent:", "- tags: 0"},
		Replays:  []report.Fact{{Name: "replays/champion-start.replay", Value: "champion against start"}},
		Pictures: []report.Picture{{Caption: "from above", PNG: []byte("\x89PNG")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	html := string(page)
	for _, want := range []string{
		"dryad evolve arena --seed 1", "88.8 %", "80.0 % to 95.0 %", "health &lt; 30 # &lt;script&gt;", "&#43;3.10",
		"add a guarded branch", "data:image/svg&#43;xml;base64,", "data:image/png;base64,iVBORw==", "budget of matches", "2.3: 0.75",
		"after 2 generations and 412 matches", "<p>Results, 2 matches: 1 won.</p><ul><li>against start: 1 won</li></ul>",
		"<p>Mean figures of one agent:</p><ul><li>tags: 0</li></ul>", `<a href="replays/champion-start.replay">`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, banned := range []string{"<script", "http://", "https://", "@import", "<li></li>", "<li>- ", "<p></p>"} {
		if strings.Contains(html, banned) {
			t.Errorf("the page holds %q", banned)
		}
	}
}

// TestArchive: a running local search shows its payoff matrix and its
// behaviours, and the page refreshes itself.
func TestArchive(t *testing.T) {
	start := &evolve.Entry{Source: "tree main:\n  task: hold\n", Fate: evolve.Accepted, Nodes: 1, Hash: "aa"}
	champion := &evolve.Entry{Generation: 4, Slot: 7, Source: "tree main:\n  task: <b>\n", Fate: evolve.Accepted, Nodes: 1, Hash: "bb", Screen: rating.Pentanomial{0, 0, 1, 0, 1}}
	cells := &evolve.Cells{Names: []string{"shots", "distance"}, Best: make([]*evolve.Entry, 36)}
	cells.Best[3] = champion
	result := &evolve.Result{
		Champion: champion, Start: start, Entries: []*evolve.Entry{start, champion}, Stopped: job.GoOn,
		Archive: &evolve.Archive{Members: []*evolve.Entry{start, champion}, Guests: 1, Payoff: [][]evolve.Tally{{{}, {Points: 1.5, Games: 6}}, {{Points: 4.5, Games: 6}, {}}}},
		Cells:   cells,
	}
	champion.Games = map[string]evolve.Tally{"hard on a": {Points: 1, Games: 8}, "easy on b": {Points: 7, Games: 8}}
	result.Curriculum = []evolve.Arm{{Name: "deathmatch", Share: 0.75, Pairs: 321}}
	clip := report.Clip{GIF: []byte("GIF89a"), About: "4.7 against start", Replay: "replays/cell-4-1.replay"}
	page, err := report.Write(report.Page{Result: result, Newest: &clip, Clips: map[int]report.Clip{3: clip}})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(page), "data:image/gif;base64,R0lGODlh"); n != 2 {
		t.Errorf("%d clips of 2", n)
	}
	if worst, best := strings.Index(string(page), "hard on a"), strings.Index(string(page), "easy on b"); worst < 0 || best < worst {
		t.Error("the games are not listed from the worst on")
	}
	for _, want := range []string{`http-equiv="refresh"`, "4.7 against start: 4.5 of 6", "0.75", "shots grows to the right, distance upwards", "4.7 0.75", `<a href="replays/cell-4-1.replay">`, "75.0 %", "321", "task: &lt;b&gt;", "the search is running"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	result.Stopped = job.MaxMatches
	if page, err = report.Write(report.Page{Result: result}); err != nil || strings.Contains(string(page), "refresh") {
		t.Errorf("the page of a run that has ended refreshes itself, %v", err)
	}
}
