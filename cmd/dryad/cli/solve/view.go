package solve

import (
	"fmt"
	"slices"
	"time"

	"dryad/cfr"
	"dryad/cfr/trace"
	"dryad/cmd/dryad/cli/frame"
)

// solveView shows a solver at work: one line redrawn in place on a terminal,
// and plain lines every ten seconds elsewhere.
type solveView struct {
	env        *frame.Env
	game       string
	iterations int
	until      float64
	started    time.Time
	first      int // iterations when it started
	shown      time.Time
	curve      trace.Curve
	drawn      bool
}

// newSolveView begins where a solver is, with the points measured before.
func newSolveView(env *frame.Env, game string, iterations int, until float64, solver cfr.Solver, before []trace.Point) *solveView {
	now := time.Now()
	return &solveView{
		env: env, game: game, iterations: iterations, until: until, started: now, first: solver.Iterations(), shown: now,
		curve: trace.Curve{Name: solver.Algorithm(), Points: slices.Clone(before)},
	}
}

func (v *solveView) point(solver cfr.Solver, p trace.Point) {
	v.curve.Name = solver.Algorithm()
	if auto, ok := solver.(interface{ Winner() string }); ok && auto.Winner() != "" {
		v.curve.Name = "auto: " + auto.Winner()
	}
	v.curve.Points = append(v.curve.Points, p)
	v.step(p.Iteration)
}

func (v *solveView) step(iterations int) {
	every := 10 * time.Second
	if v.env.Terminal {
		every = 100 * time.Millisecond
	}
	now := time.Now()
	if now.Sub(v.shown) < every || len(v.curve.Points) == 0 {
		return
	}
	v.shown = now
	line := fmt.Sprintf("%s: iteration %d, exploitability %.3g%s %s", v.curve.Name, iterations,
		v.curve.Last().Exploitability, v.left(iterations), trace.Sparkline(v.curve, 16))
	if !v.env.Terminal {
		v.env.Logf("%s, %s", v.game, line)
		return
	}
	// What is wider than the terminal is cut off, not wrapped: only one line
	// can be drawn over.
	fmt.Fprintf(v.env.Stderr, "\r\x1b[K\x1b[?7l%s\x1b[?7h", line)
	v.drawn = true
}

// left estimates the time to the end.
func (v *solveView) left(iterations int) string {
	more := 0
	if v.iterations > 0 {
		more = v.iterations - iterations
	}
	if v.until > 0 {
		if n := trace.Left(v.curve, v.until); n > 0 && (more == 0 || n < more) {
			more = n
		}
	}
	done := iterations - v.first
	if more <= 0 || done <= 0 {
		return ""
	}
	eta := time.Duration(float64(time.Since(v.started)) / float64(done) * float64(more))
	return fmt.Sprintf(", about %s left", eta.Round(time.Second))
}

func (v *solveView) close() {
	if v.drawn {
		fmt.Fprint(v.env.Stderr, "\r\x1b[K")
	}
}
