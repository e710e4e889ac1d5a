package negotiation_test

import (
	"context"
	"math"
	"reflect"
	"testing"

	"dryad/job"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/negotiation"
)

// TestLoop goes through three iterations and measures each. The abstract game is
// solved; what is played in words is what was solved, as far as candidates are
// found; the speaker learns, so that more is shared out.
func TestLoop(t *testing.T) {
	game := &negotiation.Game{Embedder: embed.NewNGrams(128), Games: 200, Steps: 100}
	p := lspo.Params{Iterations: 3, Seed: 1}
	r, err := lspo.Run(t.Context(), game, p, nil)
	if err != nil || r.Stopped != job.Finished || len(r.Iterations) != 3 {
		t.Fatalf("%v, %v", r, err)
	}
	for i := range r.Iterations {
		it := &r.Iterations[i]
		report, err := game.Measure(t.Context(), it, 200, 7)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v", report)
		for seat := range 2 {
			if report.Gains[seat] > 0.05 || report.Gains[seat] < -1e-9 || report.WholeGains[seat] < report.Gains[seat]-0.05 {
				t.Errorf("iteration %d: seat %d gains %.4f in the abstract game and %.4f in the whole one", i+1, seat, report.Gains[seat], report.WholeGains[seat])
			}
			// The whole game with the frequencies of self-play is the abstract one.
			if math.Abs(report.WholeValues[seat]-report.Values[seat]) > 1e-6 {
				t.Errorf("iteration %d: the solution is worth %v in the abstract game, and %v in the whole one", i+1, report.Values, report.WholeValues)
			}
		}
		if report.Pairs == 0 || report.Clusters["first"] != 3+i || report.Clusters["second"] != 3+i {
			t.Errorf("iteration %d: %d pairs, clusters %v", i+1, report.Pairs, report.Clusters)
		}
		if reflect.DeepEqual(it.Next, it.Policy) {
			t.Errorf("iteration %d: the speaker learned nothing", i+1)
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
	game := &negotiation.Game{Embedder: embed.NewNGrams(64), Games: 40, Steps: 20}
	p := lspo.Params{Iterations: 2, Seed: 3}
	whole, err := lspo.Run(t.Context(), game, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for stop := 1; stop < 9; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		p.Memory = &stopping{cancel: cancel, left: stop}
		first, err := lspo.Run(ctx, game, p, nil)
		if err != nil || first.Stopped != job.Interrupted {
			t.Fatalf("stopped at %d: %v, %v", stop, first, err)
		}
		again, err := lspo.Run(t.Context(), game, p, nil)
		if err != nil || !reflect.DeepEqual(again, whole) {
			t.Errorf("stopped at %d: another end (%v)", stop, err)
		}
	}
}
