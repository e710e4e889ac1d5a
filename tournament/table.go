package tournament

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"

	"dryad/job"
	"dryad/rating"
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
	pairs  map[[2]int]*rating.Pentanomial // i < j, as i sees it
	all    []rating.Pentanomial           // by competitor
	counts map[ForfeitCount]int
	maps   map[string]int
	ladder ladder // nil if the system needs only the payoff
}

// Tabulate reads the matches of a tournament from the store and rates the
// policies. Of an unfinished tournament it counts the whole pairs up to the
// first missing match, so that the table does not depend on which match ended
// first; with a sequential test, those up to the pair that decides.
func Tabulate(ctx context.Context, p Params) (*Result, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	rows, err := p.Store.Matches(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	if err := p.planned(rows); err != nil {
		return nil, err
	}
	n := len(p.Competitors)
	t := &tally{payoff: rating.NewPayoff(n), pairs: map[[2]int]*rating.Pentanomial{}, all: make([]rating.Pentanomial, n),
		counts: map[ForfeitCount]int{}, maps: map[string]int{}}
	if t.ladder, err = p.Rating.newLadder(n); err != nil {
		return nil, err
	}
	result := &Result{Planned: p.matches(), Stopped: job.Finished}
	var test *trial
	if p.Test != nil {
		if test, err = p.newTrial(); err != nil {
			return nil, err
		}
	}
	for index := 0; index+1 < len(rows) && index < p.matches() && !test.decided(); index += 2 {
		if rows[index].Key != p.fixture(index).Key() || rows[index+1].Key != p.fixture(index+1).Key() {
			break
		}
		var pair [2]record
		for i := range pair {
			if err := json.Unmarshal(rows[index+i].Outcome, &pair[i]); err != nil {
				return nil, fmt.Errorf("read match %s: %w", rows[index+i].Key, err)
			}
			t.forfeits(&p, &pair[i])
			if err := test.add(index+i, pair[i]); err != nil {
				return nil, err
			}
		}
		if pair[0].Void || pair[1].Void {
			result.Void += 2
			continue
		}
		if err := t.add(p.fixture(index), pair); err != nil {
			return nil, err
		}
		result.Matches += 2
	}
	complete := result.Matches+result.Void >= p.matches()
	if !complete && !test.decided() {
		result.Stopped = job.Interrupted
	}
	if test != nil {
		result.Test = test.result(complete)
	}
	return result, t.rate(&p, result)
}

// add counts a pair of matches.
func (t *tally) add(f Fixture, pair [2]record) error {
	first, err := pair[0].outcome()
	if err != nil {
		return err
	}
	second, err := pair[1].outcome()
	if err != nil {
		return err
	}
	t.payoff.Add(f.Home, f.Away, first)
	t.payoff.Add(f.Away, f.Home, second)
	if t.ladder != nil {
		if err := t.ladder.add(f.Round, f.Home, f.Away, first); err != nil {
			return err
		}
		if err := t.ladder.add(f.Round, f.Away, f.Home, second); err != nil {
			return err
		}
	}
	key := [2]int{f.Home, f.Away}
	if t.pairs[key] == nil {
		t.pairs[key] = &rating.Pentanomial{}
	}
	home := rating.PairOf(first, second.Reversed())
	t.pairs[key].Add(home)
	t.all[f.Home].Add(home)
	t.all[f.Away].Add(rating.PairOf(first.Reversed(), second))
	t.maps[f.Map] += 2
	return nil
}

func (t *tally) forfeits(p *Params, r *record) {
	for _, f := range r.Forfeits {
		side := []int{r.Home, r.Away}[f.Side]
		t.counts[ForfeitCount{Policy: p.Competitors[side].Record.Name, Class: f.Class}]++
	}
}

// rate fills in the table.
func (t *tally) rate(p *Params, result *Result) error {
	elo, err := rating.Elo(t.payoff, rating.EloParams{Prior: 1, Confidence: confidence})
	if err != nil {
		return fmt.Errorf("rate the policies: %w", err)
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
