package trace

import (
	"context"
	"fmt"
	"math"
	"slices"

	"dryad/cfr"
)

// Point is one measurement.
type Point struct {
	Iteration      int     `json:"iteration"`
	Exploitability float64 `json:"exploitability"`
	NashConv       float64 `json:"nash_conv"`
}

// Curve is what was measured of one solver.
type Curve struct {
	Name   string
	Points []Point
}

// Last returns the last point, or the zero point.
func (c Curve) Last() Point {
	if len(c.Points) == 0 {
		return Point{}
	}
	return c.Points[len(c.Points)-1]
}

// Stop says why a run ended.
type Stop string

// The reasons.
const (
	Reached     Stop = "until"       // exploitability is at most Until
	Spent       Stop = "iterations"  // all iterations are done
	Interrupted Stop = "interrupted" // the context was cancelled
)

// Params say how long to run. At least one of Iterations and Until must be
// positive.
type Params struct {
	// Iterations is the total to reach, those before the run included.
	Iterations int
	// Until ends the run at the first measurement that is no greater.
	Until float64
	// Every, when positive, measures each so many iterations instead of about
	// twenty times for each tenfold.
	Every int
	// Before has the points measured before the run, of a solver that was
	// resumed: the curve begins with them.
	Before []Point
	// Measure computes NashConv of a strategy; an evaluator's exact one when
	// nil.
	Measure func(*cfr.Strategy) (float64, error)
	// OnPoint is called after each measurement; an error of its ends the run.
	OnPoint func(Point) error
	// OnStep is called after each piece of work between measurements, with the
	// number of iterations done.
	OnStep func(iterations int) error
}

// Next returns the first iteration after n at which a run measures: about
// twenty points for each tenfold.
func Next(n int) int { return max(n+1, int(math.Ceil(float64(n)*1.12))) }

// pieces is the most iterations done without looking at the context.
const pieces = 1000

// Run runs a solver until the parameters or the context say stop. It measures
// at the same iterations however often it is stopped and resumed.
func Run(ctx context.Context, solver cfr.Solver, p Params) (Curve, Stop, error) {
	curve := Curve{Name: solver.Algorithm(), Points: slices.Clone(p.Before)}
	tree := solver.Tree()
	strategy := cfr.NewStrategy(tree)
	if p.Measure == nil {
		p.Measure = cfr.NewEvaluator(tree).NashConv
	}
	if p.Iterations <= 0 && p.Until <= 0 {
		return curve, "", fmt.Errorf("run %s: neither a number of iterations nor an exploitability to reach", curve.Name)
	}
	next := Next
	if p.Every > 0 {
		next = func(n int) int { return n + p.Every }
	}
	target := 0
	for target <= solver.Iterations() {
		target = next(target)
	}
	for {
		if p.Iterations > 0 {
			target = min(target, p.Iterations)
		}
		for solver.Iterations() < target {
			if ctx.Err() != nil {
				return curve, Interrupted, nil
			}
			solver.Run(min(pieces, target-solver.Iterations()))
			if p.OnStep != nil {
				if err := p.OnStep(solver.Iterations()); err != nil {
					return curve, "", err
				}
			}
		}
		solver.Average(strategy)
		gap, err := p.Measure(strategy)
		if err != nil {
			return curve, "", err
		}
		point := Point{solver.Iterations(), gap / float64(tree.Players()), gap}
		if curve.Last().Iteration == point.Iteration { // measured before the run
			curve.Points = curve.Points[:len(curve.Points)-1]
		}
		curve.Points = append(curve.Points, point)
		if p.OnPoint != nil {
			if err := p.OnPoint(point); err != nil {
				return curve, "", err
			}
		}
		switch {
		case p.Until > 0 && point.Exploitability <= p.Until:
			return curve, Reached, nil
		case p.Iterations > 0 && point.Iteration >= p.Iterations:
			return curve, Spent, nil
		case ctx.Err() != nil:
			return curve, Interrupted, nil
		}
		target = next(point.Iteration)
	}
}

// Left estimates how many more iterations a curve needs to come down to an
// exploitability, by drawing its last third on in the double-logarithmic plane;
// 0 when it does not come down.
func Left(c Curve, until float64) int {
	n := len(c.Points)
	if n < 4 {
		return 0
	}
	a, b := c.Points[n-1-n/3-1], c.Points[n-1]
	if a.Exploitability <= b.Exploitability || b.Exploitability <= until || a.Iteration == b.Iteration {
		return 0
	}
	slope := math.Log(a.Exploitability/b.Exploitability) / math.Log(float64(b.Iteration)/float64(a.Iteration))
	more := float64(b.Iteration) * (math.Pow(b.Exploitability/until, 1/slope) - 1)
	if more > 1e15 {
		return 0
	}
	return int(more)
}
