package check_test

import (
	"fmt"
	"strings"
	"testing"

	"dryad/dsl/check"
)

// treeA is the tree of the speed tables: 101 nodes, a selector of ten
// sequences, each one integer condition and eight tasks. Lines of different
// salts have nothing in common.
func treeA(salt int) string {
	var b strings.Builder
	b.WriteString("selector:\n")
	for i := range 10 {
		fmt.Fprintf(&b, "  sequence s%d_%d:\n    condition: health == %d\n", salt, i, 11+i+salt%2*50)
		for j := range 8 {
			fmt.Fprintf(&b, "    task: aim %d.%d\n", i*8+j, salt)
		}
	}
	return b.String()
}

// BenchmarkCold reads and checks tree A with lines that were never seen.
func BenchmarkCold(b *testing.B) {
	b.ReportAllocs()
	salt := 0
	for b.Loop() {
		b.StopTimer()
		salt++
		source := treeA(salt)
		b.StartTimer()
		if _, faults := check.Source("", source, skirmish); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

// BenchmarkSeen reads and checks tree A with lines that were seen before.
func BenchmarkSeen(b *testing.B) {
	b.ReportAllocs()
	source := treeA(0)
	for b.Loop() {
		if _, faults := check.Source("", source, skirmish); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
