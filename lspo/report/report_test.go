package report_test

import (
	"fmt"
	"log"
	"strings"
	"testing"

	"dryad/lspo/report"
)

// TestPage: what it is given is on the page, escaped, and nothing is loaded from
// elsewhere.
func TestPage(t *testing.T) {
	agreement := 0.25
	page, err := report.Write(report.Page{
		Title: "A run", Command: "dryad lspo run werewolf", Facts: []report.Fact{{"seed", "7"}},
		Curves: []report.Curve{
			{Caption: "win rate", Lines: []report.Line{{Name: "as <wolves>", Points: []report.Point{{0.4, 0.3, 0.5}, {0.6, 0.6, 0.6}}}}},
			{Caption: "nothing yet"},
			{Caption: "close", Lines: []report.Line{{Name: "near", Points: []report.Point{{0.62, 0.62, 0.62}, {0.64, 0.64, 0.64}}}}},
			{Caption: "level", Lines: []report.Line{{Name: "flat", Points: []report.Point{{1, 1, 1}}}}},
		},
		Tables: []report.Table{{Caption: "cells", Head: []string{"agent"}, Rows: [][]string{{"<heuristic>"}}}},
		Iterations: []report.Iteration{{Number: 2, Roles: []report.Role{{
			Name: "seer", Utterances: 30, Distinct: 20, Silhouette: 0.5, Rand: &agreement,
			Clusters: []report.Cluster{{Number: 1, Name: "shares", Size: 12, Central: []string{"<script>I looked"}, BehaviourFrequency: 0.4, SolutionFrequency: -1}},
		}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	html := string(page)
	for _, want := range []string{
		"dryad lspo run werewolf", "as &lt;wolves&gt;, iteration 2: 0.600", "&lt;heuristic&gt;", "silhouette 0.50", "the texts 0.25",
		"<strong>shares</strong>", "&lt;script&gt;I looked", "40 %", "Iteration 2", ">0.580<", ">0.680<",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, banned := range []string{"<script", "http://", "https://", "@import", "NaN", "Inf"} {
		if strings.Contains(html, banned) {
			t.Errorf("the page holds %q", banned)
		}
	}
}

func ExampleWrite() {
	page, err := report.Write(report.Page{Title: "A run of lspo"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Contains(string(page), "<h1>A run of lspo</h1>"))
	// Output: true
}
