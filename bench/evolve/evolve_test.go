//go:build unix

package evolve_test

import (
	"context"
	"os"
	"syscall"
	"testing"

	"dryad/evolve"
	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/match/dispatch"
	"dryad/policy"
)

// ticks is the length of a match, as a search plays it.
const ticks = 2100

// level returns the maps of a search.
func level(i int) string {
	return []string{"generated:1", "generated:2", "generated:3", "generated:4"}[i%4]
}

func veteran(b *testing.B, checker *policy.Checker) *evolve.Entry {
	source, err := os.ReadFile("../../examples/policies/arena/veteran.dryad")
	if err != nil {
		b.Fatal(err)
	}
	e := evolve.ReadEntry(checker, string(source))
	if e.Policy() == nil {
		b.Fatal(e.Faults)
	}
	return e
}

// processor returns the processor time that the program has used, so that a busy
// machine can be measured on.
func processor(b *testing.B) int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// perStep reports the processor time of an agent-step since begun.
func perStep(b *testing.B, begun int64, steps int) {
	b.ReportMetric(float64(processor(b)-begun)/float64(steps), "cpu-ns/agent-step")
}

// BenchmarkEngine plays matches of two veterans without a judge: perception,
// trees and physics.
func BenchmarkEngine(b *testing.B) {
	game := arena.New()
	e := veteran(b, policy.NewChecker(game, policy.Params{}))
	batch := policy.NewBatch()
	steps, seed := 0, uint64(0)
	play := func() {
		seed++
		world, err := game.New(games.Config{Map: level(int(seed)), Seats: 2, Ticks: ticks}, seed)
		if err != nil {
			b.Fatal(err)
		}
		agents := []*policy.Agent{e.Policy().NewAgent(seed, 0), e.Policy().NewAgent(seed, 1)}
		for now := range ticks {
			for s, a := range agents {
				body := world.Body(games.Seat(s))
				if world.Perceive(games.Seat(s)) {
					a.Tick(body, now, batch)
					a.Finish(body)
				} else {
					a.Halt(body, now)
				}
			}
			world.Step()
		}
		steps += 2 * ticks
	}
	for range 4 { // the maps' shared tables fill up
		play()
	}
	steps = 0
	begun := processor(b)
	for b.Loop() {
		play()
	}
	perStep(b, begun, steps)
}

// BenchmarkJudge plays the same matches through the judge of a search.
func BenchmarkJudge(b *testing.B) {
	game := arena.New()
	checker := policy.NewChecker(game, policy.Params{})
	home, away := veteran(b, checker), veteran(b, checker)
	judge := evolve.Matches{Game: game, Dispatch: &dispatch.Dispatcher{Workers: 1}}
	steps, seed := 0, uint64(0)
	play := func() {
		var fixtures []evolve.Fixture
		for range 16 { // a chunk of a sequential test
			seed++
			fixtures = append(fixtures, evolve.Fixture{Config: games.Config{Map: level(int(seed)), Seats: 2, Ticks: ticks}, Seed: seed, Home: home, Away: away})
		}
		if _, err := judge.Play(context.Background(), fixtures); err != nil {
			b.Fatal(err)
		}
		steps += 2 * ticks * len(fixtures)
	}
	play() // the maps' shared tables fill up
	steps = 0
	begun := processor(b)
	for b.Loop() {
		play()
	}
	perStep(b, begun, steps)
}
