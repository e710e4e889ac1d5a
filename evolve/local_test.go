package evolve_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"dryad/evolve"
	"dryad/games"
	"dryad/job"
)

// acted is the judge of plain that also measures: trees of equal quality act
// alike.
type acted struct{ plain }

func (a acted) Play(ctx context.Context, fixtures []evolve.Fixture) ([]evolve.Outcome, error) {
	outcomes, err := a.plain.Play(ctx, fixtures)
	for i, f := range fixtures[:len(outcomes)] {
		if len(f.Measure) > 0 {
			outcomes[i].HomeDid = []float64{quality(f.Home), float64(f.Home.Nodes)}
			outcomes[i].AwayDid = []float64{quality(f.Away), float64(f.Away.Nodes)}
			// What acts alike has the same text but for its size.
			outcomes[i].Hash = games.Mix(f.Seed, uint64(f.Home.Nodes), uint64(f.Away.Nodes), uint64(quality(f.Home)), uint64(quality(f.Away)))
		}
	}
	return outcomes, err
}

func localParams(seed uint64, m *memory, r recorder) evolve.Params {
	p := params(seed, m, r)
	p.Search, p.Proposer, p.Judge, p.Measures = evolve.SearchLocal, evolve.Neighbours(checker), acted{}, []string{"quality", "nodes"}
	p.Candidates = 16
	return p
}

// TestLocalClimbs: the champion is better by the judge's rule; repetitions are
// named; the archive has the whole payoff matrix and the cells their elites.
func TestLocalClimbs(t *testing.T) {
	for _, opponents := range []string{evolve.TwoL, evolve.Uniform, evolve.Nash, evolve.Last} {
		p := localParams(1, &memory{kept: map[string][]byte{}}, recorder{})
		p.Opponents = opponents
		p.Library = []evolve.Baseline{{Name: "given", Source: "policy given for tag\n\ntree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n    task: stay\n"}}
		p.Sparring = []evolve.Baseline{{Name: "partner", Source: "policy partner for tag\n\ntree main:\n  task: flee it_player\n"}}
		result, err := evolve.Run(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		if q := quality(result.Champion); q < 3 {
			t.Errorf("%s: champion of quality %v:\n%s", opponents, q, result.Champion.Source)
		}
		if result.Matches > 6000 {
			t.Errorf("%s: %d matches of 6000", opponents, result.Matches)
		}
		a := result.Archive
		if a.Guests != 2 || len(a.Members) < 3 || len(a.Payoff) != len(a.Members) {
			t.Fatalf("%s: %d members, %d guests", opponents, len(a.Members), a.Guests)
		}
		for i := range a.Payoff {
			for j := range a.Payoff {
				if got, back := a.Payoff[i][j], a.Payoff[j][i]; got.Games != back.Games || got.Points+back.Points != float64(got.Games) {
					t.Errorf("%s: %d against %d: %v, back %v", opponents, i, j, got, back)
				}
			}
		}
		given := slices.ContainsFunc(result.Entries, func(e *evolve.Entry) bool { return slices.Contains(e.How, "a tree of the library") })
		alike := slices.ContainsFunc(result.Entries, func(e *evolve.Entry) bool { return e.Like != "" && e.Fate == evolve.Repeated && e.Screen.Pairs() == 0 })
		if !given || !alike {
			t.Errorf("%s: a library tree was a candidate %v, one acted alike %v", opponents, given, alike)
		}
		if len(result.Cells.Best) != result.Cells.Side()*result.Cells.Side() || !slices.ContainsFunc(result.Cells.Best, func(e *evolve.Entry) bool { return e != nil }) {
			t.Errorf("%s: no behaviours", opponents)
		}
		for _, e := range result.Entries {
			if e.Fate == evolve.Pending {
				t.Errorf("%s: %d.%d is pending at the end", opponents, e.Generation, e.Slot)
			}
		}
	}
}

// TestLocalInterrupted: a local search that is stopped after every few chunks and
// taken up again ends as one that was left alone.
func TestLocalInterrupted(t *testing.T) {
	endsAlike(t, 5, 4, func(ctx context.Context, m *memory, r recorder) (*evolve.Result, error) {
		p := localParams(3, m, r)
		p.Budget = job.NewBudget(3000, 0)
		return evolve.Run(ctx, p)
	})
}

// TestLocalRefuses: settings that make no sense are named.
func TestLocalRefuses(t *testing.T) {
	for name, change := range map[string]func(*evolve.Params){
		`no way "best"`:             func(p *evolve.Params) { p.Opponents = "best" },
		`no search "global"`:        func(p *evolve.Params) { p.Search = "global" },
		"are for the search local":  func(p *evolve.Params) { p.Search, p.Library = evolve.SearchGenetic, p.Baselines },
		"sparring partner x is fau": func(p *evolve.Params) { p.Sparring = []evolve.Baseline{{Name: "x", Source: "tree main:\n  y\n"}} },
		"library tree x is faulty":  func(p *evolve.Params) { p.Library = []evolve.Baseline{{Name: "x", Source: "tree main:\n  y\n"}} },
	} {
		p := localParams(1, &memory{kept: map[string][]byte{}}, recorder{})
		change(&p)
		if err := p.Check(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("want an error about %q, have %v", name, err)
		}
	}
}
