package correct

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"dryad/dsl"
	"dryad/dsl/patch"
	"dryad/games"
	"dryad/policy"
	"dryad/replay"
	"dryad/vocab"
)

// Params say which tree is corrected, and by what.
type Params struct {
	// Checker judges the policies of the replay's game.
	Checker *policy.Checker
	// Replay is the record, and Seat whose commands in it are right.
	Replay *replay.Replay
	Seat   games.Seat
	// Source is the tree to be corrected, and Name where it was read from.
	Source, Name string
	// Patches is how many are looked for; 0 for 3.
	Patches int
	// Score, if any, plays matches with a tree before and after a patch. A patch
	// whose interval of the difference lies below zero is not kept, unless Anyway
	// is set.
	Anyway bool
	Score  func(ctx context.Context, before, after *policy.Policy) (Score, error)
}

// Share is how like the person's a tree's commands are, from 0 to 1, the mean
// over the ticks in which the seat acted.
type Share struct {
	Before float64 `json:"before"`
	After  float64 `json:"after"`
}

// Difference is a time in which the tree would have acted otherwise.
type Difference struct {
	From  int     `json:"from"` // the first tick
	To    int     `json:"to"`   // the tick after the last one
	Line  int     `json:"line"` // of the node that ran, in the tree's text
	Node  string  `json:"node"`
	Alike float64 `json:"alike"`
}

// Patch is one correction.
type Patch struct {
	// Instructions change the tree before into the tree after, as dryad policy
	// patch reads them.
	Instructions string `json:"instructions"`
	Condition    string `json:"condition"` // when the new branch runs
	Task         string `json:"task"`      // what it does
	Instead      string `json:"instead"`   // the node in front of which it stands
	Line         int    `json:"line"`      // of that node, in the tree before
	Ticks        int    `json:"ticks"`     // in which it changes what is done
	// Fitted is measured on the half of the time that the patch was found on,
	// Others on the other half.
	Fitted Share `json:"fitted"`
	Others Share `json:"others"`
	// Score compares the trees before and after in matches; nil if none was played.
	Score *Score `json:"score"`
	// Kept says that the tree is more like the person on the other half, too, and
	// does not lose by it.
	Kept bool `json:"kept"`
	// Source is the tree after the patch.
	Source string `json:"-"`
}

// Result is what came of it.
type Result struct {
	Ticks       int          `json:"ticks"` // in which the seat acted
	Share       Share        `json:"alike"` // over all of them, with the kept patches
	Differences []Difference `json:"differences"`
	Patches     []Patch      `json:"patches"`
	Source      string       `json:"source"` // with the kept patches
}

// tried is how many candidates of a round are built and measured, of the best
// estimated ones, those that the checker takes.
const tried, estimated = 24, 10 * tried

// fitting is how many tests of an option are built in front of one node.
const fitting = 2

// paired is how many movements and how many other tasks are joined in pairs.
const paired = 6

// leastGain is by how much the mean likeness of a half must rise.
const leastGain = 0.001

// Tree corrects a tree. The result is the same for the same parameters. The error
// says that the replay cannot be executed, or that there is nothing to compare.
func Tree(ctx context.Context, p Params) (*Result, error) {
	if p.Patches <= 0 {
		p.Patches = 3
	}
	for _, f := range p.Replay.Forfeits {
		if f.Seat == p.Seat {
			return nil, fmt.Errorf("seat %d was forfeited at tick %d: %s", f.Seat, f.Tick, f.Text)
		}
	}
	now, faults := p.Checker.Parse(p.Name, p.Source)
	if now == nil {
		return nil, faults.Err()
	}
	// What single tasks do in the person's states, and what the person saw, is
	// found out once.
	alone, seen, err := survey(ctx, &p, now)
	if err != nil {
		return nil, err
	}
	result := &Result{Source: p.Source}
	half := halves(p.Checker.Vocabulary(), seen.acted)
	for round := 0; ; round++ {
		t := &thinker{policy: now, traced: true}
		if err := (&beside{p: &p, thinkers: []*thinker{t}}).run(ctx); err != nil {
			return nil, err
		}
		result.Share.After = mean(t.like, seen.acted)
		if round == 0 {
			for _, acted := range seen.acted {
				if acted {
					result.Ticks++
				}
			}
			if result.Ticks == 0 {
				return nil, errors.New("the seat never acted: there is nothing to compare")
			}
			result.Share.Before = result.Share.After
			result.Differences = differences(p.Checker.Vocabulary(), t, seen.acted)
		}
		if round == p.Patches {
			return result, nil
		}
		best, err := improve(ctx, &p, t, alone, seen, half)
		if err != nil {
			return nil, err
		}
		if best == nil {
			return result, nil
		}
		if best.patch.Kept && p.Score != nil {
			score, err := p.Score(ctx, now, best.policy)
			if err != nil {
				return nil, err
			}
			best.patch.Score = &score
			best.patch.Kept = p.Anyway || score.N == 0 || score.Interval.High >= 0
		}
		result.Patches = append(result.Patches, best.patch)
		if best.patch.Kept {
			now, result.Source = best.policy, best.patch.Source
			continue
		}
		// What was no good in this place is not tried in another.
		alone = slices.DeleteFunc(alone, func(o *option) bool { return o == best.guess.option })
	}
}

