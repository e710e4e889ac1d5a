package evolve_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dryad/evolve"
	"dryad/games"
	"dryad/job"
)

// uneven is the judge of acted on maps that differ: on those of an even number
// the quality of a tree shows, on the others fleeing alone wins.
type uneven struct{ acted }

func (u uneven) Play(ctx context.Context, fixtures []evolve.Fixture) ([]evolve.Outcome, error) {
	outcomes, err := u.acted.Play(ctx, fixtures)
	for i, f := range fixtures[:len(outcomes)] {
		if strings.HasSuffix(f.Config.Map, "7") {
			home, away := strings.Contains(f.Home.Source, "flee"), strings.Contains(f.Away.Source, "flee")
			switch {
			case home && !away:
				outcomes[i].Home = 2
			case away && !home:
				outcomes[i].Home = 0
			}
		}
	}
	return outcomes, err
}

func aimed(seed uint64, aim string, m *memory, r recorder) evolve.Params {
	p := localParams(seed, m, r)
	p.Aim, p.Judge = aim, uneven{}
	p.Training = []games.Config{{Map: "generated:1"}, {Map: "generated:2"}, {Map: "generated:4"}, {Map: "generated:7"}}
	for i := range 12 {
		p.Pool = append(p.Pool, games.Config{Map: fmt.Sprintf("generated:%d", 11+i)})
	}
	return p
}

// TestAims: under each aim the search climbs; results are kept by game; under an
// aim other than the mean games are sought, and all that join are of the pool.
func TestAims(t *testing.T) {
	for _, aim := range []string{evolve.AimMean, evolve.AimCVaR, evolve.AimWorstMap} {
		result, err := evolve.Run(t.Context(), aimed(2, aim, &memory{kept: map[string][]byte{}}, recorder{}))
		if err != nil {
			t.Fatal(err)
		}
		if result.Matches > 6000 {
			t.Errorf("%s: %d matches of 6000", aim, result.Matches)
		}
		if q := quality(result.Champion); q < 3 {
			t.Errorf("%s: champion of quality %v:\n%s", aim, q, result.Champion.Source)
		}
		champion := result.Archive.Members[len(result.Archive.Members)-1]
		if len(champion.Games) < 4 {
			t.Errorf("%s: results of %d games are kept", aim, len(champion.Games))
		}
		if more := len(result.Training) - 4; aim == evolve.AimMean && more != 0 || more > 4 {
			t.Errorf("%s: %d games joined", aim, more)
		}
		for _, c := range result.Training[4:] {
			if n := len(c.Map) - len("generated:"); n != 2 {
				t.Errorf("%s: %s joined", aim, c.Map)
			}
		}
	}
}

// TestAimInterrupted: a search with an aim, a curriculum and islands is the same
// after interruptions.
func TestAimInterrupted(t *testing.T) {
	endsAlike(t, 6, 4, func(ctx context.Context, m *memory, r recorder) (*evolve.Result, error) {
		p := aimed(3, evolve.AimWorstMap, m, r)
		p.Curriculum, p.Islands, p.Epoch = true, 2, 1
		p.Budget = job.NewBudget(3500, 0)
		return evolve.Run(ctx, p)
	})
}

// TestLocalIslands: trees migrate, are played by the island that they come to, and
// one champion is left.
func TestLocalIslands(t *testing.T) {
	p := localParams(4, &memory{kept: map[string][]byte{}}, recorder{})
	p.Islands, p.Epoch = 3, 2
	result, err := evolve.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	migrants := 0
	for _, e := range result.Entries {
		if len(e.How) == 1 && strings.HasPrefix(e.How[0], "migrated from island ") && e.Fate != evolve.Repeated {
			migrants++
		}
	}
	if migrants == 0 || result.Matches > 6000 || quality(result.Champion) < 3 {
		t.Errorf("%d migrants were played, %d matches, champion of quality %v", migrants, result.Matches, quality(result.Champion))
	}
}

// TestWithout: a part that is left out has no effect on the run.
func TestWithout(t *testing.T) {
	for _, part := range []string{evolve.PartArchive, evolve.PartLibrary, evolve.PartTraces} {
		p := localParams(1, &memory{kept: map[string][]byte{}}, recorder{})
		p.Without, p.Budget = []string{part}, job.NewBudget(3000, 0)
		result, err := evolve.Run(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		has := func(pass func(*evolve.Entry) bool) bool { return slices.ContainsFunc(result.Entries, pass) }
		if got := has(func(e *evolve.Entry) bool { return e.Like != "" }); got != (part != evolve.PartTraces) {
			t.Errorf("without %s: a tree acts alike: %v", part, got)
		}
		if got := has(func(e *evolve.Entry) bool {
			return slices.ContainsFunc(e.How, func(how string) bool { return strings.Contains(how, "of the library") })
		}); got != (part != evolve.PartLibrary) {
			t.Errorf("without %s: the library is used: %v", part, got)
		}
		played := 0
		for i := range result.Archive.Payoff {
			for _, tally := range result.Archive.Payoff[i] {
				played += tally.Games
			}
		}
		if (played > 0) != (part != evolve.PartArchive) {
			t.Errorf("without %s: %d matches in the payoff matrix", part, played)
		}
	}
}

// TestIID: every candidate is drawn anew.
func TestIID(t *testing.T) {
	p := localParams(1, &memory{kept: map[string][]byte{}}, recorder{})
	p.Search, p.Proposer, p.Budget = evolve.SearchIID, evolve.IID(checker), job.NewBudget(2000, 0)
	result, err := evolve.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range result.Entries {
		if e.Generation > 0 && len(e.How) > 0 && e.How[0] != "start anew" && e.Same == 0 {
			t.Errorf("%d.%d was made by %v", e.Generation, e.Slot, e.How)
		}
	}
}

// TestResultsByGame: the results of an entry by game are those of its matches, and
// travel with it.
func TestResultsByGame(t *testing.T) {
	r := recorder{}
	result, err := evolve.Run(t.Context(), aimed(2, evolve.AimMean, &memory{kept: map[string][]byte{}}, r))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range result.Entries {
		if e.Fate != evolve.Screened || e.Screen.Pairs() == 0 {
			continue
		}
		var kept evolve.Entry
		if err := json.Unmarshal([]byte(r[fmt.Sprintf("%d.%d", e.Generation, e.Slot)]), &kept); err != nil {
			t.Fatal(err)
		}
		total := 0
		for game, tally := range e.Games {
			total += tally.Games
			if kept.Games[game] != tally && e.Screen == kept.Screen {
				t.Errorf("%d.%d on %s: %v, kept %v", e.Generation, e.Slot, game, tally, kept.Games[game])
			}
		}
		if total < e.Screen.Pairs() || total > 2*e.Screen.Pairs() {
			t.Errorf("%d.%d: %d matches by game, %d pairs", e.Generation, e.Slot, total, e.Screen.Pairs())
		}
	}
}
