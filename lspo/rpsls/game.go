package rpsls

import (
	"context"
	"encoding/json"
	"fmt"

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

var _ lspo.LanguageGame = (*Game)(nil)

// first is the number of moves, and of clusters, in the first iteration.
const first = 3

// policy is who speaks: the moves it has words for.
type policy struct {
	Moves []int `json:"moves"`
}

// space is what Construct finds.
type space struct {
	Group *latent.Group `json:"group"`
	// Members has, for each cluster, how often each move was said in it.
	Members [][]float64 `json:"members"`
}

// solution is what Solve finds.
type solution struct {
	Strategy []float64 `json:"strategy"` // over the clusters
	Gap      float64   `json:"gap"`      // exploitability in the game of clusters
	Moves    []float64 `json:"moves"`    // the same over what is said
}

// Start returns the policy that knows three moves.
func (g *Game) Start(context.Context, lspo.Task) ([]byte, error) {
	return json.Marshal(policy{Moves: []int{0, 1, 2}})
}

// Construct lets the speaker say its moves in all ways and clusters what it
// said.
func (g *Game) Construct(ctx context.Context, t lspo.Task, spoken, before []byte) ([]byte, error) {
	var p policy
	if err := json.Unmarshal(spoken, &p); err != nil {
		return nil, fmt.Errorf("read a policy: %w", err)
	}
	var former space
	if before != nil {
		if err := json.Unmarshal(before, &former); err != nil {
			return nil, fmt.Errorf("read a space: %w", err)
		}
	}
	n := g.Speeches
	if n == 0 {
		n = 300
	}
	draw := games.Stream(t.Seed)
	utterances := make([]string, n)
	for i := range utterances {
		utterances[i] = say(p.Moves[i%len(p.Moves)], draw.IntN(len(forms)))
	}
	vectors, err := g.Embedder.Embed(ctx, utterances)
	if err != nil {
		return nil, err
	}
	s := space{}
	s.Group, err = latent.Build(latent.Params{
		Name: "player", Clusters: first + t.Iteration - 1, Seed: t.Seed, Before: former.Group,
	}, utterances, vectors)
	if err != nil {
		return nil, err
	}
	s.Members = make([][]float64, len(s.Group.Clusters))
	for c := range s.Members {
		s.Members[c] = make([]float64, len(moves))
	}
	for i, u := range utterances {
		s.Members[s.Group.Nearest(vectors[i])][heard(u)]++
	}
	return json.Marshal(s)
}

// shares returns what a cluster says: the part of each move.
func (s *space) shares(c int) []float64 {
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
func (g *Game) Solve(_ context.Context, _ lspo.Task, constructed []byte, _ *lspo.Iteration) ([]byte, error) {
	var s space
	if err := json.Unmarshal(constructed, &s); err != nil {
		return nil, fmt.Errorf("read a space: %w", err)
	}
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
	result := solution{Strategy: strategy.At(0), Gap: gap, Moves: make([]float64, len(moves))}
	for c, p := range result.Strategy {
		for m, share := range s.shares(c) {
			result.Moves[m] += float64(p * share)
		}
	}
	return json.Marshal(result)
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

// Expand teaches the speaker the move that beats the solution best, if it has
// no words for it and it gains anything.
func (g *Game) Expand(_ context.Context, _ lspo.Task, spoken, _, solved []byte) ([]byte, error) {
	var p policy
	var s solution
	if err := json.Unmarshal(spoken, &p); err != nil {
		return nil, fmt.Errorf("read a policy: %w", err)
	}
	if err := json.Unmarshal(solved, &s); err != nil {
		return nil, fmt.Errorf("read a solution: %w", err)
	}
	known := [len(moves)]bool{}
	for _, m := range p.Moves {
		known[m] = true
	}
	best, gain := -1, 1e-3
	for m := range moves {
		if v := value(m, s.Moves); !known[m] && v > gain {
			best, gain = m, v
		}
	}
	if best >= 0 {
		p.Moves = append(p.Moves, best)
	}
	return json.Marshal(p)
}

// value returns what a move gets against a mixture.
func value(move int, mixture []float64) float64 {
	v := 0.0
	for m, p := range mixture {
		v += float64(p * pays(move, m))
	}
	return v
}
