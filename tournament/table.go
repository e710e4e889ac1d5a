package tournament

import (
	"context"
	"fmt"
	"sort"

	"dryad/job"
	"dryad/rating"
	"dryad/store"
)

// Result is the table of a tournament.
type Result struct {
	// Stopped says why the tournament ended.
	Stopped job.Stop `json:"stopped"`
	// Matches is the number of matches that are counted, Planned that of all.
	Matches int `json:"matches"`
	Planned int `json:"planned"`
	// Void is the number of matches that were played and say nothing, because
	// something around a player failed.
	Void int `json:"void"`
	// Bootstrap is the number of resamples that the intervals of ratings come from; 0
	// for those of the observed information.
	Bootstrap int `json:"bootstrap,omitempty"`
	// Test is the state of the sequential test, if there is one.
	Test *TestResult `json:"test,omitempty"`
	// Table has a row for each policy, the best first.
	Table []Row `json:"table"`
	// Ratings are those of the system that was asked for beside Elo, if any.
	Ratings *Ratings `json:"ratings,omitempty"`
	// Payoff has the mean score of each row's policy against each column's,
	// both in the order of the table; one half on the diagonal and where
	// nothing was played.
	Payoff [][]float64 `json:"payoff"`
	// Pairs are the same figures with their intervals, each two policies once,
	// the better one first.
	Pairs []Pairing `json:"pairs"`
	// Maps counts the matches on each map, in the order of the schedule.
	Maps []MapCount `json:"maps"`
	// Rounds are those of a Swiss tournament or a knock-out, and Standing the
	// competitors in the order that these rounds give.
	Rounds   []RoundResult `json:"rounds,omitempty"`
	Standing []Standing    `json:"standing,omitempty"`
	// Forfeits counts the seats taken out of matches, by policy and class.
	Forfeits []ForfeitCount `json:"forfeits,omitempty"`
}

// Row is the standing of one policy.
type Row struct {
	Policy string `json:"policy"`
	Hash   string `json:"hash,omitempty"`
	// Rating is in Elo points, the mean of all policies being 0, with the
	// interval of 95 %.
	Rating float64 `json:"rating"`
	CILow  float64 `json:"ci_low"`
	CIHigh float64 `json:"ci_high"`
	rating.Record
	// WinRate is the mean score, draws counting one half, with its interval.
	WinRate     float64 `json:"win_rate"`
	WinRateLow  float64 `json:"win_rate_low"`
	WinRateHigh float64 `json:"win_rate_high"`
}

// Pairing is the record of one policy against another.
type Pairing struct {
	Policy   string `json:"policy"`
	Opponent string `json:"opponent"`
	Matches  int    `json:"matches"`
	rating.Record
	WinRate float64 `json:"win_rate"`
	CILow   float64 `json:"ci_low"`
	CIHigh  float64 `json:"ci_high"`
}

// MapCount is the number of matches on a map.
type MapCount struct {
	Map     string `json:"map"`
	Matches int    `json:"matches"`
}

// ForfeitCount is the number of seats that a policy lost.
type ForfeitCount struct {
	Policy string `json:"policy"`
	Class  string `json:"class"`
	Count  int    `json:"count"`
}

// confidence is that of every interval.
const confidence = 0.95

// tally is what is counted before it is rated.
type tally struct {
	payoff *rating.Payoff
	sides  int
	pairs  map[[2]int]rating.Multinomial // i < j, as i sees it
	all    []rating.Multinomial          // by competitor
	counts map[ForfeitCount]int
	maps   map[string]int
	ladder ladder // nil if the system needs only the payoff
	// groups are what a bootstrap and an equal weight of games need; nil for others.
	groups *rating.Groups
	log    resultLog
	// matches and void are the numbers of those that are counted and that are not.
	matches, void int
}

// newTally has counted nothing.
func (p *Params) newTally() (*tally, error) {
	n := len(p.Competitors)
	t := &tally{payoff: rating.NewPayoff(n), sides: p.Schedule.sides(), pairs: map[[2]int]rating.Multinomial{},
		all: make([]rating.Multinomial, n), counts: map[ForfeitCount]int{}, maps: map[string]int{}}
	for i := range t.all {
		t.all[i] = make(rating.Multinomial, 2*t.sides*(t.sides-1)+1)
	}
	if p.Bootstrap > 0 || p.Rating == Equal {
		t.groups = rating.NewGroups(n)
	}
	var err error
	t.ladder, err = p.Rating.newLadder(n)
	return t, err
}

