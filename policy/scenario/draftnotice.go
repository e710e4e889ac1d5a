package scenario

import (
	"slices"

	"dryad/policy"
)

// draftRuns is how many runs of mutants the search may take in a row without a
// new one noticed.
const draftRuns = 8000

// notice keeps drawn scenarios that notice a mutant which none noticed yet.
// Which mutants do the same as the policy is not known, so the search ends when
// it found nothing for long.
func (d *drafter) notice(mutants []Mutant, checker *policy.Checker) {
	type suspect struct {
		runner *runner
		change string
	}
	var left []suspect
	for _, m := range mutants {
		unit, faults := compiled(m.File, checker)
		if !faults.OK() {
			continue
		}
		r := &runner{file: m.File, words: d.words, unit: unit, seen: make([]coverage, unit.Program.Nodes()), mutant: true}
		if !slices.ContainsFunc(d.kept, func(k *draft) bool { return notices(r, d.stated(k.steps)) }) {
			left = append(left, suspect{r, m.Change})
		}
	}
	runs := 0
	for try := 1; len(left) > 0 && runs < draftRuns && len(d.kept) < maxScenarios; try++ {
		steps := d.draw(try)
		stated := d.stated(steps)
		runs += len(left)
		at := slices.IndexFunc(left, func(s suspect) bool { return notices(s.runner, stated) })
		if at < 0 {
			continue
		}
		runs = 0
		found := left[at]
		steps = shorten(steps, func(steps []step) bool { return notices(found.runner, d.stated(steps)) })
		stated = d.stated(steps)
		d.kept = append(d.kept, &draft{steps: steps, about: "not " + found.change})
		left = slices.DeleteFunc(left, func(s suspect) bool { return notices(s.runner, stated) })
	}
}

// stated returns the scenario that says what the policy does in the steps.
func (d *drafter) stated(steps []step) *Scenario {
	suite, faults := Read("", d.written("drafted", steps))
	if !faults.OK() {
		panic(faults.Err()) // what the package wrote itself
	}
	return &suite.Scenarios[0]
}

// notices reports whether a mutant fails a scenario that the policy passes.
func notices(mutant *runner, s *Scenario) bool { return !mutant.scenario(s).OK }
