package solve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dryad/cfr"
	"dryad/cfr/trace"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/internal/atomicfile"
	"dryad/job"
)

// Command is the family around package cfr.
type Command struct {
	Run     solveRun     `cmd:"" default:"withargs" help:"Solve a game (the default command of the family)."`
	Compare solveCompare `cmd:"" help:"Run several algorithms on a game and draw their curves."`
	Show    solveShow    `cmd:"" help:"Print the strategy at an information set."`

	Algorithms solveAlgorithms `cmd:"" help:"List the algorithms and the settings that each uses."`
}

type solveRun struct {
	seats.GameArgs
	tuning
	Algorithm  string  `default:"auto" help:"One of ${solve_algorithms}; 'dryad solve algorithms' describes them."`
	Iterations int     `help:"Run exactly this many iterations." placeholder:"N"`
	Until      float64 `help:"Run until exploitability is at most this (default 1e-3 without --iterations)." placeholder:"E"`
	Checkpoint string  `help:"Save progress to FILE, and go on from it if it is there." placeholder:"FILE" type:"path"`
	Save       string  `help:"Write the strategy to FILE." placeholder:"FILE" type:"path"`
	CSV        string  `name:"csv" help:"Write the exploitability curve to FILE." placeholder:"FILE" type:"path"`
	Plot       string  `help:"Draw the exploitability curve to FILE.png or FILE.html." placeholder:"FILE" type:"path"`
	JSON       bool    `name:"json" help:"End with one JSON object."`
}

// solveResult is what --json ends with.
type solveResult struct {
	Game           string    `json:"game"`
	Algorithm      string    `json:"algorithm"`
	Winner         string    `json:"winner,omitempty"` // of auto
	Iterations     int       `json:"iterations"`
	Exploitability float64   `json:"exploitability"`
	NashConv       float64   `json:"nash_conv"`
	Values         []float64 `json:"values"`
	Histories      int       `json:"histories"`
	Infosets       int       `json:"infosets"`
	PlayerInfosets []int     `json:"infosets_by_player"`
	Seconds        float64   `json:"seconds"`
	Stop           string    `json:"stop"`
}

// saveEvery is the least time between two checkpoints.
const saveEvery = 5 * time.Second

func (c *solveRun) Run(env *frame.Env) error {
	if c.Iterations < 0 || c.Until < 0 {
		return errors.New("--iterations and --until must be positive")
	}
	if err := drawable(c.Plot); err != nil {
		return err
	}
	if c.Iterations == 0 && c.Until == 0 {
		if c.Algorithm == deepAlgorithm {
			c.Iterations = deepIterations
		} else {
			c.Until = 1e-3
		}
	}
	tree, err := c.Compile(env.Context)
	if err != nil {
		return err
	}
	if c.Checkpoint != "" {
		lock, err := job.LockFile(c.Checkpoint)
		if err != nil {
			return err
		}
		defer lock.Close()
	}
	solver, before, resumed, err := c.solver(tree)
	if err != nil {
		return err
	}
	if resumed {
		env.Logf("resumed %s from %s at iteration %d", solver.Algorithm(), c.Checkpoint, solver.Iterations())
	}
	view := newSolveView(env, tree.Game().Name(), c.Iterations, c.Until, solver, before)
	started := time.Now()
	saved := started
	checkpoint := func(always bool) error {
		if c.Checkpoint == "" || !always && time.Since(saved) < saveEvery {
			return nil
		}
		var b bytes.Buffer
		if err := saveSolver(&b, solver, view.curve); err != nil {
			return err
		}
		saved = time.Now()
		return atomicfile.Write(c.Checkpoint, b.Bytes())
	}
	if err := checkpoint(!resumed); err != nil { // what cannot be saved is said at once
		return err
	}
	every := 0
	if c.Algorithm == deepAlgorithm {
		every = deepEvery
	}
	curve, stop, err := trace.Run(env.Context, solver, trace.Params{
		Iterations: c.Iterations, Until: c.Until, Every: every, Before: before,
		OnPoint: func(p trace.Point) error {
			view.point(solver, p)
			return checkpoint(false)
		},
		OnStep: func(iterations int) error {
			if s, ok := solver.(*deepSolver); ok && s.err != nil {
				return s.err
			}
			view.step(iterations)
			return checkpoint(false)
		},
	})
	view.close()
	if err != nil {
		return err
	}
	seconds := time.Since(started).Seconds()
	if err := checkpoint(true); err != nil {
		return err
	}
	if stop == trace.Interrupted {
		if c.Checkpoint != "" {
			env.Logf("stopped at iteration %d: run the same command again to go on from %s", solver.Iterations(), c.Checkpoint)
		}
		return context.Canceled
	}
	return c.report(env, tree, solver, curve, stop, seconds)
}

