package evolve

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"dryad/games"
	"dryad/rating"
)

// HeldOut is the champion's record against one opponent on scenarios that the
// search never saw.
type HeldOut struct {
	Opponent string `json:"opponent"`
	// Mode is the rule set, or "all".
	Mode    string  `json:"mode"`
	Matches int     `json:"matches"`
	Wins    int     `json:"wins"`
	Draws   int     `json:"draws"`
	Losses  int     `json:"losses"`
	WinRate float64 `json:"win_rate"` // wins and half the draws, over matches
	CILow   float64 `json:"ci_low"`   // 95 % interval of WinRate over pairs of seeds
	CIHigh  float64 `json:"ci_high"`
	// WorstMap is the map with the lowest win rate, of which WorstMapRate is; and
	// WorstTenth is the mean over the worst tenth of the games. Both are of few
	// matches a game and so lie below the true values. They stand in the row over
	// all modes of a table with several games.
	WorstMap     string   `json:"worst_map,omitempty"`
	WorstMapRate *float64 `json:"worst_map_rate,omitempty"`
	WorstTenth   *float64 `json:"worst_tenth,omitempty"`
}

// confidence of the intervals that are reported.
const confidence = 0.95

// StartName is what the starting tree is called among the opponents.
const StartName = "start"

// heldOutChunk is how many pairs are written to the memory at once.
const heldOutChunk = 16

// heldOut plays the champion against its starting tree and the baselines.
func (s *search) heldOut(ctx context.Context) ([]HeldOut, error) {
	type opponent struct {
		name  string
		entry *Entry
	}
	opponents := []opponent{{StartName, s.start}}
	for _, b := range s.p.Baselines {
		e := s.read(b.Source)
		if e.policy == nil {
			return nil, fmt.Errorf("baseline %s is faulty: %s", b.Name, e.Faults[0])
		}
		opponents = append(opponents, opponent{b.Name, e})
	}
	s.p.Progress.Phase("held-out maps", 2*s.p.HeldOutPairs*len(opponents), 0)
	var table []HeldOut
	for _, o := range opponents {
		s.p.Progress.Note("against %s", o.name)
		rows, err := s.meet(ctx, o.name, o.entry)
		if err != nil {
			return nil, err
		}
		table = append(table, rows...)
	}
	return table, nil
}

// meet plays one opponent and returns the rows: all modes, then each.
func (s *search) meet(ctx context.Context, name string, opponent *Entry) ([]HeldOut, error) {
	rows := []record{{mode: "all"}}
	byMap, byGame := map[string]Tally{}, map[string]Tally{}
	at := map[string]int{}
	for _, c := range s.p.HeldOut {
		if _, have := at[c.Mode]; !have {
			at[c.Mode] = len(rows)
			rows = append(rows, record{mode: c.Mode})
		}
	}
	searched := s.matches // the held-out matches are not part of the budget
	defer func() { s.matches = searched }()
	for first := 0; first < s.p.HeldOutPairs; first += heldOutChunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		count := min(heldOutChunk, s.p.HeldOutPairs-first)
		var fixtures []Fixture
		var configs []games.Config
		for k := range count {
			config, seed := scenarioOf(s.p.HeldOut, s.p.Seed, purposeHeldOut, first+k)
			configs = append(configs, config)
			fixtures = append(fixtures, s.fixture(config, seed, s.champion, opponent), s.fixture(config, seed, opponent, s.champion))
		}
		outcomes, err := s.play(ctx, fmt.Sprintf("held-out/%s/%s/%d", s.champion.Hash, opponent.Hash, first), fixtures)
		if err != nil {
			return nil, err
		}
		for k := range count {
			a, b := direct(outcomes[2*k], outcomes[2*k+1])
			rows[0].add(a, b)
			rows[at[configs[k].Mode]].add(a, b)
			for _, result := range []rating.Outcome{a, b} {
				tallyIn(byMap, configs[k].Map, result)
				tallyIn(byGame, GameLabel(configs[k]), result)
			}
		}
	}
	var table []HeldOut
	for _, r := range rows {
		table = append(table, r.row(name))
	}
	table[0].worst(byMap, byGame)
	if len(table) == 2 { // one mode: "all" says it
		table = table[:1]
	}
	return table, nil
}

func tallyIn(tallies map[string]Tally, name string, result rating.Outcome) {
	t := tallies[name]
	t.add(result)
	tallies[name] = t
}

// worst fills in the figures of the worst map and of the worst games.
func (h *HeldOut) worst(byMap, byGame map[string]Tally) {
	if len(byGame) < 2 {
		return
	}
	least := 2.0
	for _, name := range slices.Sorted(maps.Keys(byMap)) {
		if score := byMap[name].Score(); score < least {
			h.WorstMap, least = name, score
		}
	}
	h.WorstMapRate = &least
	var scores []float64
	for _, t := range byGame {
		scores = append(scores, t.Score())
	}
	slices.Sort(scores)
	sum := 0.0
	for _, score := range scores[:tail(len(scores))] {
		sum += score
	}
	tenth := sum / float64(tail(len(scores)))
	h.WorstTenth = &tenth
}

// record counts the pairs of one mode.
type record struct {
	mode    string
	pairs   rating.Pentanomial
	matches rating.Record
}

func (r *record) add(a, b rating.Outcome) {
	r.pairs.Add(rating.PairOf(a, b))
	r.matches.Add(a)
	r.matches.Add(b)
}

func (r *record) row(opponent string) HeldOut {
	interval := r.pairs.Interval(confidence)
	return HeldOut{
		Opponent: opponent, Mode: r.mode,
		Matches: r.matches.Games(), Wins: r.matches.Wins, Draws: r.matches.Draws, Losses: r.matches.Losses,
		WinRate: r.matches.Score(), CILow: interval.Low, CIHigh: interval.High,
	}
}