// survey lets every task think beside the record by itself, and pairs of a
// movement and another task, those that are most like the person where the tree
// is not.
func survey(ctx context.Context, p *Params, now *policy.Policy) ([]*option, *record, error) {
	v := p.Checker.Runnable()
	tree := &thinker{policy: now}
	var singles []*option
	b := &beside{p: p, observes: true, thinkers: []*thinker{tree}}
	for _, n := range tasks(v) {
		if o := newOption(p, n); o != nil {
			singles = append(singles, o)
			b.thinkers = append(b.thinkers, o.thinker)
		}
	}
	if err := b.run(ctx); err != nil {
		return nil, nil, err
	}
	gain := func(o *option) float64 {
		sum := 0.0
		for tick, acted := range b.record.acted {
			if acted && !o.thinker.failed[tick] {
				sum += max(0, o.thinker.like[tick]-tree.like[tick])
			}
		}
		return sum
	}
	var movers, others []*option
	for _, o := range singles {
		o.gain = gain(o)
		if mover(v, o.node) {
			movers = append(movers, o)
		} else {
			others = append(others, o)
		}
	}
	for _, list := range [][]*option{movers, others} {
		sort.SliceStable(list, func(i, j int) bool { return list[i].gain > list[j].gain })
	}
	pairs := &beside{p: p}
	options := singles
	for _, m := range movers[:min(paired, len(movers))] {
		for _, o := range others[:min(paired, len(others))] {
			if x := newOption(p, dsl.Composed(dsl.Parallel, "", o.node.Clone(), m.node.Clone())); x != nil {
				options = append(options, x)
				pairs.thinkers = append(pairs.thinkers, x.thinker)
			}
		}
	}
	if len(pairs.thinkers) > 0 {
		if err := pairs.run(ctx); err != nil {
			return nil, nil, err
		}
	}
	return distinct(options), &b.record, nil
}

// distinct leaves out options that did the same as an earlier one in every tick.
func distinct(options []*option) []*option {
	seen := map[string]bool{}
	return slices.DeleteFunc(options, func(o *option) bool {
		did := fmt.Sprint(o.thinker.like, o.thinker.failed)
		again := seen[did]
		seen[did] = true
		return again
	})
}

// option is something to do in place of what the tree did.
type option struct {
	node    *dsl.Node
	thinker *thinker
	gain    float64
}

// newOption makes an option; nil for one that the game's checker does not take
// as a whole tree.
func newOption(p *Params, n *dsl.Node) *option {
	file := &dsl.File{Policy: dsl.Policy{Name: "option", Game: p.Replay.Game}, Trees: []*dsl.Tree{{Name: "main", Root: n}}}
	tree, faults := p.Checker.Parse("option", dsl.Format(file))
	if tree == nil || len(faults.Without(dsl.Hint)) > 0 {
		return nil
	}
	return &option{node: n, thinker: &thinker{policy: tree}}
}

// halves divides the ticks in which the seat acted by turns of some seconds: true
// for those that patches are fitted on.
func halves(v *vocab.Vocabulary, acted []bool) []bool {
	block := 2 * v.TicksPerSecond
	if block == 0 {
		block = 1 // a turn
	}
	fitted := make([]bool, len(acted))
	for tick := range fitted {
		fitted[tick] = tick/block%2 == 0
	}
	return fitted
}

