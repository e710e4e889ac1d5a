package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"dryad/cfr"
	"dryad/cfr/openspiel"
)

//go:embed beside.py
var beside string

// row is what one solver did with one game.
type row struct {
	Solver   string  `json:"solver"`
	Seconds  float64 `json:"seconds"`
	NashConv float64 `json:"nash_conv"`
}

// games are those that are solved, with iterations that all solvers can afford.
var games = []struct {
	name       string
	iterations int
}{
	{"kuhn_poker", 2000},
	{"leduc_poker", 200},
	{"liars_dice(dice_sides=4)", 100},
	{"goofspiel(num_cards=5,imp_info=True,points_order=descending)", 50},
}

func main() {
	python := flag.String("python", "../.tools/openspiel/bin/python", "Python that has open_spiel and LiteEFG")
	source := flag.String("client", "../clients/python/src", "where the package dryad_games lies")
	flag.Parse()
	if err := run(*python, *source); err != nil {
		fmt.Fprintln(os.Stderr, "openspiel:", err)
		os.Exit(1)
	}
}

func run(python, source string) error {
	home, err := os.MkdirTemp("", "liteefg") // LiteEFG writes its games into the home folder
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	env := append(os.Environ(), "PYTHONPATH="+source, "HOME="+home)
	fmt.Printf("%-62s %-10s %12s %8s %10s\n", "game", "solver", "us/iteration", "times", "NashConv")
	for _, g := range games {
		own, err := solve(python, env, g.name, g.iterations)
		if err != nil {
			return err
		}
		rows := []row{own}
		others := exec.Command(python, "-c", beside, g.name, fmt.Sprint(g.iterations))
		others.Env, others.Stderr = env, os.Stderr
		out, err := others.Output()
		if err != nil {
			return fmt.Errorf("the other solvers on %s: %w", g.name, err)
		}
		for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
			var r row
			if err := decoder.Decode(&r); err != nil {
				return err
			}
			rows = append(rows, r)
		}
		for _, r := range rows {
			fmt.Printf("%-62s %-10s %12.1f %8.1f %10.3g\n", g.name, r.Solver, r.Seconds/float64(g.iterations)*1e6, r.Seconds/own.Seconds, r.NashConv)
		}
	}
	return nil
}

// solve runs dryad's CFR+ on one thread, at least for a second, and measures the
// strategy after the given number of iterations.
func solve(python string, env []string, name string, iterations int) (row, error) {
	game, err := openspiel.Load(context.Background(), openspiel.Params{Game: name, Python: python, Env: env})
	if err != nil {
		return row{}, err
	}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		return row{}, err
	}
	rounds, begun := 0, processor()
	var solver cfr.Solver
	for rounds == 0 || processor()-begun < time.Second {
		if solver, err = cfr.New(tree, cfr.Params{Algorithm: "cfr+"}); err != nil {
			return row{}, err
		}
		solver.Run(iterations)
		rounds++
	}
	seconds := (processor() - begun).Seconds() / float64(rounds)
	strategy := cfr.NewStrategy(tree)
	solver.Average(strategy)
	gap, err := tree.Exploitability(strategy)
	return row{"dryad", seconds, gap * float64(game.Players())}, err
}

// processor is the time that this process has spent on processors, of which other
// programs take nothing.
func processor() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
