package negotiation

import (
	"context"
	"fmt"
	"slices"

	"dryad/cfr"
	"dryad/games/negotiation"
	"dryad/llm/embed"
	"dryad/lspo"
)

// Game is the language game. Its fields must not change during a run.
type Game struct {
	// Embedder turns utterances into vectors.
	Embedder embed.Embedder
	// Games is the number of matches of self-play in an iteration; 1000 by
	// default.
	Games int
	// Steps is the number of iterations of CFR; 500 by default.
	Steps int
}

var _ lspo.LanguageGame[Speaker, *Space, *Solution, []Pair] = (*Game)(nil)

// Iteration is an iteration of the loop over this game.
type Iteration = lspo.Iteration[Speaker, *Space, *Solution, []Pair]

const (
	defaultGames = 1000
	defaultSteps = 500
	// first is the number of clusters of each seat in the first iteration.
	first = 3
)

// set returns the rules: the mode small.
func (g *Game) set() *negotiation.Set {
	set, err := negotiation.Read("small", nil)
	if err != nil {
		panic("lspo/negotiation: bug: " + err.Error())
	}
	return &set
}

// Rules returns the rules of the game in words.
func (g *Game) Rules() string { return g.set().Rules() }

// Solution is what Solve finds.
type Solution struct {
	// Decisions are those of the abstract game, by seat and information set.
	Decisions map[string]Decision `json:"decisions"`
	// Values are what the seats get, Gains what each would gain by the best
	// response, both in the abstract game.
	Values []float64 `json:"values"`
	Gains  []float64 `json:"gains"`
	// Histories is the size of the abstract game.
	Histories int `json:"histories"`
}

// Decision is the solution at an information set.
type Decision struct {
	Clusters      []cfr.Action `json:"clusters"`
	Probabilities []float64    `json:"probabilities"`
	// Advantages are what each cluster is worth more than what is played, given
	// that the set is reached.
	Advantages []float64 `json:"advantages"`
}

// Pair is a preference between two candidates of a turn of self-play.
type Pair struct {
	Turn     int     `json:"turn"` // index into the space's turns
	Chosen   string  `json:"chosen"`
	Rejected string  `json:"rejected"`
	Margin   float64 `json:"margin"` // difference of the advantages, in points
}

// Codecs implements lspo.LanguageGame.
func (g *Game) Codecs() lspo.Codecs[Speaker, *Space, *Solution, []Pair] {
	return lspo.Codecs[Speaker, *Space, *Solution, []Pair]{
		Policy: lspo.JSON[Speaker](), Space: lspo.JSON[*Space](), Solution: lspo.JSON[*Solution](), Pairs: lspo.JSON[[]Pair](),
	}
}

// Start implements lspo.LanguageGame.
func (g *Game) Start(context.Context, lspo.Task) (Speaker, error) { return newSpeaker(), nil }

// key names a decision of a seat.
func key(seat int, set string) string { return fmt.Sprintf("%s %s", seatNames[seat], set) }

// Solve implements lspo.LanguageGame: CFR+ with predictions on the game over the
// clusters.
func (g *Game) Solve(_ context.Context, _ lspo.Task, it, _ *Iteration) (*Solution, error) {
	game := g.abstraction(it.Space)
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		return nil, err
	}
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "pcfr+"})
	if err != nil {
		return nil, err
	}
	steps := g.Steps
	if steps == 0 {
		steps = defaultSteps
	}
	solver.Run(steps)
	strategy := cfr.NewStrategy(tree)
	solver.Average(strategy)
	judge := cfr.NewEvaluator(tree)
	s := &Solution{Decisions: map[string]Decision{}, Values: slices.Clone(judge.Values(strategy)), Histories: tree.Histories()}
	gains, err := judge.DeviationIncentives(strategy)
	if err != nil {
		return nil, err
	}
	s.Gains = slices.Clone(gains)
	for i := range tree.TotalInfosets() {
		set := tree.Infoset(i)
		s.Decisions[key(int(set.Player), set.Key)] = Decision{
			Clusters: slices.Clone(set.Actions), Probabilities: slices.Clone(strategy.At(i)), Advantages: make([]float64, len(set.Actions)),
		}
	}
	w := worth{of: s.Decisions, sums: map[string]*sum{}}
	w.walk(game.Root().(*state), [2]float64{1, 1}, 1)
	w.finish()
	return s, nil
}

