package rpsls_test

import (
	"context"
	"math"
	"reflect"
	"testing"

	"dryad/job"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/rpsls"
)

// TestPaper: the exploitability falls .33, .33, .00 as the action set grows to
// all five (LSPO, section 4).
func TestPaper(t *testing.T) {
	for seed := range uint64(5) {
		r, err := lspo.Run(context.Background(), &rpsls.Game{Embedder: embed.NewNGrams(256)}, lspo.Params{Iterations: 3, Seed: seed}, nil)
		if err != nil || r.Stopped != job.Finished || len(r.Iterations) != 3 {
			t.Fatalf("%v, %v", r, err)
		}
		for i, want := range []float64{1. / 3, 1. / 3, 0} {
			report, err := rpsls.Measure(&r.Iterations[i])
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(report.Exploitability-want) > 0.005 {
				t.Errorf("seed %d, iteration %d: exploitability %.4f, want %.2f (%+v)", seed, i+1, report.Exploitability, want, report)
			}
			if report.Agreement < 0.999 {
				t.Errorf("seed %d, iteration %d: clusters agree with moves to %.3f only", seed, i+1, report.Agreement)
			}
		}
	}
}

// stopping cancels a run before its n-th piece of work is kept.
type stopping struct {
	lspo.Forgetful
	cancel context.CancelFunc
	left   int
}

func (s *stopping) PutWork(ctx context.Context, key string, result []byte) error {
	if s.left--; s.left == 0 {
		s.cancel()
	}
	return s.Forgetful.PutWork(ctx, key, result)
}

// TestResume: wherever a run is stopped, it goes on to the same result.
func TestResume(t *testing.T) {
	game := &rpsls.Game{Embedder: embed.NewNGrams(64), Steps: 200}
	p := lspo.Params{Iterations: 2, Seed: 3}
	whole, err := lspo.Run(context.Background(), game, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for stop := 1; stop < 9; stop++ {
		ctx, cancel := context.WithCancel(context.Background())
		memory := &stopping{cancel: cancel, left: stop}
		p.Memory = memory
		first, err := lspo.Run(ctx, game, p, nil)
		if err != nil || first.Stopped != job.Interrupted {
			t.Fatalf("stopped at %d: %v, %v", stop, first, err)
		}
		again, err := lspo.Run(context.Background(), game, p, nil)
		if err != nil || !reflect.DeepEqual(again, whole) {
			t.Errorf("stopped at %d: another end (%v)", stop, err)
		}
	}
}
