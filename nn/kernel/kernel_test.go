package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// numbers draws values of very different sizes, with zeros of both signs, so that
// any other order of operations shows.
func numbers(random *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		switch random.IntN(10) {
		case 0:
			out[i] = 0
		case 1:
			out[i] = float32(math.Copysign(0, -1))
		default:
			out[i] = (2*random.Float32() - 1) * float32(math.Ldexp(1, random.IntN(20)-10))
		}
	}
	return out
}

func sameBits(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: value %d is %v, the plain path gives %v", what, i, got[i], want[i])
		}
	}
}

// TestFastEqualsPlain compares the path that this machine takes with the plain
// one, bit for bit, over sizes around every edge.
func TestFastEqualsPlain(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 7, 8, 9, 15, 16, 31, 33, 64, 72, 100, 144, 513} {
		for _, rows := range []int{1, 2, 3, 6} {
			for _, outs := range []int{1, 2, 3, 4, 5, 7, 8, 19, 200} {
				x, w, bias := numbers(random, rows*n), numbers(random, outs*n), numbers(random, outs)
				got, want := make([]float32, rows*outs), make([]float32, rows*outs)
				DotRows(got, x, w, bias, rows, outs, n)
				dotRowsPlain(want, x, w, bias, rows, outs, n)
				sameBits(t, fmt.Sprintf("DotRows %dx%d of %d", rows, outs, n), got, want)
			}
		}
		for _, count := range []int{1, 2, 3, 4, 5, 11} {
			for _, stride := range []int{0, 1, 3} {
				x, c := numbers(random, count*n), numbers(random, count*max(stride, 1))
				got := numbers(random, n)
				want := append([]float32(nil), got...)
				AddRows(got, c, stride, x, count)
				addRowsPlain(want, c, stride, x, count)
				sameBits(t, fmt.Sprintf("AddRows %d of %d, stride %d", count, n, stride), got, want)
			}
		}
		y, dy := numbers(random, n), numbers(random, n)
		y[n/2] = float32(math.NaN())
		want := append([]float32(nil), dy...)
		RectifyBackward(dy, y)
		rectifyBackwardPlain(want, y)
		sameBits(t, "RectifyBackward", dy, want)
		for _, lines := range []int{1, 3} {
			p := Patch{Lines: lines, Length: n, Stride: n + 5, Step: 3}
			x := numbers(random, 4*3+lines*(n+5))
			got, want := make([]float32, 4*lines*n+Slack), make([]float32, 4*lines*n)
			Unfold(got, x, p, 4)
			unfoldPlain(want, x, p, 4)
			sameBits(t, fmt.Sprintf("Unfold %d lines of %d", lines, n), got, want)
		}
		got := numbers(random, n)
		got[0] = float32(math.Inf(-1))
		want = append([]float32(nil), got...)
		Rectify(got)
		rectifyPlain(want)
		sameBits(t, "Rectify", got, want)
	}
	x := make([]float32, 9)
	x[3] = float32(math.NaN())
	if Rectify(x); x[3] == x[3] {
		t.Error("Rectify swallows NaN")
	}
}

// TestDotLanes follows the order of the contract by hand.
func TestDotLanes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 40 {
		x, w := numbers(random, n), numbers(random, n)
		var lanes [8]float32
		for i := range x {
			lanes[i%8] += float32(x[i] * w[i])
		}
		want := ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
		sameBits(t, fmt.Sprint("Dot of ", n), []float32{Dot(x, w)}, []float32{want})
	}
}

func TestDotRowsWithoutColumns(t *testing.T) {
	got := make([]float32, 4)
	DotRows(got, nil, nil, []float32{1, 2}, 2, 2, 0)
	sameBits(t, "DotRows", got, []float32{1, 2, 1, 2})
}

func BenchmarkDotRows(b *testing.B) {
	for _, n := range []int{36, 64, 512} {
		const rows, outs = 32, 64
		random := rand.New(rand.NewPCG(1, 2))
		x, w, bias, dst := numbers(random, rows*n), numbers(random, outs*n), numbers(random, outs), make([]float32, rows*outs)
		for name, run := range map[string]func(dst, x, w, bias []float32, rows, outs, n int){"path=chosen": DotRows, "path=plain": dotRowsPlain} {
			b.Run(fmt.Sprintf("n=%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					run(dst, x, w, bias, rows, outs, n)
				}
				b.ReportMetric(float64(rows*outs*n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
			})
		}
	}
}

func BenchmarkAddRows(b *testing.B) {
	for _, n := range []int{36, 64, 512} {
		const count = 32
		random := rand.New(rand.NewPCG(1, 2))
		x, c, dst := numbers(random, count*n), numbers(random, count), numbers(random, n)
		for name, run := range map[string]func(dst, coefficients []float32, stride int, x []float32, count int){"path=chosen": AddRows, "path=plain": addRowsPlain} {
			b.Run(fmt.Sprintf("n=%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					clear(dst)
					run(dst, c, 1, x, count)
				}
				b.ReportMetric(float64(count*n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
			})
		}
	}
}
