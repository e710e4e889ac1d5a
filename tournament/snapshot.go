package tournament

import (
	"context"
	"encoding/json"
	"slices"

	"dryad/rating"
	"dryad/store"
)

// snapshotEvery is how many matches a table must have read for a snapshot of what it
// has counted.
const snapshotEvery = 10_000

// snapshotName is that of the snapshot of a table; its form is part of it.
const snapshotName = "table-1"

// logName is that of the snapshot of all results, from which ratings are made that
// need more than the table's counts.
const logName = "results-1"

// resultLog has a byte for each match in the order of a fixed schedule of two sides:
// the outcome as home sees it, after pairs were settled, or logVoid.
type resultLog []byte

// logVoid is a match of a group that says nothing.
const logVoid = 3

// logged reports whether results are kept beside the table's snapshot.
func (p *Params) logged() bool {
	return p.Schedule.fixed() && p.Schedule.sides() == 2 && p.Test == nil && len(p.Portfolios) == 0
}

// restoreLog takes up the results before an index; nil where there are none.
func (t *tally) restoreLog(ctx context.Context, p *Params, before int) (resultLog, error) {
	shot, ok, err := p.Store.SnapshotOf(ctx, p.ID, logName)
	if err != nil || !ok || shot.Rows != before {
		return nil, err
	}
	log := resultLog(shot.Data)
	if len(log) != before {
		return nil, nil
	}
	for _, result := range log {
		if result > logVoid {
			return nil, nil
		}
	}
	return log, nil
}

// replay counts the matches that both snapshots hold again, for ratings that need each
// of them, and returns the index of the first match that they do not hold.
func (t *tally) replay(ctx context.Context, p *Params, pl *plan) (next int, err error) {
	shot := *t
	if err := p.emptied(&shot); err != nil {
		return 0, err
	}
	if next, err = shot.restore(ctx, p); err != nil || next == 0 || next > pl.known() {
		return 0, err
	}
	log, err := t.restoreLog(ctx, p, next)
	if log == nil || err != nil {
		return 0, err
	}
	for index := 0; index+1 < len(log); index += 2 {
		if err := t.addPair(pl.fixture(index), log[index], log[index+1]); err != nil {
			return 0, err
		}
	}
	t.counts = shot.counts
	return next, nil
}

// addPair is add for a pair of matches of which the first is a fixture; results are as
// each one's home sees them.
func (t *tally) addPair(f Fixture, first, second byte) error {
	if first == logVoid || second == logVoid {
		t.void += 2
		return nil
	}
	i, j := f.Sides[0], f.Sides[1]
	one, two := rating.Outcome(first), rating.Outcome(second)
	t.matches += 2
	t.payoff.Add(i, j, one)
	t.payoff.Add(j, i, two)
	if t.ladder != nil {
		if err := t.ladder.add(f.Round, []int{i, j}, placesOf(one)); err != nil {
			return err
		}
		if err := t.ladder.add(f.Round, []int{j, i}, placesOf(two)); err != nil {
			return err
		}
	}
	points := int(one) + int(two.Reversed()) // half points of i
	t.all[i][points]++
	t.all[j][4-points]++
	var record rating.Record
	record.Add(one)
	record.Add(two.Reversed())
	if i > j {
		i, j, points, record = j, i, 4-points, record.Reversed()
	}
	key := [2]int{i, j}
	if t.pairs[key] == nil {
		t.pairs[key] = make(rating.Multinomial, 5)
	}
	t.pairs[key][points]++
	if t.groups != nil {
		t.groups.Add(rating.Group{Game: f.Scenario, Meetings: []rating.Meeting{{Player: i, Opponent: j, Record: record}}})
	}
	t.maps[f.Map] += 2
	return nil
}

// placesOf are the places of two sides.
func placesOf(o rating.Outcome) []int {
	switch o {
	case rating.Win:
		return []int{0, 1}
	case rating.Loss:
		return []int{1, 0}
	}
	return []int{0, 0}
}

// emptied makes a tally one that has counted nothing.
func (p *Params) emptied(t *tally) error {
	fresh, err := p.newTally()
	if err == nil {
		*t = *fresh
	}
	return err
}

// counted is what a snapshot holds.
type counted struct {
	Matches  int                        `json:"matches"`
	Void     int                        `json:"void"`
	Policies []string                   `json:"policies"`
	Seed     uint64                     `json:"seed"`
	Payoff   [][]rating.Record          `json:"payoff"`
	Pairs    map[int]rating.Multinomial `json:"pairs"` // by first * policies + second
	All      []rating.Multinomial       `json:"all"`
	Forfeits []ForfeitCount             `json:"forfeits"`
	Maps     map[string]int             `json:"maps"`
}

// names are those of the competitors with their hashes.
func (p *Params) names() []string {
	var names []string
	for _, c := range p.Competitors {
		names = append(names, c.Record.Name+" "+c.Record.Hash)
	}
	return names
}

// keep stores what was counted of the matches before an index.
func (t *tally) keep(ctx context.Context, p *Params, before int) error {
	n := len(p.Competitors)
	c := counted{Matches: t.matches, Void: t.void, Policies: p.names(), Seed: p.Seed, Pairs: map[int]rating.Multinomial{}, All: t.all, Maps: t.maps}
	for i := range n {
		c.Payoff = append(c.Payoff, make([]rating.Record, n))
		for j := range n {
			c.Payoff[i][j] = t.payoff.Record(i, j)
		}
	}
	for pair, counts := range t.pairs {
		c.Pairs[pair[0]*n+pair[1]] = counts
	}
	for key, count := range t.counts {
		key.Count = count
		c.Forfeits = append(c.Forfeits, key)
	}
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	shot := store.Snapshot{Before: Fixture{Index: before}.Key(), Rows: before, Data: data}
	if err := p.Store.PutSnapshot(ctx, p.ID, snapshotName, shot); err != nil || !p.logged() || len(t.log) != before {
		return err
	}
	shot.Data = t.log
	return p.Store.PutSnapshot(ctx, p.ID, logName, shot)
}

// restore takes up a snapshot of this tournament, and returns the index of the first
// match that it does not hold; 0 without one.
func (t *tally) restore(ctx context.Context, p *Params) (next int, err error) {
	shot, ok, err := p.Store.SnapshotOf(ctx, p.ID, snapshotName)
	if err != nil || !ok {
		return 0, err
	}
	var c counted
	if json.Unmarshal(shot.Data, &c) != nil || c.Seed != p.Seed || !slices.Equal(c.Policies, p.names()) || len(c.Payoff) != len(p.Competitors) || len(c.All) != len(t.all) {
		return 0, nil // of something else: all is read
	}
	n := len(p.Competitors)
	for i := range n {
		if len(c.Payoff[i]) != n || len(c.All[i]) != len(t.all[i]) {
			return 0, nil
		}
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			t.payoff.AddRecord(i, j, c.Payoff[i][j])
		}
	}
	for pair, counts := range c.Pairs {
		t.pairs[[2]int{pair / n, pair % n}] = counts
	}
	t.all, t.matches, t.void = c.All, c.Matches, c.Void
	for _, f := range c.Forfeits {
		count := f.Count
		f.Count = 0
		t.counts[f] = count
	}
	if c.Maps != nil {
		t.maps = c.Maps
	}
	return shot.Rows, nil
}