// Tabulate reads the matches of a tournament from the store and rates the
// policies. Of an unfinished tournament it counts the whole groups up to the
// first missing match, so that the table does not depend on which match ended
// first; with a sequential test, those up to the pair that decides.
//
// Of a fixed schedule, Run leaves a snapshot of what was counted, so that a later
// table reads the matches after it alone.
func Tabulate(ctx context.Context, p Params) (*Result, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	return p.tabulate(ctx, false)
}

// tabulate makes the table; keep leaves a snapshot.
func (p *Params) tabulate(ctx context.Context, keep bool) (*Result, error) {
	t, err := p.newTally()
	if err != nil {
		return nil, err
	}
	var test *trial
	if p.Test != nil {
		if test, err = p.newTrial(); err != nil {
			return nil, err
		}
	}
	plan := p.newPlan()
	fixed := plan.scheme == nil && test == nil
	next := 0 // the match that is counted next; -1 after one that is missing
	switch {
	case fixed && t.ladder == nil && t.groups == nil:
		if next, err = t.restore(ctx, p); err == nil && next > 0 && keep {
			t.log, err = t.restoreLog(ctx, p, next)
		}
	case fixed && p.logged():
		next, err = t.replay(ctx, p, plan)
	}
	if err != nil {
		return nil, err
	}
	restored, counted := next, next
	var group []record
	err = p.readFrom(ctx, plan, next, func(_ store.MatchText, f Fixture, r record) error {
		if f.Index != next || test.decided() {
			next = -1
			return nil
		}
		next++
		if err := test.add(f.Index, r); err != nil {
			return err
		}
		if group = append(group, r); len(group) < len(f.Sides) {
			return nil
		}
		for i := range group {
			t.forfeits(p, &group[i])
		}
		err := t.add(f, group)
		group = group[:0]
		counted = next
		return err
	})
	if err != nil {
		return nil, err
	}
	if keep && fixed && counted-restored >= snapshotEvery {
		if err := t.keep(ctx, p, counted); err != nil {
			return nil, err
		}
	}
	result := &Result{Stopped: job.Finished, Planned: plan.total(), Matches: t.matches, Void: t.void}
	complete := plan.complete() && result.Matches+result.Void >= plan.known()
	if !complete && !test.decided() {
		result.Stopped = job.Interrupted
	}
	if test != nil {
		result.Test = test.result(complete)
	}
	result.Rounds, result.Standing = plan.progress()
	return result, t.rate(p, result)
}

// add counts a group of matches; one that says nothing is counted as such alone.
func (t *tally) add(f Fixture, group []record) error {
	for i := range group {
		if group[i].Void {
			t.void += len(group)
			for range group {
				t.log = append(t.log, logVoid)
			}
			return nil
		}
	}
	settle(group)
	if t.sides == 2 {
		return t.addTwo(f, group)
	}
	t.matches += len(group)
	points := map[[2]int]int{} // half points of the first against the second
	records := map[[2]int]rating.Record{}
	for i := range group {
		sides, places, err := group[i].standings()
		if err != nil {
			return err
		}
		for a, first := range sides {
			for b, second := range sides {
				if a == b {
					continue
				}
				o := outcomeOf(places[a], places[b])
				points[[2]int{first, second}] += int(o)
				if a < b {
					t.payoff.Add(first, second, o)
				}
				if t.groups != nil && first < second {
					record := records[[2]int{first, second}]
					record.Add(o)
					records[[2]int{first, second}] = record
				}
			}
		}
		if t.ladder != nil {
			if err := t.ladder.add(f.Round, sides, places); err != nil {
				return err
			}
		}
	}
	for _, first := range f.Sides {
		sum := 0
		for _, second := range f.Sides {
			if first == second {
				continue
			}
			sum += points[[2]int{first, second}]
			if first < second {
				key := [2]int{first, second}
				if t.pairs[key] == nil {
					t.pairs[key] = make(rating.Multinomial, 2*t.sides+1)
				}
				t.pairs[key][points[key]]++
			}
		}
		t.all[first][sum]++
	}
	if t.groups != nil {
		one := rating.Group{Game: f.Scenario}
		for pair, record := range records {
			one.Meetings = append(one.Meetings, rating.Meeting{Player: pair[0], Opponent: pair[1], Record: record})
		}
		t.groups.Add(one)
	}
	t.maps[f.Map] += len(group)
	return nil
}

