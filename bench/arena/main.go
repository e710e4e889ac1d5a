//go:build unix

package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"dryad/policy"
)

var (
	policyFile = flag.String("policy", "../examples/policies/arena/veteran.dryad", "policy of all agents")
	levels     = flag.String("maps", "freedm.wad:MAP01,freedm.wad:MAP07,freedm.wad:MAP11,freedm.wad:MAP20", "maps, over which times are averaged")
	numbers    = flag.String("agents", "2,4,8,12,16,24,32", "numbers of agents in a match")
	steps      = flag.Int("steps", 400000, "agent-steps measured for each map and number of agents")
	workers    = flag.Int("workers", 2, "most workers measured")
	matches    = flag.Int("matches", 1000, "concurrent matches whose memory is measured")
	plotFile   = flag.String("plot", "", "SVG file to draw the cost by agents into")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "arena:", err)
		os.Exit(1)
	}
}

func run() error {
	source, err := veteran(*policyFile)
	if err != nil {
		return err
	}
	maps := strings.Split(*levels, ",")
	if err := memory(source, maps[0]); err != nil {
		return err
	}
	points, err := costs(source, maps)
	if err != nil {
		return err
	}
	if *plotFile != "" {
		if err := os.WriteFile(*plotFile, []byte(plot(points)), 0o644); err != nil {
			return err
		}
	}
	return scaling(source, maps[0])
}

// processor returns the processor time that the program has used.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// cost is the time of an agent-step with a number of agents.
type cost struct {
	agents int
	step   float64 // microseconds
}

// costs measures an agent-step for each number of agents. The numbers take
// turns, so that a machine that slows down slows all of them down.
func costs(source *policy.Policy, maps []string) ([]cost, error) {
	var points []cost
	var contests [][]*contest
	for _, n := range strings.Split(*numbers, ",") {
		agents, err := strconv.Atoi(n)
		if err != nil {
			return nil, err
		}
		var on []*contest
		for _, m := range maps {
			c, err := newContest(source, m, agents, 1)
			if err != nil {
				return nil, err
			}
			for range 3500 { // the shared tables of ways fill up
				if err := c.tick(); err != nil {
					return nil, err
				}
			}
			on = append(on, c)
		}
		points, contests = append(points, cost{agents: agents}), append(contests, on)
	}
	const turns = 20
	for range turns {
		for i, on := range contests {
			for _, c := range on {
				begun := processor()
				ticks := max(1, *steps/turns/points[i].agents)
				for range ticks {
					if err := c.tick(); err != nil {
						return nil, err
					}
				}
				step := float64((processor() - begun).Nanoseconds()) / 1000 / float64(ticks*points[i].agents)
				points[i].step += step / float64(turns*len(on))
			}
		}
	}
	four := 0.0
	for _, p := range points {
		if p.agents == 4 {
			four = p.step
		}
	}
	fmt.Printf("agents  us an agent-step  agent-steps/s a core  against 4 agents\n")
	for _, p := range points {
		against := "-"
		if four > 0 {
			against = fmt.Sprintf("%.2f", p.step/four)
		}
		fmt.Printf("%6d  %16.2f  %20.0f  %16s\n", p.agents, p.step, 1e6/p.step, against)
	}
	return points, nil
}

// scaling plays the same matches with several workers. The numbers of
// workers take turns, and of each the median turn counts, since others use the
// machine too.
func scaling(source *policy.Policy, level string) error {
	const turns, share = 15, 8 // matches a worker
	used, clock := make([][]float64, *workers+1), make([][]float64, *workers+1)
	var contests []*contest
	for i := range *workers * share {
		c, err := newContest(source, level, 4, uint64(i)*1000)
		if err != nil {
			return err
		}
		contests = append(contests, c)
	}
	ticks := max(1, *steps/turns/4/share)
	for range turns {
		for n := 1; n <= *workers; n++ {
			begun, started := processor(), time.Now()
			if err := together(contests, n, ticks); err != nil {
				return err
			}
			done := float64(len(contests) * ticks * 4)
			used[n] = append(used[n], float64((processor()-begun).Nanoseconds())/1000/done)
			clock[n] = append(clock[n], done/time.Since(started).Seconds())
		}
	}
	fmt.Printf("\nworkers  us an agent-step  agent-steps/s by the clock  against 1 worker\n")
	for n := 1; n <= *workers; n++ {
		fmt.Printf("%7d  %16.2f  %26.0f  %16.2f\n", n, median(used[n]), median(clock[n]), median(clock[n])/median(clock[1]))
	}
	return nil
}

// together plays some ticks of every match; each worker takes the next match
// that none has taken.
func together(contests []*contest, workers, ticks int) error {
	var all sync.WaitGroup
	var next atomic.Int64
	faults := make([]error, len(contests))
	for range workers {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(contests)); i = next.Add(1) - 1 {
				for range ticks {
					if faults[i] = contests[i].tick(); faults[i] != nil {
						return
					}
				}
			}
		})
	}
	all.Wait()
	return errors.Join(faults...)
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// heap returns the bytes in use.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// memory measures concurrent matches of four agents on one map, each played
// for a game second.
func memory(source *policy.Policy, level string) error {
	empty := heap()
	first, err := newContest(source, level, 4, 1)
	if err != nil {
		return err
	}
	for range 3500 {
		if err := first.tick(); err != nil {
			return err
		}
	}
	shared := heap()
	all := make([]*contest, *matches)
	for i := range all {
		if all[i], err = newContest(source, level, 4, uint64(i)); err != nil {
			return err
		}
		for range 35 {
			if err := all[i].tick(); err != nil {
				return err
			}
		}
	}
	many := heap()
	fmt.Printf("memory on %s: %.1f MB for the map, its ways and one match; %.1f MB more for %d matches of 4 agents with their trees, %.1f kB each\n\n",
		level, float64(shared-empty)/1e6, float64(many-shared)/1e6, *matches, float64(many-shared)/1e3/float64(*matches))
	runtime.KeepAlive(all)
	runtime.KeepAlive(first)
	return nil
}