// mean returns the mean likeness over the ticks that count.
func mean(like []float64, counts []bool) float64 {
	sum, n := 0.0, 0
	for tick, c := range counts {
		if c {
			sum += like[tick]
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// both joins two conditions over ticks; with not the second one's opposite.
func both(a, b []bool, not bool) []bool {
	c := make([]bool, len(a))
	for i := range a {
		c[i] = a[i] && b[i] != not
	}
	return c
}

// guess is a candidate: a branch in front of a node.
type guess struct {
	line   int
	test   *test
	option *option
	gain   float64
	ticks  int
}

// improve finds the patch that makes a tree most like the person in the fitted
// half, and measures it on the other half; nil if none raises the fitted half.
// A patch that raises both halves goes before one that does not. Where the best
// one stands, what it does is tried under more conditions.
func improve(ctx context.Context, p *Params, t *thinker, options []*option, seen *record, half []bool) (*made, error) {
	number, list := lines(t.policy.File)
	fitted, others := both(seen.acted, half, false), both(seen.acted, half, true)
	ran := t.ran(number)
	for i, n := range list {
		if !places(n) {
			ran[i] = make([]bool, len(ran[i]))
		}
	}
	asked := tests(p.Checker.Runnable(), seen, fitted)
	var best *made
	for _, guesses := range []func() []guess{
		func() []guess { return estimate(ran, t.like, options, asked, fitted) },
		func() []guess {
			if best == nil {
				return nil
			}
			return top(under(asked, best.guess.line, best.guess.option, ran, t.like, fitted), estimated)
		},
	} {
		found, err := build(ctx, p, t.policy, guesses())
		if err != nil {
			return nil, err
		}
		for i := range found {
			x := &found[i]
			line := list[x.guess.line]
			x.patch = Patch{
				Instructions: patch.Diff(t.policy.File, x.policy.File), Condition: x.guess.test.text, Task: text(x.guess.option.node), Instead: text(line), Line: line.Range.Start.Line, Ticks: x.guess.ticks,
				Fitted: Share{mean(t.like, fitted), mean(x.like, fitted)}, Others: Share{mean(t.like, others), mean(x.like, others)}, Source: x.policy.Source,
			}
			x.patch.Kept = x.patch.Others.After > x.patch.Others.Before+leastGain
			if x.patch.Fitted.After > x.patch.Fitted.Before+leastGain && (best == nil || x.patch.better(&best.patch)) {
				best = x
			}
		}
	}
	return best, nil
}

// better reports whether one patch goes before another.
func (x *Patch) better(y *Patch) bool {
	if x.Kept != y.Kept {
		return x.Kept
	}
	return x.Fitted.After > y.Fitted.After
}

// made is a guess that was built and has thought beside the record.
type made struct {
	guess guess
	*thinker
	patch Patch
}

// build makes trees of guesses, the first that the checker takes, and lets them
// think beside the record.
func build(ctx context.Context, p *Params, from *policy.Policy, guesses []guess) ([]made, error) {
	var list []made
	b := &beside{p: p}
	for _, g := range guesses {
		if len(list) == tried {
			break
		}
		if changed := apply(p, from, g); changed != nil {
			x := &thinker{policy: changed}
			b.thinkers = append(b.thinkers, x)
			list = append(list, made{guess: g, thinker: x})
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	return list, b.run(ctx)
}

// under guesses what an option is worth in front of a node under each test, those
// only that promise something.
func under(tests []test, line int, o *option, ran [][]bool, like []float64, fitted []bool) []guess {
	var list []guess
	for k := range tests {
		g := guess{line: line, test: &tests[k], option: o}
		for tick, r := range ran[line] {
			// Where the option fails, the tree goes on to what it did before.
			if r && fitted[tick] && tests[k].holds[tick] && !o.thinker.failed[tick] {
				g.gain += o.thinker.like[tick] - like[tick]
				g.ticks++
			}
		}
		if g.gain > 0 {
			list = append(list, g)
		}
	}
	return list
}

// estimate returns the branches that promise most, the best first, by what the
// options did in the ticks in which the node was reached and the test holds. Each
// option has in front of each node the few tests that suit it best. Of
// two nodes that promise the same the one deeper in the tree comes first.
func estimate(ran [][]bool, like []float64, options []*option, tests []test, fitted []bool) []guess {
	var all []guess
	for line := len(ran) - 1; line >= 0; line-- {
		if !slices.Contains(both(ran[line], fitted, false), true) {
			continue
		}
		for _, o := range options {
			all = append(all, top(under(tests, line, o, ran, like, fitted), fitting)...)
		}
		all = top(all, estimated)
	}
	return all
}

// top returns the best guesses, of those with equal gain the earlier.
func top(list []guess, count int) []guess {
	sort.SliceStable(list, func(i, j int) bool { return list[i].gain > list[j].gain })
	return list[:min(count, len(list))]
}

// apply puts a branch in front of a node; nil when the checker does not take the
// tree.
func apply(p *Params, from *policy.Policy, g guess) *policy.Policy {
	warnings := len(from.Faults.Without(dsl.Hint))
	changed := from.File.Clone()
	_, list := lines(changed)
	n := list[g.line]
	branch := dsl.Composed(dsl.Sequence, "", dsl.Test(g.test.text), g.option.node.Clone())
	if above, i := parent(list, n); above != nil && above.Kind == dsl.Selector && !above.Memory {
		above.Children = slices.Insert(above.Children, i, branch)
	} else if n.Kind == dsl.Selector && !n.Memory {
		n.Children = slices.Insert(n.Children, 0, branch)
	} else {
		before := *n
		*n = *dsl.Composed(dsl.Selector, "", branch, &before)
	}
	tree, faults := p.Checker.Parse(p.Name, dsl.Format(changed))
	if tree == nil || len(faults.Without(dsl.Hint)) > warnings {
		return nil
	}
	return tree
}

// parent returns the node above one, and the place below it; nil for a root.
func parent(list []*dsl.Node, n *dsl.Node) (above *dsl.Node, place int) {
	for _, a := range list {
		if i := slices.Index(a.Children, n); i >= 0 {
			return a, i
		}
	}
	return nil, 0
}

// places reports whether a branch may be put in front of a node.
func places(n *dsl.Node) bool {
	switch n.Kind.Class() {
	case dsl.Composite, dsl.Decorator:
		return true
	}
	return n.Kind == dsl.Task || n.Kind == dsl.Net || n.Kind == dsl.Call || n.Kind == dsl.Lua
}