// worth sums up what actions are worth.
type worth struct {
	of   map[string]Decision
	sums map[string]*sum
}

// sum is that of one information set: the values of its actions, weighed by the
// probability with which chance and the other bring it about.
type sum struct {
	actions []float64
	reach   float64
}

// walk returns what a history is worth to both. own are the probabilities with
// which each seat plays to it, chance that of chance.
func (w *worth) walk(s *state, own [2]float64, chance float64) [2]float64 {
	var value [2]float64
	switch p := s.Player(); p {
	case cfr.Terminal:
		s.Returns(value[:])
	case cfr.Chance:
		for i, part := range s.Probabilities() {
			v := w.walk(s.Child(i).(*state), own, float64(chance*part))
			for seat := range value {
				value[seat] += float64(part * v[seat])
			}
		}
	default:
		k := key(int(p), string(s.AppendKey(nil)))
		d := w.of[k]
		total := w.sums[k]
		if total == nil {
			total = &sum{actions: make([]float64, len(d.Clusters))}
			w.sums[k] = total
		}
		reach := float64(chance * own[1-p])
		total.reach += reach
		for i, part := range d.Probabilities {
			below := own
			below[p] = float64(below[p] * part)
			v := w.walk(s.Child(i).(*state), below, chance)
			total.actions[i] += float64(reach * v[p])
			for seat := range value {
				value[seat] += float64(part * v[seat])
			}
		}
	}
	return value
}

// finish writes the advantages. Sets that the other never brings about have none.
func (w *worth) finish() {
	for k, total := range w.sums {
		d := w.of[k]
		if total.reach <= 0 {
			continue
		}
		mean := 0.0
		for i, part := range d.Probabilities {
			mean += float64(part * total.actions[i])
		}
		for i := range d.Advantages {
			d.Advantages[i] = (total.actions[i] - mean) / total.reach
		}
	}
}

// leastMargin is the difference of advantages below which two candidates are not
// told apart, in points.
const leastMargin = 1e-3

// Prefer implements lspo.LanguageGame: of each turn's candidates, the one with the
// greatest and the one with the least advantage make a pair, if they are of
// different clusters.
func (g *Game) Prefer(_ context.Context, _ lspo.Task, it *Iteration) ([]Pair, error) {
	var pairs []Pair
	for n := range it.Space.Turns {
		t := &it.Space.Turns[n]
		d, ok := decide(it, t.view(g.set()))
		if !ok {
			continue
		}
		best, worst := -1, -1
		var value []float64
		for i, text := range t.Candidates {
			c, known := it.Space.cluster(t.Seat, text)
			at := slices.Index(d.Clusters, cfr.Action(c))
			if !known || at < 0 {
				value = append(value, 0)
				continue
			}
			value = append(value, d.Advantages[at])
			if best < 0 || value[i] > value[best] {
				best = i
			}
			if worst < 0 || value[i] < value[worst] {
				worst = i
			}
		}
		if best >= 0 && value[best]-value[worst] >= leastMargin {
			pairs = append(pairs, Pair{Turn: n, Chosen: t.Candidates[best], Rejected: t.Candidates[worst], Margin: value[best] - value[worst]})
		}
	}
	return pairs, nil
}

// Expand implements lspo.LanguageGame: the speaker learns from the pairs.
func (g *Game) Expand(_ context.Context, _ lspo.Task, it *Iteration) (Speaker, error) {
	var lessons []preference
	for _, p := range it.Pairs {
		if p.Turn < 0 || p.Turn >= len(it.Space.Turns) {
			return Speaker{}, fmt.Errorf("a preference is of turn %d, which was not played", p.Turn)
		}
		v := it.Space.Turns[p.Turn].view(g.set())
		chosen, ok1 := parse(v, p.Chosen)
		rejected, ok2 := parse(v, p.Rejected)
		if !ok1 || !ok2 {
			return Speaker{}, fmt.Errorf("a preference is between %q and %q, of which one is no move", p.Chosen, p.Rejected)
		}
		lessons = append(lessons, preference{chosen.of(v, nil), rejected.of(v, nil)})
	}
	return it.Policy.learn(lessons), nil
}
