package tournament

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"dryad/store"
)

// read calls each for the stored matches, in the order of the schedule, and
// returns the plan with what they say. It refuses rows that are not matches of
// this tournament: they belong to other settings, or the file is damaged.
func (p *Params) read(ctx context.Context, each func(f Fixture, r record) error) (*plan, error) {
	return p.readRows(ctx, func(_ store.MatchText, f Fixture, r record) error { return each(f, r) })
}

// readRows is read with the rows as they are stored.
func (p *Params) readRows(ctx context.Context, each func(row store.MatchText, f Fixture, r record) error) (*plan, error) {
	pl := p.newPlan()
	return pl, p.readFrom(ctx, pl, 0, each)
}

// readFrom is readRows for the matches from an index on; the plan has those before.
func (p *Params) readFrom(ctx context.Context, pl *plan, from int, each func(row store.MatchText, f Fixture, r record) error) error {
	policies := map[[2]int]string{} // of two sides, as they are stored
	return p.Store.EachMatch(ctx, p.ID, Fixture{Index: from}.Key(), func(row store.MatchText) error {
		wrong := func(what string) error {
			return fmt.Errorf("the stored match %q %s: the file is damaged, or of other settings; restore it from a copy, or begin a new run", row.Key, what)
		}
		index, ok := pl.indexOf(row.Key)
		if !ok {
			return wrong("is none of the plan")
		}
		f := pl.fixture(index)
		if row.Seed != f.Seed || row.Map != f.Map {
			return wrong("has another seed or map than the plan")
		}
		if !p.playedBy(f, row.Policies, policies) {
			return wrong("was played by other policies")
		}
		r, ok := scanRecord(row.Outcome)
		if !ok {
			r = record{}
			if err := json.Unmarshal([]byte(row.Outcome), &r); err != nil {
				return wrong("has an outcome that cannot be read")
			}
		}
		if fault := r.fault(f); fault != "" {
			return wrong(fault)
		}
		if err := pl.add(index, r); err != nil {
			return err
		}
		return each(row, f, r)
	})
}

// playedBy reports whether a list of JSON is that of the policies of a fixture. What it
// must be is remembered in known, by the competitors of two sides.
func (p *Params) playedBy(f Fixture, list string, known map[[2]int]string) bool {
	if len(f.Sides) == 2 && known[[2]int(f.Sides)] == list {
		return true // no list is empty
	}
	var hashes []string
	if json.Unmarshal([]byte(list), &hashes) != nil || !slices.Equal(hashes, p.hashes(f)) {
		return false
	}
	if len(f.Sides) == 2 {
		known[[2]int(f.Sides)] = list
	}
	return true
}

// fault says why a record cannot be that of a fixture; empty if it can.
func (r *record) fault(f Fixture) string {
	two := [2]int{r.Home, r.Away}
	sides := r.Sides
	if len(sides) == 0 {
		if _, err := r.outcome(); err != nil {
			return "has no result"
		}
		sides = two[:]
	} else if _, _, err := r.standings(); err != nil {
		return "has no result"
	}
	if !slices.Equal(sides, f.Sides) {
		return "has an outcome of another match"
	}
	for _, lost := range r.Forfeits {
		if lost.Side < 0 || lost.Side >= len(sides) {
			return "has a forfeit of no side"
		}
	}
	return ""
}
