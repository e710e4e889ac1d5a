package evolve_test

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"dryad/evolve"
	"dryad/games"
	"dryad/games/tag"
	"dryad/job"
	"dryad/policy"
	"dryad/rating"
)

// memory keeps chunks in a map; it ends the context after some new ones.
type memory struct {
	kept   map[string][]byte
	left   int
	cancel context.CancelFunc
}

func (m *memory) Work(_ context.Context, key string) ([]byte, bool, error) {
	text, have := m.kept[key]
	return text, have, nil
}

func (m *memory) PutWork(_ context.Context, key string, result []byte) error {
	m.kept[key] = result
	if m.left--; m.left == 0 {
		m.cancel()
	}
	return nil
}

// scores is a judge without a game: the better tree, by a rule that the search
// does not know, wins more often.
type scores struct{}

func quality(e *evolve.Entry) float64 {
	q := 0.0
	for _, good := range []string{"is_it", "flee it_player", "move_to nearest_player", "selector", "farthest_cell"} {
		if strings.Contains(e.Source, good) {
			q++
		}
	}
	return q
}

func (scores) Play(ctx context.Context, fixtures []evolve.Fixture) ([]evolve.Outcome, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	outcomes := make([]evolve.Outcome, len(fixtures))
	for i, f := range fixtures {
		h := fnv.New64a()
		fmt.Fprint(h, f.Seed, f.Home.Source, f.Away.Source)
		luck := float64(games.Mix(h.Sum64())>>11)/(1<<53)*8 - 4
		outcomes[i].Home = rating.Loss
		if outcomes[i].Margin = quality(f.Home) - quality(f.Away) + luck; outcomes[i].Margin > 0 {
			outcomes[i].Home = rating.Win
		}
	}
	return outcomes, nil
}

// recorder keeps the candidates by place.
type recorder map[string]string

func (r recorder) PutCandidate(_ context.Context, e *evolve.Entry) error {
	text, err := json.Marshal(e)
	r[fmt.Sprintf("%d.%d", e.Generation, e.Slot)] = string(text)
	return err
}

// checker judges the trees of all runs.
var checker = policy.NewChecker(tag.New(), policy.Params{})

func params(seed uint64, m *memory, r recorder) evolve.Params {
	return evolve.Params{
		Seed:      seed,
		Start:     "policy start for tag\n\ntree main:\n  task: stay\n",
		Baselines: []evolve.Baseline{{Name: "runner", Source: "policy runner for tag\n\ntree main:\n  task: flee it_player\n"}},
		Training:  []games.Config{{Map: "generated:1"}, {Map: "generated:2"}},
		HeldOut:   []games.Config{{Map: "generated:3"}},
		Proposer:  evolve.Genetic(checker),
		Budget:    job.NewBudget(6000, 0),
		Judge:     scores{}, Memory: m, Record: r, Checker: checker,
		HeldOutPairs: 40,
	}
}

// TestClimbs: the champion is better than the start by the judge's rule, and
// the table says so.
func TestClimbs(t *testing.T) {
	r := recorder{}
	result, err := evolve.Run(t.Context(), params(1, &memory{kept: map[string][]byte{}}, r))
	if err != nil {
		t.Fatal(err)
	}
	if result.Stopped != job.MaxMatches || result.Matches < 5500 || result.Matches > 6000 {
		t.Errorf("stopped for %q after %d matches", result.Stopped, result.Matches)
	}
	if q := quality(result.Champion); q < 3 {
		t.Errorf("champion of quality %v:\n%s", q, result.Champion.Source)
	}
	row := result.HeldOut[0]
	if row.Opponent != evolve.StartName || row.Matches != 80 || row.CILow <= 0.5 {
		t.Errorf("held-out row %+v", row)
	}
	if got := row.Wins + row.Draws + row.Losses; got != row.Matches {
		t.Errorf("%d results of %d matches", got, row.Matches)
	}
	if len(r) < len(result.Entries) {
		t.Errorf("%d candidates recorded of %d", len(r), len(result.Entries))
	}
	if result.HeldOut[1].Opponent != "runner" {
		t.Errorf("second opponent %q", result.HeldOut[1].Opponent)
	}
}

// TestInterruptedRunEndsEqual: a run that is stopped after every few chunks and
// taken up again ends as one that was left alone.
func TestInterruptedRunEndsEqual(t *testing.T) {
	for _, islands := range []int{1, 4} {
		t.Run(fmt.Sprint(islands), func(t *testing.T) { interrupted(t, islands) })
	}
}

func interrupted(t *testing.T, islands int) {
	endsAlike(t, 7, 5, func(ctx context.Context, m *memory, r recorder) (*evolve.Result, error) {
		p := params(3, m, r)
		p.Islands, p.Epoch = islands, 2
		return evolve.Run(ctx, p)
	})
}

