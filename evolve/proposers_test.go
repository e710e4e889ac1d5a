package evolve_test

import (
	"context"
	"fmt"
	"testing"

	"dryad/catalog"
	"dryad/evolve"
	"dryad/games"
	"dryad/match"
	"dryad/policy"
)

// written lets the embedded proposer write trees for a game: a chain of
// generations, each of which grows from what the last one left. Every one of
// them must be a policy.
func written(t *testing.T, checker *policy.Checker, start string, count int) []*policy.Policy {
	t.Helper()
	proposer := evolve.Genetic(checker)
	first := evolve.ReadEntry(checker, start)
	if first.Policy() == nil {
		t.Fatalf("the start is faulty: %v", first.Faults)
	}
	parents := []*evolve.Entry{first}
	var all []*policy.Policy
	for k := range count {
		proposal, err := proposer.Propose(context.Background(), evolve.Request{
			Slot: k, Seed: games.Mix(7, uint64(k)), Champion: parents[0], Parents: parents,
		})
		if err != nil {
			t.Fatal(err)
		}
		e := evolve.ReadEntry(checker, proposal.Source)
		if e.Policy() == nil {
			t.Fatalf("tree %d is faulty: %v\n%s", k, e.Faults, proposal.Source)
		}
		all = append(all, e.Policy())
		if parents = append([]*evolve.Entry{e}, parents...); len(parents) > 4 {
			parents = parents[:4]
		}
	}
	return all
}

// TestProposalsRun: what the embedded proposer writes can be played, in every
// game of the catalogue and in the named games of the arena.
func TestProposalsRun(t *testing.T) {
	const trees = 500
	for _, name := range catalog.Names() {
		if name == "vizdoom" { // its words are the arena's, and its matches need an engine
			continue
		}
		t.Run(name, func(t *testing.T) {
			row, err := catalog.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			start := row.Start
			if start == "" {
				start = fmt.Sprintf("tree main:\n  task: %s\n", row.Game().Vocabulary().Tasks[0].Name)
			}
			all := written(t, row.Checker(catalog.Networks{}), start, trees)
			if row.Definitions != nil {
				playCatalogue(t, row, all)
			}
		})
	}
}

// playCatalogue plays the first ticks of fifty named games of a row, each with trees of its own on the sides. The games of a map lie side by side,
// so that ten maps are enough.
func playCatalogue(t *testing.T, row *catalog.Row, trees []*policy.Policy) {
	const definitions, ofMap, ticks = 50, 5, 12
	all := row.Definitions()
	for k := range definitions {
		d := all[k/ofMap*ofMap*43+k%ofMap]
		var sides []match.Entrant
		for _, p := range trees[k*len(trees)/definitions:][:len(trees)/definitions] {
			sides = append(sides, match.Tree(p))
		}
		config := d.Config
		config.Ticks = ticks
		o, err := match.Run(t.Context(), match.Params{Game: row.Game(), Config: config, Seed: uint64(k), Sides: sides})
		if err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
		if len(o.Forfeits) > 0 {
			t.Errorf("%s: %s", d.Name, o.Forfeits[0].Text)
		}
	}
}