// solver makes the solver, or loads it from the checkpoint, with the curve so
// far.
func (c *solveRun) solver(tree *cfr.Tree) (solver cfr.Solver, before []trace.Point, resumed bool, err error) {
	params, err := c.params(c.Algorithm, c.Iterations, []string{c.Algorithm})
	if err != nil {
		return nil, nil, false, err
	}
	if c.Checkpoint != "" {
		file, err := os.Open(c.Checkpoint)
		if err == nil {
			defer file.Close()
			solver, before, err := c.load(tree, params, file)
			return solver, before, true, err
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, false, err
		}
	}
	solver, err = newSolver(tree, params, c.variant())
	return solver, nil, false, err
}

// load reads the checkpoint.
func (c *solveRun) load(tree *cfr.Tree, params cfr.Params, file io.ReadSeeker) (cfr.Solver, []trace.Point, error) {
	header, err := cfr.ReadCheckpointHeader(file)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", c.Checkpoint, err)
	}
	header.Params.Threads = params.Threads
	if c.Algorithm == deepAlgorithm { // keeps no more of its parameters
		params = cfr.Params{Algorithm: c.variant(), Seed: params.Seed, Threads: params.Threads}
	}
	if header.Params != params {
		return nil, nil, fmt.Errorf("%s is of %s with other settings (%s seed %d); give the same flags, or another file", c.Checkpoint, header.Game, header.Params.Algorithm, header.Params.Seed)
	}
	var before []trace.Point
	if len(header.Note) > 0 {
		if err := json.Unmarshal(header.Note, &before); err != nil {
			return nil, nil, fmt.Errorf("%s: the curve: %w", c.Checkpoint, err)
		}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	if c.Algorithm == deepAlgorithm {
		solver, err := newDeepSolver(tree, params, c.variant())
		if err == nil {
			err = solver.inner.Load(file)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.Checkpoint, err)
		}
		return solver, before, nil
	}
	solver, err := cfr.Load(file, tree, params.Threads)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", c.Checkpoint, err)
	}
	return solver, before, nil
}

// report says and writes what was found.
func (c *solveRun) report(env *frame.Env, tree *cfr.Tree, solver cfr.Solver, curve trace.Curve, stop trace.Stop, seconds float64) error {
	strategy := cfr.NewStrategy(tree)
	solver.Average(strategy)
	evaluator := cfr.NewEvaluator(tree)
	result := solveResult{
		Game: tree.Game().Name(), Algorithm: solver.Algorithm(), Iterations: solver.Iterations(),
		Exploitability: curve.Last().Exploitability, NashConv: curve.Last().NashConv,
		Values: evaluator.Values(strategy), Histories: tree.Histories(), Infosets: tree.TotalInfosets(),
		Seconds: seconds, Stop: string(stop),
	}
	for p := range tree.Players() {
		result.PlayerInfosets = append(result.PlayerInfosets, tree.Infosets(cfr.Player(p)))
	}
	if auto, ok := solver.(interface{ Winner() string }); ok {
		result.Winner = auto.Winner()
	}
	if c.Save != "" {
		var b bytes.Buffer
		info := cfr.StrategyInfo{Algorithm: result.Algorithm, Iterations: result.Iterations, Exploitability: result.Exploitability}
		if err := cfr.WriteStrategy(&b, strategy, info); err != nil {
			return err
		}
		if err := atomicfile.Write(c.Save, b.Bytes()); err != nil {
			return err
		}
		env.Logf("strategy written to %s", c.Save)
	}
	if err := writeCurves(env, result.Game, []trace.Curve{curve}, c.CSV, c.Plot); err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(result)
	}
	env.Printf("game            %s: %d histories, %s information sets\n", result.Game, result.Histories, joinInts(result.PlayerInfosets, "+"))
	env.Printf("algorithm       %s", result.Algorithm)
	if result.Winner != "" {
		env.Printf(", which chose %s", result.Winner)
	}
	env.Printf("\niterations      %d in %.3g s\n", result.Iterations, seconds)
	env.Printf("exploitability  %.6g (NashConv %.6g)\n", result.Exploitability, result.NashConv)
	for p, value := range result.Values {
		env.Printf("value, player %d %+.7f\n", p, value)
	}
	return nil
}

func joinInts(numbers []int, separator string) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(numbers), " ", separator), "[]")
}

// drawable reports whether a name is one that curves can be drawn to.
func drawable(path string) error {
	if path == "" || slices.Contains([]string{".png", ".html"}, filepath.Ext(path)) {
		return nil
	}
	return fmt.Errorf("--plot %s: the name must end in .png or .html", path)
}

// writeCurves writes the table and the drawing that were asked for.
func writeCurves(env *frame.Env, title string, curves []trace.Curve, table, picture string) error {
	write := func(path string, draw func(io.Writer) error) error {
		if path == "" {
			return nil
		}
		var b bytes.Buffer
		if err := draw(&b); err != nil {
			return err
		}
		if err := atomicfile.Write(path, b.Bytes()); err != nil {
			return err
		}
		env.Logf("curves written to %s", path)
		return nil
	}
	if err := write(table, func(w io.Writer) error { return trace.WriteCSV(w, curves) }); err != nil {
		return err
	}
	return write(picture, func(w io.Writer) error {
		if filepath.Ext(picture) == ".png" {
			return trace.WritePNG(w, title, curves)
		}
		return trace.WriteHTML(w, title, curves)
	})
}
