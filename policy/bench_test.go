package policy_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/policy"
)

// treeA is the tree of the speed tables: 101 nodes, a selector of ten
// sequences, each one integer condition and eight tasks. salt gives the number
// that makes a line unlike those of other trees.
func treeA(salt func(line int) int) string {
	var b strings.Builder
	b.WriteString("selector:\n")
	for i := range 10 {
		fmt.Fprintf(&b, "  sequence s%d:\n    condition: f1 == %d\n", i, 10+i)
		for j := range 8 {
			fmt.Fprintf(&b, "    task: a%d much=%d.%d\n", j%4+1, i*8+j, salt(i*8+j))
		}
	}
	return b.String()
}

// unseen makes lines that no round of a benchmark has had before.
var unseen int

func parseAll(b *testing.B, s *stage, sources []string) {
	for _, source := range sources {
		if p, faults := policy.Parse("candidate", []byte(source), s, policy.Params{}); p == nil {
			b.Fatal(faults.Err())
		}
	}
}

// BenchmarkParseCold reads, checks and compiles tree A with lines that were
// never seen.
func BenchmarkParseCold(b *testing.B) {
	b.ReportAllocs()
	s := newStage()
	for b.Loop() {
		b.StopTimer()
		unseen++
		source := []string{strings.ReplaceAll(treeA(func(int) int { return 1_000_000 + unseen }), "f1 == ", fmt.Sprint("f1 + ", unseen, " == "))}
		b.StartTimer()
		parseAll(b, s, source)
	}
}

// BenchmarkParseSeen reads, checks and compiles tree A with lines that were all
// seen before, in texts that were not: its branches change places. There are
// more of them than are remembered, so that none is found again.
func BenchmarkParseSeen(b *testing.B) {
	b.ReportAllocs()
	s := newStage()
	head, branches := split(treeA(func(int) int { return 7 }))
	shuffle := rand.New(rand.NewPCG(1, 2))
	sources := make([][]string, 1024)
	for i := range sources {
		shuffle.Shuffle(len(branches), func(i, j int) { branches[i], branches[j] = branches[j], branches[i] })
		sources[i] = []string{head + strings.Join(branches, "")}
	}
	parseAll(b, s, sources[0])
	round := 0
	for b.Loop() {
		round++
		parseAll(b, s, sources[round%len(sources)])
	}
}

// split cuts tree A into its first line and its branches.
func split(source string) (head string, branches []string) {
	parts := strings.Split(source, "  sequence ")
	for _, p := range parts[1:] {
		branches = append(branches, "  sequence "+p)
	}
	return parts[0], branches
}

// BenchmarkParseAgain reads a policy that was read lately.
func BenchmarkParseAgain(b *testing.B) {
	b.ReportAllocs()
	s := newStage()
	source := []string{treeA(func(int) int { return 7 })}
	for b.Loop() {
		parseAll(b, s, source)
	}
}

// BenchmarkGeneration takes 1 000 candidates of which 80 % of the lines were
// seen, from text to programs.
func BenchmarkGeneration(b *testing.B) {
	b.ReportAllocs()
	s := newStage()
	for b.Loop() {
		b.StopTimer()
		var sources []string
		for c := range 1000 {
			unseen++
			sources = append(sources, treeA(func(line int) int {
				if (line+c)%4 == 0 { // 20 of the 101 lines
					return 1_000_000 + unseen
				}
				return 7
			}))
		}
		b.StartTimer()
		parseAll(b, s, sources)
	}
}

// BenchmarkTick ticks an agent whose policy is tree A, its features observed.
func BenchmarkTick(b *testing.B) {
	b.ReportAllocs()
	s := newStage()
	p, faults := policy.Parse("a", []byte(treeA(func(int) int { return 7 })), quiet{s}, policy.Params{})
	if p == nil {
		b.Fatal(faults.Err())
	}
	s.numbers[0] = 19
	a, batch, now := p.NewAgent(1, 0), policy.NewBatch(), 0
	for b.Loop() {
		if a.Tick(s, now, batch) != bt.Success {
			b.Fatal("another status")
		}
		batch.Run()
		a.Finish(s)
		now++
	}
}