// addTwo is add for a pair of matches that say something.
func (t *tally) addTwo(f Fixture, pair []record) error {
	var results [2]byte
	for i := range pair {
		o, err := pair[i].outcome()
		if err != nil {
			return err
		}
		results[i] = byte(o)
	}
	t.log = append(t.log, results[:]...)
	f.Sides = []int{pair[0].Home, pair[0].Away}
	return t.addPair(f, results[0], results[1])
}

func (t *tally) forfeits(p *Params, r *record) {
	sides := r.Sides
	if len(sides) == 0 {
		sides = []int{r.Home, r.Away}
	}
	for _, f := range r.Forfeits {
		t.counts[ForfeitCount{Policy: p.Competitors[sides[f.Side]].Record.Name, Class: f.Class}]++
	}
}

// rate fills in the table.
func (t *tally) rate(p *Params, result *Result) error {
	elo, err := rating.Elo(t.payoff, rating.EloParams{Prior: 1, Confidence: confidence})
	if err != nil {
		return fmt.Errorf("rate the policies: %w", err)
	}
	if p.Bootstrap > 0 && t.groups.Size() > 0 {
		result.Bootstrap = p.Bootstrap
		elo.Intervals, err = t.bootstrap(p, func(groups *rating.Groups) ([]float64, error) {
			again, err := rating.Elo(groups.Payoff(), rating.EloParams{Prior: 1})
			if err != nil {
				return nil, err
			}
			return again.Elo, nil
		})
		if err != nil {
			return fmt.Errorf("resample the groups: %w", err)
		}
	}
	order := make([]int, len(p.Competitors))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return elo.Elo[order[a]] > elo.Elo[order[b]] })
	if result.Ratings, err = t.further(p, order); err != nil {
		return fmt.Errorf("rate the policies: %w", err)
	}
	for _, i := range order {
		interval := t.all[i].Interval(confidence)
		result.Table = append(result.Table, Row{
			Policy: p.Competitors[i].Record.Name, Hash: p.Competitors[i].Record.Hash,
			Rating: elo.Elo[i], CILow: elo.Intervals[i].Low, CIHigh: elo.Intervals[i].High,
			Record: t.payoff.Total(i), WinRate: t.all[i].Score(), WinRateLow: interval.Low, WinRateHigh: interval.High,
		})
		scores := make([]float64, len(order))
		for c, j := range order {
			scores[c] = t.payoff.Record(i, j).Score()
		}
		result.Payoff = append(result.Payoff, scores)
	}
	for a, i := range order {
		for _, j := range order[a+1:] {
			result.Pairs = append(result.Pairs, t.pairing(p, i, j))
		}
	}
	for _, m := range p.Maps {
		result.Maps = append(result.Maps, MapCount{Map: m, Matches: t.maps[m]})
	}
	for c, n := range t.counts {
		c.Count = n
		result.Forfeits = append(result.Forfeits, c)
	}
	sort.Slice(result.Forfeits, func(a, b int) bool {
		x, y := result.Forfeits[a], result.Forfeits[b]
		return x.Policy < y.Policy || x.Policy == y.Policy && x.Class < y.Class
	})
	return nil
}

// pairing is the record of i against j.
func (t *tally) pairing(p *Params, i, j int) Pairing {
	r := t.payoff.Record(i, j)
	out := Pairing{Policy: p.Competitors[i].Record.Name, Opponent: p.Competitors[j].Record.Name, Matches: r.Games(), Record: r, WinRate: r.Score()}
	interval := rating.Interval{Low: 0, High: 1}
	if n := t.pairs[[2]int{min(i, j), max(i, j)}]; n != nil {
		interval = n.Interval(confidence)
		if i > j {
			interval = rating.Interval{Low: 1 - interval.High, High: 1 - interval.Low}
		}
	}
	out.CILow, out.CIHigh = interval.Low, interval.High
	return out
}
