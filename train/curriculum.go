package train

import (
	"errors"
	"fmt"

	"dryad/catalog"
	"dryad/games"
)

// The shares of new in a group's two means of rewards, and the share of matches that
// are drawn from all groups alike.
const (
	quickShare = 0.5
	slowShare  = 0.1
	evenShare  = 0.25
)

// group are the training games of one family and mode, and how the network does there.
// What a group teaches is how much the quick mean of its rewards differs from the slow
// one (absolute learning progress: Matiisen et al. 2017, arXiv 1707.00183; Portelas et
// al. 2019, arXiv 1910.07224).
type group struct {
	Name   string  `json:"name"`
	Quick  float64 `json:"quick"`
	Slow   float64 `json:"slow"`
	Rounds int     `json:"rounds"` // in which it came up
	games  []catalog.Definition
}

// groupsOf returns the groups of the catalogue's training games that fit a filter.
func groupsOf(text string) ([]*group, error) {
	filter, err := catalog.ParseFilter(text)
	if err != nil {
		return nil, err
	}
	if filter.Has("split") {
		return nil, errors.New("a network learns on training games: leave out split")
	}
	row, err := catalog.Find("arena")
	if err != nil {
		return nil, err
	}
	all, err := row.Choose(filter.With("split", "training"))
	if err != nil {
		return nil, err
	}
	var groups []*group
	byName := map[string]*group{}
	for _, d := range all {
		name := d.Family + " " + d.Mode
		g := byName[name]
		if g == nil {
			g = &group{Name: name}
			byName[name] = g
			groups = append(groups, g)
		}
		// The number of seats is the mode's own where the definition gives none.
		if d.Config, err = row.Game().Complete(d.Config); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name, err)
		}
		g.games = append(g.games, d)
	}
	return groups, nil
}

// progress is what a group is worth to learn on; more than any until it has come up.
func (g *group) progress() float64 {
	if g.Rounds == 0 {
		return 1
	}
	return max(g.Quick-g.Slow, g.Slow-g.Quick)
}

// choose gives each match a game of a group. Where nothing is learned from rewards, all
// groups come up alike often.
func (t *Trainer) choose(matches []played) {
	if len(t.groups) == 0 {
		return
	}
	total := 0.0
	for _, g := range t.groups {
		if t.params.Method.Reinforces() {
			total += g.progress()
		}
	}
	for k := range matches {
		random := games.Stream(matches[k].seed, groupStream)
		at := random.IntN(len(t.groups))
		if random.Float64() >= evenShare && total > 0 {
			rest := random.Float64() * total
			for i, g := range t.groups {
				at = i
				if rest -= g.progress(); rest < 0 {
					break
				}
			}
		}
		g := t.groups[at]
		matches[k].group, matches[k].game = at, &g.games[random.IntN(len(g.games))]
	}
}

// learned notes what the matches of a round were worth: sums and ticks of rewards.
func (t *Trainer) learned(matches []played, sums []float64, ticks []int) {
	for at, g := range t.groups {
		sum, n := 0.0, 0
		for k, m := range matches {
			if m.group == at {
				sum, n = sum+sums[k], n+ticks[k]
			}
		}
		if n == 0 {
			continue
		}
		mean := 100 * sum / float64(n)
		if g.Rounds++; g.Rounds == 1 {
			g.Quick, g.Slow = mean, mean
			continue
		}
		g.Quick += float64(quickShare * (mean - g.Quick))
		g.Slow += float64(slowShare * (mean - g.Slow))
	}
}

// restoreGroups takes what a checkpoint knows of the groups.
func (t *Trainer) restoreGroups(kept []*group) error {
	if len(kept) != len(t.groups) {
		return fmt.Errorf("it knows %d groups of games, the catalogue has %d", len(kept), len(t.groups))
	}
	for i, g := range kept {
		if g == nil || g.Name != t.groups[i].Name {
			return fmt.Errorf("it knows another group of games in place of %s", t.groups[i].Name)
		}
		t.groups[i].Quick, t.groups[i].Slow, t.groups[i].Rounds = g.Quick, g.Slow, g.Rounds
	}
	return nil
}
