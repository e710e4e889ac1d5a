package rpsls

import (
	"context"
	"slices"

	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/games"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/latent"
)

// Game is the language game. Its fields must not change during a run.
type Game struct {
	// Embedder turns utterances into vectors.
	Embedder embed.Embedder
	// Speeches is how often the speaker speaks in an iteration; 300 by default.
	Speeches int
	// Steps is the number of iterations of CFR; 4000 by default.
	Steps int
}

var _ lspo.LanguageGame[Policy, *Space, *Solution, []Lesson] = (*Game)(nil)

// Iteration is an iteration of the loop over this game.
type Iteration = lspo.Iteration[Policy, *Space, *Solution, []Lesson]

// first is the number of moves, and of clusters, in the first iteration.
const first = 3

// Policy is the moves that the speaker has words for.
type Policy struct {
	Moves []int `json:"moves"`
}

// Space is the latent strategies of what was said.
type Space struct {
	Group *latent.Group `json:"group"`
	// Members has, for each cluster, how often each move was said in it.
	Members [][]float64 `json:"members"`
}

// Solution is an equilibrium of the game over the clusters.
type Solution struct {
	Strategy []float64 `json:"strategy"` // over the clusters
	Gap      float64   `json:"gap"`      // exploitability in the game of clusters
	Moves    []float64 `json:"moves"`    // the same over what is said
}

// Lesson is a move that beats a solution and that the speaker has no words for.
type Lesson struct {
	Move int     `json:"move"`
	Gain float64 `json:"gain"` // against the solution
}

// Codecs implements lspo.LanguageGame.
func (g *Game) Codecs() lspo.Codecs[Policy, *Space, *Solution, []Lesson] {
	return lspo.Codecs[Policy, *Space, *Solution, []Lesson]{
		Policy: lspo.JSON[Policy](), Space: lspo.JSON[*Space](), Solution: lspo.JSON[*Solution](), Pairs: lspo.JSON[[]Lesson](),
	}
}

// Start returns the policy that knows three moves.
func (g *Game) Start(context.Context, lspo.Task) (Policy, error) {
	return Policy{Moves: []int{0, 1, 2}}, nil
}

// Construct lets the speaker say its moves in all ways and clusters what it
// said.
func (g *Game) Construct(ctx context.Context, t lspo.Task, it, before *Iteration) (*Space, error) {
	n := g.Speeches
	if n == 0 {
		n = 300
	}
	draw := games.Stream(t.Seed)
	utterances := make([]string, n)
	for i := range utterances {
		utterances[i] = say(it.Policy.Moves[i%len(it.Policy.Moves)], draw.IntN(len(forms)))
	}
	vectors, err := g.Embedder.Embed(ctx, utterances)
	if err != nil {
		return nil, err
	}
	p := latent.Params{Name: "player", Clusters: first + t.Iteration - 1, Seed: t.Seed}
	if before != nil {
		p.Before = before.Space.Group
	}
	s := &Space{}
	if s.Group, err = latent.Build(p, utterances, vectors); err != nil {
		return nil, err
	}
	s.Members = make([][]float64, len(s.Group.Clusters))
	for c := range s.Members {
		s.Members[c] = make([]float64, len(moves))
	}
	for i, u := range utterances {
		s.Members[s.Group.Nearest(vectors[i])][heard(u)]++
	}
	return s, nil
}

// shares returns what a cluster says: the part of each move.
func (s *Space) shares(c int) []float64 {
	sum := 0.0
	for _, n := range s.Members[c] {
		sum += n
	}
	shares := make([]float64, len(moves))
	for m, n := range s.Members[c] {
		shares[m] = n / max(sum, 1)
	}
	return shares
}

// Solve finds an equilibrium over the clusters: what two of them pay is the mean
// over what is said in them.
func (g *Game) Solve(_ context.Context, _ lspo.Task, it, _ *Iteration) (*Solution, error) {
	s := it.Space
	rows := make([][]float64, len(s.Members))
	for a := range rows {
		rows[a] = make([]float64, len(rows))
		for b := range rows {
			for i, x := range s.shares(a) {
				for j, y := range s.shares(b) {
					rows[a][b] += float64(float64(x*y) * pays(i, j))
				}
			}
		}
	}
	game, err := classic.Matrix("clusters", rows)
	if err != nil {
		return nil, err
	}
	strategy, gap, err := g.solve(game)
	if err != nil {
		return nil, err
	}
	result := &Solution{Strategy: strategy.At(0), Gap: gap, Moves: make([]float64, len(moves))}
	for c, p := range result.Strategy {
		for m, share := range s.shares(c) {
			result.Moves[m] += float64(p * share)
		}
	}
	return result, nil
}

func (g *Game) solve(game cfr.Game) (*cfr.Strategy, float64, error) {
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		return nil, 0, err
	}
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "pcfr+"})
	if err != nil {
		return nil, 0, err
	}
	steps := g.Steps
	if steps == 0 {
		steps = 4000
	}
	solver.Run(steps)
	strategy := cfr.NewStrategy(tree)
	solver.Average(strategy)
	gap, err := tree.Exploitability(strategy)
	return strategy, gap, err
}

// Prefer returns the move that beats the solution by most, if the speaker has no
// words for it and it gains anything.
func (g *Game) Prefer(_ context.Context, _ lspo.Task, it *Iteration) ([]Lesson, error) {
	best := Lesson{Gain: 1e-3}
	var lessons []Lesson
	for m := range moves {
		if v := value(m, it.Solution.Moves); !slices.Contains(it.Policy.Moves, m) && v > best.Gain {
			best = Lesson{Move: m, Gain: v}
			lessons = []Lesson{best}
		}
	}
	return lessons, nil
}

// Expand teaches the speaker words for the moves of the lessons.
func (g *Game) Expand(_ context.Context, _ lspo.Task, it *Iteration) (Policy, error) {
	next := Policy{Moves: slices.Clone(it.Policy.Moves)}
	for _, lesson := range it.Pairs {
		next.Moves = append(next.Moves, lesson.Move)
	}
	return next, nil
}

// value returns what a move gets against a mixture.
func value(move int, mixture []float64) float64 {
	v := 0.0
	for m, p := range mixture {
		v += float64(p * pays(move, m))
	}
	return v
}
