package scenario

import (
	"math/rand/v2"
	"slices"

	"dryad/bt"
	"dryad/dsl"
	"dryad/policy"
)

// The bounds of the search for scenarios.
const (
	draftTries    = 8000 // scenarios tried for the branches
	draftPatience = 2000 // tries in a row without a new branch
	draftPhases   = 3    // most ticks' steps in a scenario
	draftEase     = 300  // tries before scenarios have one more of them
)

// Draft writes scenarios for a policy that the checker finds no error in. What the
// agent reads and what its tasks answer is drawn from the seed; a draw that
// takes a branch which none took before, or notices a mutant that none noticed,
// is kept, without the steps that it can do without. The scenarios state what
// the policy does now: they pass, they notice when that changes, and whether it
// is right is for the author to say. The text is the same for the same seed.
func Draft(file *dsl.File, checker *policy.Checker, seed uint64) (string, dsl.Diagnostics) {
	words := checker.Vocabulary()
	unit, faults := compiled(file, checker)
	if !faults.OK() {
		return "", faults
	}
	d := &drafter{
		runner: runner{file: file, words: words, unit: unit, seen: make([]coverage, unit.Program.Nodes())},
		random: rand.New(rand.NewPCG(seed, 0)),
		have:   make([]coverage, unit.Program.Nodes()),
	}
	d.targets = make([]string, unit.Program.Nodes())
	for i := range d.targets {
		if n := unit.Program.Node(i); leaf(n) {
			d.targets[i] = d.target(n.Path)
		}
	}
	d.collect()
	d.search()
	d.prune()
	d.notice(Mutants(file, checker), checker)
	return d.text(), nil
}

// drafter searches for scenarios.
type drafter struct {
	runner
	random   *rand.Rand
	settings [][]step // what may be set, by reading, chooser or task
	waits    []int    // numbers of ticks
	targets  []string // what means each leaf
	have     []coverage
	kept     []*draft
}

// draft is a scenario that was kept, and what it was kept for.
type draft struct {
	steps []step
	saw   []coverage
	about string
}

// search keeps every drawn scenario that takes a new branch.
func (d *drafter) search() {
	idle := 0
	for try := 0; try < draftTries && idle < draftPatience && len(d.kept) < maxScenarios; try++ {
		steps := d.draw(try)
		saw := d.watch(steps)
		gains := d.gains(saw)
		if len(gains) == 0 {
			idle++
			continue
		}
		idle = 0
		steps = d.reduce(steps, gains)
		saw = d.watch(steps)
		d.kept = append(d.kept, &draft{steps, saw, d.about(gains)})
		for i := range saw {
			d.have[i].join(saw[i])
		}
	}
}

// draw returns a scenario: the first sets nothing, later ones set ever more.
func (d *drafter) draw(try int) []step {
	var steps []step
	for range 1 + d.random.IntN(min(draftPhases, 1+try/draftEase)) {
		for _, group := range d.settings {
			if try > 0 && len(group) > 0 && d.random.IntN(3) == 0 {
				steps = append(steps, group[d.random.IntN(len(group))])
			}
		}
		steps = append(steps, step{verb: tick, count: d.waits[d.random.IntN(len(d.waits))]})
		if try == 0 {
			break
		}
	}
	return steps
}

// watch runs steps and returns what they saw of every node.
func (d *drafter) watch(steps []step) []coverage {
	clear(d.seen)
	d.scenario(&Scenario{steps: steps})
	return slices.Clone(d.seen)
}

// branch is one of the three things that a scenario can see of a node.
type branch struct {
	node int
	what bt.Status // Success or Failure of a condition, Idle for a node reached
}

// gains returns the branches that were seen and are not had yet.
func (d *drafter) gains(saw []coverage) []branch {
	var out []branch
	for i, s := range saw {
		have := d.have[i]
		if s.reached && !have.reached {
			out = append(out, branch{i, bt.Idle})
		}
		if d.unit.Program.Node(i).Kind != bt.KindCondition {
			continue
		}
		if s.succeeded && !have.succeeded {
			out = append(out, branch{i, bt.Success})
		}
		if s.failed && !have.failed {
			out = append(out, branch{i, bt.Failure})
		}
	}
	return out
}

// reduce leaves out the steps, and the waiting, without which the branches are
// taken all the same.
func (d *drafter) reduce(steps []step, gains []branch) []step {
	return shorten(steps, func(steps []step) bool {
		saw := d.watch(steps)
		return !slices.ContainsFunc(gains, func(b branch) bool {
			s := saw[b.node]
			return b.what == bt.Idle && !s.reached || b.what == bt.Success && !s.succeeded || b.what == bt.Failure && !s.failed
		})
	})
}

// shorten leaves out every step without which the rest is still enough, and
// waits for one tick where one is enough.
func shorten(steps []step, enough func([]step) bool) []step {
	for at := len(steps) - 1; at >= 0; at-- {
		if shorter := slices.Delete(slices.Clone(steps), at, at+1); enough(shorter) {
			steps = shorter
			continue
		}
		if steps[at].verb == tick && steps[at].count > 1 {
			once := slices.Clone(steps)
			if once[at].count = 1; enough(once) {
				steps = once
			}
		}
	}
	return steps
}

// prune leaves out the scenarios all of whose branches others take.
func (d *drafter) prune() {
	for at := len(d.kept) - 1; at >= 0; at-- {
		clear(d.have)
		for i, k := range d.kept {
			if i == at {
				continue
			}
			for n := range k.saw {
				d.have[n].join(k.saw[n])
			}
		}
		if len(d.gains(d.kept[at].saw)) == 0 {
			d.kept = slices.Delete(d.kept, at, at+1)
		}
	}
}

// join adds what another scenario saw of the node.
func (c *coverage) join(other coverage) {
	c.reached = c.reached || other.reached
	c.succeeded = c.succeeded || other.succeeded
	c.failed = c.failed || other.failed
}