// endsAlike requires that a search which is interrupted after so many kept
// pieces and taken up again, at least as often as said, ends as one that was left
// alone.
func endsAlike(t *testing.T, kept, least int, run func(context.Context, *memory, recorder) (*evolve.Result, error)) {
	t.Helper()
	want, err := run(t.Context(), &memory{kept: map[string][]byte{}}, recorder{})
	if err != nil {
		t.Fatal(err)
	}
	pieces := map[string][]byte{}
	r := recorder{}
	for session := 1; ; session++ {
		ctx, cancel := context.WithCancel(t.Context())
		got, err := run(ctx, &memory{kept: pieces, left: kept, cancel: cancel}, r)
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		if got.Stopped == job.Interrupted {
			continue
		}
		if session < least {
			t.Fatalf("only %d sessions", session)
		}
		a, _ := json.Marshal(want)
		b, _ := json.Marshal(got)
		if string(a) != string(b) {
			t.Fatalf("after %d sessions\n%s\nundisturbed\n%s", session, b, a)
		}
		return
	}
}

// TestIslands: of four searches the play-offs leave one whatever the budget,
// also when it ends before the first of them.
func TestIslands(t *testing.T) {
	for _, budget := range []int{0, 300, 1500, 6000} {
		p := params(2, &memory{kept: map[string][]byte{}}, recorder{})
		p.Islands, p.Epoch, p.Budget = 4, 3, job.NewBudget(budget, 0)
		if budget == 0 {
			p.Generations = 1 // one island only had its turn
		}
		result, err := evolve.Run(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		if budget > 0 && result.Matches > budget {
			t.Errorf("%d matches of %d", result.Matches, budget)
		}
		if budget == 6000 && quality(result.Champion) < 3 {
			t.Errorf("champion of quality %v:\n%s", quality(result.Champion), result.Champion.Source)
		}
		best := 0.0
		for _, e := range result.Entries {
			if e.Fate == evolve.Accepted {
				best = max(best, quality(e))
			}
		}
		if best-quality(result.Champion) > 1 {
			t.Errorf("with %d matches the champion has quality %v, an island's had %v", budget, quality(result.Champion), best)
		}
		if len(result.HeldOut) == 0 {
			t.Errorf("with %d matches no held-out table", budget)
		}
	}
}

// TestRefuses: parameters that make no sense are named.
func TestRefuses(t *testing.T) {
	for name, change := range map[string]func(*evolve.Params){
		"map generated:1 is both": func(p *evolve.Params) { p.HeldOut = p.Training },
		"both needed":             func(p *evolve.Params) { p.Training = nil },
		"starting tree is faulty": func(p *evolve.Params) { p.Start = "policy x for tag\n\ntree main:\n  task\n" },
		"baseline bad is faulty": func(p *evolve.Params) {
			p.Baselines = []evolve.Baseline{{Name: "bad", Source: "tree main:\n  nonsense\n"}}
			p.Generations = 1
		},
	} {
		p := params(1, &memory{kept: map[string][]byte{}}, recorder{})
		change(&p)
		if _, err := evolve.Run(t.Context(), p); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("want an error about %q, have %v", name, err)
		}
	}
}

// plain is scores with a state of the world: only the tree's quality shows in
// it.
type plain struct{ scores }

func (p plain) Play(ctx context.Context, fixtures []evolve.Fixture) ([]evolve.Outcome, error) {
	outcomes, err := p.scores.Play(ctx, fixtures)
	for i, f := range fixtures[:len(outcomes)] {
		outcomes[i].Hash = games.Mix(f.Seed, uint64(quality(f.Home)), uint64(quality(f.Away)))
	}
	return outcomes, err
}

// TestTidies: what changes nothing is taken out of the champion, and what
// changes something is not.
func TestTidies(t *testing.T) {
	rough, err := evolve.Run(t.Context(), params(1, &memory{kept: map[string][]byte{}}, recorder{}))
	if err != nil {
		t.Fatal(err)
	}
	p := params(1, &memory{kept: map[string][]byte{}}, recorder{})
	p.Judge = plain{}
	tidied, err := evolve.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if quality(tidied.Champion) != quality(rough.Champion) {
		t.Errorf("the quality fell from %v to %v", quality(rough.Champion), quality(tidied.Champion))
	}
	if tidied.Champion.Nodes >= rough.Champion.Nodes || tidied.Champion.Hash == rough.Champion.Hash {
		t.Errorf("%d nodes before, %d after:\n%s", rough.Champion.Nodes, tidied.Champion.Nodes, tidied.Champion.Source)
	}
	if rough.Matches != tidied.Matches {
		t.Errorf("tidying is counted as search: %d matches, %d without", tidied.Matches, rough.Matches)
	}
}
