package solve

import (
	"context"
	"errors"
	"time"

	"dryad/cfr/trace"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
)

type solveCompare struct {
	seats.GameArgs
	tuning
	Algorithms []string `required:"" help:"Algorithms, separated by commas: ${solve_algorithms}."`
	Iterations int      `default:"1000" help:"Iterations of each."`
	CSV        string   `name:"csv" help:"Write the curves to FILE." placeholder:"FILE" type:"path"`
	Plot       string   `help:"Draw the curves to FILE.png or FILE.html." placeholder:"FILE" type:"path"`
	JSON       bool     `name:"json" help:"End with one JSON object."`
}

type compareResult struct {
	Game       string         `json:"game"`
	Iterations int            `json:"iterations"`
	Results    []compareEntry `json:"results"`
}

type compareEntry struct {
	Algorithm      string         `json:"algorithm"`
	Exploitability float64        `json:"exploitability"`
	NashConv       float64        `json:"nash_conv"`
	Seconds        float64        `json:"seconds"`
	Curve          []comparePoint `json:"curve"`
}

type comparePoint struct {
	Iteration      int     `json:"iteration"`
	Exploitability float64 `json:"exploitability"`
}

func (c *solveCompare) Run(env *frame.Env) error {
	if c.Iterations < 1 {
		return errors.New("--iterations must be positive")
	}
	if err := drawable(c.Plot); err != nil {
		return err
	}
	tree, err := c.Compile(env.Context)
	if err != nil {
		return err
	}
	result := compareResult{Game: tree.Game().Name(), Iterations: c.Iterations}
	var curves []trace.Curve
	for _, name := range c.Algorithms {
		params, err := c.params(name, c.Iterations, c.Algorithms)
		if err != nil {
			return err
		}
		solver, err := newSolver(tree, params, c.variant())
		if err != nil {
			return err
		}
		started := time.Now()
		view := newSolveView(env, result.Game, c.Iterations, 0, solver, nil)
		every := 0
		if name == deepAlgorithm {
			every = deepEvery
		}
		curve, stop, err := trace.Run(env.Context, solver, trace.Params{
			Iterations: c.Iterations, Every: every,
			OnPoint: func(p trace.Point) error { view.point(solver, p); return nil },
			OnStep:  func(iterations int) error { view.step(iterations); return nil },
		})
		view.close()
		if err != nil {
			return err
		}
		if stop == trace.Interrupted {
			return context.Canceled
		}
		entry := compareEntry{Algorithm: name, Exploitability: curve.Last().Exploitability, NashConv: curve.Last().NashConv, Seconds: time.Since(started).Seconds()}
		for _, p := range curve.Points {
			entry.Curve = append(entry.Curve, comparePoint{p.Iteration, p.Exploitability})
		}
		result.Results = append(result.Results, entry)
		curves = append(curves, curve)
	}
	if err := writeCurves(env, result.Game, curves, c.CSV, c.Plot); err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(result)
	}
	env.Printf("%s: exploitability\n%s", result.Game, trace.Chart(curves, 72, 20))
	return nil
}
