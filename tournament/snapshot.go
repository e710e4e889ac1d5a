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
	return p.Store.PutSnapshot(ctx, p.ID, snapshotName, store.Snapshot{Before: Fixture{Index: before}.Key(), Rows: before, Data: data})
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
