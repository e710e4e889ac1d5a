package evaluate

import (
	"cmp"
	"slices"

	"dryad/catalog"
	"dryad/games"
	"dryad/job"
	"dryad/match"
	"dryad/rating"
)

// confidence is that of the intervals.
const confidence = 0.95

// worstGames is how many of the games in which the policy does worst are named.
const worstGames = 10

// Result is what was measured.
type Result struct {
	Policy  string   `json:"policy"`
	Hash    string   `json:"policy_hash"`
	Against []string `json:"against"`
	// Games is how many games were played, Matches how many matches counted.
	Games   int `json:"games"`
	Matches int `json:"matches"`
	// Void is how many matches are not counted, because something around a
	// player failed; Forfeits how many seats the policy lost by its own fault.
	Void     int      `json:"void"`
	Forfeits int      `json:"forfeits"`
	Stopped  job.Stop `json:"stopped"`
	// Rows are the tables: over all games first, then by mode, family and rules,
	// for each opponent.
	Rows []Row `json:"rows"`
	// Metrics are the policy's own means over all matches.
	Metrics []Metric `json:"metrics"`
	// Behaviour says how the policy plays, if that was asked for.
	Behaviour []Metric `json:"behaviour,omitempty"`
	// Figures are the same by mode.
	Figures []Figures `json:"figures"`
	// Worst are the pairs in which the policy did worst, the worst first.
	Worst []Worst `json:"worst"`
}

// Row is the record of the policy against an opponent on some of the games.
type Row struct {
	// By is all, mode, family or rules; Value which one.
	By       string             `json:"by"`
	Value    string             `json:"value"`
	Opponent string             `json:"opponent"`
	Matches  int                `json:"matches"`
	Score    float64            `json:"score"`
	Low      float64            `json:"ci_low"`
	High     float64            `json:"ci_high"`
	Pairs    rating.Pentanomial `json:"pairs"`
	// Draws is how many of the matches nobody won. FirstSide is the mean score
	// of side 0, which each of the two policies was in half of the matches; one half
	// where a pair is one comparison.
	Draws     int     `json:"draws"`
	FirstSide float64 `json:"first_side"`
}

// Figures are the means of a seat of the policy over the matches of a mode.
type Figures struct {
	Mode    string   `json:"mode"`
	Matches int      `json:"matches"`
	Metrics []Metric `json:"metrics"`
}

// Worst is a pair in which the policy did badly.
type Worst struct {
	Game     string  `json:"game"`
	Opponent string  `json:"opponent"`
	Score    float64 `json:"score"`
	Margin   float64 `json:"margin"`
	// Replay is the file that a caller has written of its first match.
	Replay string `json:"replay,omitempty"`

	index int
}

// result reads the tables off the pairs.
func (e *evaluation) result(stopped job.Stop) *Result {
	p := e.p
	r := &Result{Policy: p.Policy.Record.Name, Hash: p.Policy.Record.Hash, Stopped: stopped, Against: []string{}, Rows: []Row{}, Worst: []Worst{}, Metrics: []Metric{}, Figures: []Figures{}}
	for _, a := range p.Against {
		r.Against = append(r.Against, a.Record.Name)
	}
	type cell struct {
		by, value string
		opponent  int
	}
	type count struct {
		pairs     rating.Pentanomial
		draws     int
		firstSide float64
	}
	counts := map[cell]*count{}
	var order []cell
	add := func(c cell, pair *Pair) {
		n := counts[c]
		if n == nil {
			n = new(count)
			counts[c] = n
			order = append(order, c)
		}
		n.pairs.Add(pair.Result)
		n.draws += pair.Draws
		n.firstSide += pair.FirstSide
	}
	played := map[string]bool{}
	var metrics, behaviour [][]Metric // of each pair
	for i, pair := range e.pairs {
		if pair == nil {
			continue
		}
		f := p.fixture(i)
		r.Forfeits += pair.Forfeits
		if pair.Void {
			r.Void += 2
			continue
		}
		played[f.game.Name] = true
		r.Matches += 2
		r.figures(f.game.Mode).add(pair.Metrics)
		metrics, behaviour = append(metrics, pair.Metrics), append(behaviour, pair.Behaviour)
		if len(p.Against) == 0 {
			continue
		}
		for _, c := range []cell{{"all", "", f.opponent}, {"mode", f.game.Mode, f.opponent}, {"family", f.game.Family, f.opponent}, {"rules", f.game.Variant, f.opponent}} {
			add(c, pair)
		}
		r.Worst = append(r.Worst, Worst{Game: f.game.Name, Opponent: r.Against[f.opponent], Score: pair.Result.Score(), Margin: pair.Margin, index: i})
	}
	r.Games = len(played)
	slices.SortStableFunc(order, func(a, b cell) int {
		return cmp.Or(cmp.Compare(rank(a.by), rank(b.by)), cmp.Compare(a.value, b.value), cmp.Compare(a.opponent, b.opponent))
	})
	for _, c := range order {
		n := counts[c]
		interval := n.pairs.Interval(confidence)
		r.Rows = append(r.Rows, Row{By: c.by, Value: c.value, Opponent: r.Against[c.opponent], Matches: 2 * n.pairs.Pairs(),
			Score: n.pairs.Score(), Low: interval.Low, High: interval.High, Pairs: n.pairs,
			Draws: n.draws, FirstSide: n.firstSide / float64(n.pairs.Pairs())})
	}
	r.Metrics, r.Behaviour = append(r.Metrics, averaged(metrics)...), averaged(behaviour)
	for k := range r.Figures {
		f := &r.Figures[k]
		for i := range f.Metrics {
			f.Metrics[i].Value /= float64(f.Matches / 2)
		}
	}
	slices.SortStableFunc(r.Figures, func(a, b Figures) int { return cmp.Compare(a.Mode, b.Mode) })
	slices.SortStableFunc(r.Worst, func(a, b Worst) int {
		return cmp.Or(cmp.Compare(a.Score, b.Score), cmp.Compare(a.Margin, b.Margin), cmp.Compare(a.index, b.index))
	})
	r.Worst = slices.DeleteFunc(r.Worst, func(w Worst) bool { return w.Score >= 0.5 })
	r.Worst = r.Worst[:min(worstGames, len(r.Worst))]
	return r
}

