package cfr_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"dryad/cfr"
	"dryad/cfr/classic"
)

func BenchmarkIteration(b *testing.B) {
	for _, tree := range []*cfr.Tree{kuhn(b), leduc(b), liarsDice(b)} {
		for _, p := range []cfr.Params{
			{Algorithm: "cfr"}, {Algorithm: "dcfr"}, {Algorithm: "pcfr+"},
			{Algorithm: "pcfr+", Float32: true}, {Algorithm: "pcfr+", Threads: 2}, {Algorithm: "pcfr+", HistoryForm: true},
			{Algorithm: "mccfr-external"}, {Algorithm: "mccfr-outcome"},
		} {
			name := p.Algorithm
			switch {
			case p.Float32:
				name += "/float32"
			case p.HistoryForm:
				name += "/history"
			case p.Threads > 1:
				name += "/2threads"
			}
			b.Run(tree.Game().Name()+"/"+name, func(b *testing.B) {
				solver := newSolver(b, tree, p)
				solver.Run(1)
				b.ReportAllocs()
				b.ResetTimer()
				// One call: threads live as long as a call of Run.
				solver.Run(b.N)
			})
		}
	}
}

// BenchmarkThreads runs liar's dice on one thread and on two in turn, so that a
// disturbance of the machine meets both, and reports how many times faster two
// are: the best rounds of each, and the median of the rounds' ratios.
func BenchmarkThreads(b *testing.B) {
	tree := liarsDice(b)
	for _, p := range []cfr.Params{{Algorithm: "cfr"}, {Algorithm: "dcfr"}, {Algorithm: "pdcfr+"}, {Algorithm: "dcfr", Float32: true}} {
		name := p.Algorithm
		if p.Float32 {
			name += "/float32"
		}
		b.Run(name, func(b *testing.B) {
			one := newSolver(b, tree, p)
			p.Threads = 2
			two := newSolver(b, tree, p)
			one.Run(10)
			two.Run(10)
			const iterations = 20
			took := func(s cfr.Solver) time.Duration {
				started := time.Now()
				s.Run(iterations)
				return time.Since(started)
			}
			least := [2]time.Duration{math.MaxInt64, math.MaxInt64}
			var ratios []float64
			for b.Loop() {
				x, y := took(one), took(two)
				least[0], least[1] = min(least[0], x), min(least[1], y)
				ratios = append(ratios, float64(x)/float64(y))
			}
			slices.Sort(ratios)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(least[0].Microseconds())/iterations, "us/one")
			b.ReportMetric(float64(least[1].Microseconds())/iterations, "us/two")
			b.ReportMetric(float64(least[0])/float64(least[1]), "best-ratio")
			b.ReportMetric(ratios[len(ratios)/2], "median-ratio")
		})
	}
}

// Both players' best responses, and the value that they are compared with.
func BenchmarkExploitability(b *testing.B) {
	for _, tree := range []*cfr.Tree{leduc(b), liarsDice(b)} {
		b.Run(tree.Game().Name(), func(b *testing.B) {
			e := cfr.NewEvaluator(tree)
			s := cfr.NewStrategy(tree)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.Exploitability(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	dice, err := classic.LiarsDice(1, 6)
	if err != nil {
		b.Fatal(err)
	}
	for _, game := range []cfr.Game{classic.Leduc(), dice} {
		b.Run(game.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := cfr.Compile(game, cfr.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkNew lays out a solver's tables.
func BenchmarkNew(b *testing.B) {
	for _, tree := range []*cfr.Tree{leduc(b), liarsDice(b)} {
		b.Run(tree.Game().Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				newSolver(b, tree, cfr.Params{Algorithm: "dcfr"})
			}
		})
	}
}

// BenchmarkBandwidth copies arrays of the size of liar's dice's tables, to see
// what caches and memory allow; bytes read and bytes written both count.
func BenchmarkBandwidth(b *testing.B) {
	for _, size := range []int{1 << 18, 1 << 22, 1 << 26} {
		b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) {
			from, to := make([]float64, size/16), make([]float64, size/16)
			b.SetBytes(int64(size))
			for b.Loop() {
				copy(to, from)
			}
		})
	}
}
