package trace_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"slices"
	"strings"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/cfr/trace"
)

func kuhnSolver(t testing.TB) cfr.Solver {
	t.Helper()
	game, err := classic.Kuhn(2)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "dcfr"})
	if err != nil {
		t.Fatal(err)
	}
	return solver
}

func run(t testing.TB, solver cfr.Solver, p trace.Params) (trace.Curve, trace.Stop) {
	t.Helper()
	curve, stop, err := trace.Run(context.Background(), solver, p)
	if err != nil {
		t.Fatal(err)
	}
	return curve, stop
}

func TestRunInPieces(t *testing.T) {
	whole, stop := run(t, kuhnSolver(t), trace.Params{Iterations: 700})
	if stop != trace.Spent || whole.Last().Iteration != 700 {
		t.Fatalf("stopped by %q at %+v", stop, whole.Last())
	}
	solver := kuhnSolver(t)
	solver.Run(333) // a run that was stopped between two measurements
	rest, _ := run(t, solver, trace.Params{Iterations: 700})
	if !slices.Equal(rest.Points, whole.Points[len(whole.Points)-len(rest.Points):]) || len(rest.Points) < 5 {
		t.Errorf("resumed: %v", rest.Points)
	}
}

func TestUntil(t *testing.T) {
	curve, stop := run(t, kuhnSolver(t), trace.Params{Until: 1e-3, Iterations: 100_000})
	n := len(curve.Points)
	if stop != trace.Reached || curve.Last().Exploitability > 1e-3 || curve.Points[n-2].Exploitability <= 1e-3 {
		t.Errorf("stopped by %q at %+v", stop, curve.Last())
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, stop, _ := trace.Run(ctx, kuhnSolver(t), trace.Params{Iterations: 10}); stop != trace.Interrupted {
		t.Errorf("stopped by %q", stop)
	}
	if _, _, err := trace.Run(context.Background(), kuhnSolver(t), trace.Params{}); err == nil {
		t.Error("no end was accepted")
	}
}

func TestDrawings(t *testing.T) {
	curve, _ := run(t, kuhnSolver(t), trace.Params{Iterations: 100})
	curves := []trace.Curve{curve, {Name: "<none>"}}
	var picture, page, table bytes.Buffer
	if err := trace.WritePNG(&picture, "kuhn", curves); err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(&picture); err != nil || img.Bounds().Dx() < 400 {
		t.Errorf("no picture: %v", err)
	}
	if err := trace.WriteHTML(&page, "kuhn", curves); err != nil {
		t.Fatal(err)
	}
	for _, foreign := range []string{"http:", "https:", "<script", "src=", "<none>"} {
		if strings.Contains(page.String(), foreign) {
			t.Errorf("the page contains %q", foreign)
		}
	}
	if err := trace.WriteCSV(&table, curves); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(table.String(), "\n"); lines != 1+len(curve.Points) {
		t.Errorf("%d lines for %d points", lines, len(curve.Points))
	}
	if line := trace.Sparkline(curve, 10); len([]rune(line)) != 10 || !strings.Contains(line, "▁") {
		t.Errorf("sparkline %q", line)
	}
	if chart := trace.Chart(curves, 40, 10); strings.Count(chart, "\n") != 13 || !strings.Contains(chart, "a  dcfr") {
		t.Errorf("chart:\n%s", chart)
	}
}

func TestLeft(t *testing.T) {
	var curve trace.Curve
	for n := 1; n <= 1000; n = trace.Next(n) {
		curve.Points = append(curve.Points, trace.Point{Iteration: n, Exploitability: 1 / float64(n)})
	}
	last := curve.Last().Iteration
	if left := trace.Left(curve, 1e-4); left < 9990-last || left > 10_010-last {
		t.Errorf("%d iterations left after %d", left, last)
	}
}

func ExampleRun() {
	game, _ := classic.Kuhn(2)
	tree, _ := cfr.Compile(game, cfr.Limits{})
	solver, _ := cfr.New(tree, cfr.Params{Algorithm: "pdcfr+"})
	curve, stop, _ := trace.Run(context.Background(), solver, trace.Params{Until: 1e-6})
	fmt.Println(stop, curve.Last().Exploitability < 1e-6)
	// Output: until true
}