// averaged are means by name, with intervals, over what each pair has; a figure that
// a pair lacks has none there.
func averaged(pairs [][]Metric) []Metric {
	var means []Metric
	values := map[string][]float64{}
	for _, pair := range pairs {
		for _, m := range pair {
			if values[m.Name] == nil {
				means = append(means, Metric{Name: m.Name, Unit: m.Unit})
			}
			values[m.Name] = append(values[m.Name], m.Value)
		}
	}
	for i := range means {
		m := &means[i]
		mean, interval := rating.MeanInterval(values[m.Name])
		m.Value = mean
		if len(values[m.Name]) > 1 {
			m.Low, m.High = &interval.Low, &interval.High
		}
	}
	return means
}

// figures are those of a mode.
func (r *Result) figures(mode string) *Figures {
	at := slices.IndexFunc(r.Figures, func(f Figures) bool { return f.Mode == mode })
	if at < 0 {
		at = len(r.Figures)
		r.Figures = append(r.Figures, Figures{Mode: mode})
	}
	return &r.Figures[at]
}

// add adds the metrics of a pair.
func (f *Figures) add(metrics []Metric) {
	f.Matches += 2
	f.Metrics = summed(f.Metrics, metrics)
}

// summed adds metrics to sums. Games whose metrics differ add up by name.
func summed(sums, metrics []Metric) []Metric {
	for _, m := range metrics {
		at := slices.IndexFunc(sums, func(k Metric) bool { return k.Name == m.Name })
		if at < 0 {
			at = len(sums)
			sums = append(sums, Metric{Name: m.Name, Unit: m.Unit})
		}
		sums[at].Value += m.Value
	}
	return sums
}

// rank orders the tables.
func rank(by string) int { return slices.Index([]string{"all", "mode", "family", "rules"}, by) }

// Match returns the first match of a pair among the worst, to be recorded: it
// ends as it did.
func (p *Params) Match(w Worst) match.Params {
	m := p.matches(p.fixture(w.index))[0]
	m.Record, m.Events = true, true
	return m
}

// Scenarios returns the held-out scenarios of a game without a catalogue, as
// definitions.
func Scenarios(row *catalog.Row) ([]catalog.Definition, error) {
	maps, configs := row.HeldOut(), row.Scenarios.Configs
	if len(maps) == 0 {
		maps = []string{""}
	}
	if len(configs) == 0 {
		configs = []games.Config{{}}
	}
	var all []catalog.Definition
	for _, m := range maps {
		for _, c := range configs {
			c.Map = m
			complete, err := row.Game().Complete(c)
			if err != nil {
				return nil, err
			}
			name := row.Name
			if m != "" {
				name += " on " + m
			}
			all = append(all, catalog.Definition{Name: name + ", " + complete.Mode, Family: row.Name, Mode: complete.Mode, Variant: "standard", Split: "held-out", Config: complete})
		}
	}
	return all, nil
}
