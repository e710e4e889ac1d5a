package report_test

import (
	"strings"
	"testing"

	"dryad/train"
	"dryad/train/report"
)

// TestPage: the curve and the measures are on the page, escaped, and nothing is
// loaded from elsewhere.
func TestPage(t *testing.T) {
	page, err := report.Write(report.Page{
		Title: "aim <b>", Running: true, Command: "dryad train aim --seed 1",
		Curve: []train.Point{
			{Round: 1, Loss: 0.5, Entropy: 1, Explored: 2, Validation: &train.Measure{Reward: 1.25}},
			{Round: 2, Loss: 0.25, Entropy: 1, Explored: 3, Validation: &train.Measure{Reward: 2.5}},
		},
		HeldOut: []report.Row{{Who: "network", Measure: train.Measure{Matches: 16, Ticks: 900, Reward: 1.5, Low: 1, High: 2}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"aim &lt;b&gt;", "dryad train aim --seed 1", "round 2: 2.5", "round 1: 0.5", "round 2: 3", "1.000 to 2.000", `http-equiv="refresh"`} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, banned := range []string{"<script", "http://", "https://", "@import"} {
		if strings.Contains(string(page), banned) {
			t.Errorf("the page holds %q", banned)
		}
	}
}

func TestSpark(t *testing.T) {
	for _, c := range []struct {
		values []float64
		width  int
		want   string
	}{{nil, 4, ""}, {[]float64{3}, 4, "▄"}, {[]float64{1, 2, 3}, 4, "▁▄█"}, {[]float64{9, 1, 2}, 2, "▁█"}} {
		if got := report.Spark(c.values, c.width); got != c.want {
			t.Errorf("%v: %q, want %q", c.values, got, c.want)
		}
	}
}
