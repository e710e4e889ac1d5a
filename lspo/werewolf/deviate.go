package werewolf

import (
	"context"
	"fmt"
	"math/rand/v2"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/job"
	"dryad/rating"
)

// Deviation says how a best response is learned and measured.
type Deviation struct {
	// Iterations of Deep CFR for the one who deviates, with so many Traversals in
	// each; 20 and 100 by default.
	Iterations, Traversals int
	// Games are the matches of the abstract game that measure it.
	Games int
	// Seed decides everything random.
	Seed uint64
	// Progress is told of the iterations and the matches; it may be nil.
	Progress *job.Progress
}

// margins are how much better than the solution a move must seem for a response
// to take it.
var margins = []float64{0, 0.02, 0.05, 0.1, 0.2, 0.4}

// response is a strategy of the one who deviates.
type response func(cfr.State) []float64

// responses returns what was learned as strategies: the average, and for each
// margin the solution but for the moves that seem better by more.
func responses(solver *deep.Solver, own response) []response {
	list := []response{func(s cfr.State) []float64 {
		p := solver.Policy(s)
		sharpen(p)
		return p
	}}
	for _, margin := range margins {
		list = append(list, func(s cfr.State) []float64 {
			p, best := own(s), 0
			better := solver.Advantages(s)
			for a, x := range better {
				if x > better[best] {
					best = a
				}
			}
			if better[best] > margin {
				clear(p)
				p[best] = 1
			}
			return p
		})
	}
	return list
}

// choose plays every response half as many matches as measure it afterwards, on
// other deals, and returns the best; the solution itself if none gains by it.
func (g *solo) choose(ctx context.Context, list []response, own response, d Deviation, role rules.Role) (response, error) {
	d.Progress.Phase(fmt.Sprintf("the %s chooses", role), len(list)*(d.Games/2), 0)
	chosen, most := own, 0.0
	for _, r := range list {
		gain, err := g.gain(ctx, r, own, d.Games/2, func(n int) uint64 { return games.Mix(d.Seed, uint64(n), 1) }, d.Progress)
		if err != nil {
			return nil, err
		}
		if gain.Mean > most {
			chosen, most = r, gain.Mean
		}
	}
	return chosen, nil
}

// gain plays a response and the solution on the same deals.
func (g *solo) gain(ctx context.Context, r, own response, matches int, seed func(int) uint64, progress *job.Progress) (Gain, error) {
	before, after := &Cell{}, &Cell{}
	for n := range matches {
		if err := ctx.Err(); err != nil {
			return Gain{}, err
		}
		before.Outcomes = append(before.Outcomes, g.play(own, seed(n)))
		after.Outcomes = append(after.Outcomes, g.play(r, seed(n)))
		progress.Add(1)
	}
	return after.Over(before), nil
}

// Deviate learns what one player of a role does best in the abstract game when
// all others, and others of its role, play an iteration's solution, and returns
// by how much its team wins more often than when it plays the solution, too. What
// is learned need not be the best, so the gain is a lower bound: of several
// readings of what was learned the one that gains most on other deals is
// measured, and if none does, the gain is 0. It is that of the abstract game and
// not of an agent that talks.
func (g *Game) Deviate(ctx context.Context, it *Iteration, role rules.Role, d Deviation) (Gain, error) {
	if d.Iterations == 0 {
		d.Iterations = 20
	}
	if d.Traversals == 0 {
		d.Traversals = 100
	}
	of, err := g.solved(it)
	if err != nil {
		return Gain{}, err
	}
	game := of.game
	alone := &solo{abstraction: game, others: of.play}
	if alone.card, err = cardOf(g.params.Set.Deck(), role); err != nil {
		return Gain{}, err
	}
	p := g.params.Deep
	p.Seed, p.Workers, p.Traversals = games.Mix(d.Seed, uint64(role)), g.params.Workers, d.Traversals
	p.Anchor = func(s cfr.State, dst []float64) { copy(dst, alone.others(s.(soloState).State)) }
	p.Anchored = d.Iterations
	// One decision is searched at a time: three of one player's own, with all
	// that others do drawn between them, would be a thousand games to the end.
	p.Depth = 1
	solver, err := deep.New(alone, p)
	if err != nil {
		return Gain{}, err
	}
	d.Progress.Phase(fmt.Sprintf("the %s learns", role), d.Iterations, 0)
	for range d.Iterations {
		if err := solver.Run(ctx, 1); err != nil {
			return Gain{}, err
		}
		d.Progress.Add(1)
	}
	if err := solver.TrainAverage(); err != nil {
		return Gain{}, err
	}
	own := func(s cfr.State) []float64 { return alone.others(s.(soloState).State) }
	learned, err := alone.choose(ctx, responses(solver, own), own, d, role)
	if err != nil {
		return Gain{}, err
	}
	d.Progress.Phase(fmt.Sprintf("the %s plays", role), d.Games, 0)
	return alone.gain(ctx, learned, own, d.Games, func(n int) uint64 { return games.Mix(d.Seed, uint64(n)) }, d.Progress)
}

func cardOf(deck []rules.Role, role rules.Role) (int, error) {
	for card, r := range deck {
		if r == role {
			return card, nil
		}
	}
	return 0, fmt.Errorf("nobody is dealt the %s", role)
}

// solo is the game of one player against all others, whose moves are chance.
type solo struct {
	abstraction
	others func(s cfr.State) []float64
	card   int
}

// Players returns 1.
func (g *solo) Players() int { return 1 }

// Name names the game and who plays.
func (g *solo) Name() string { return fmt.Sprintf("%s,solo=%d", g.abstraction.Name(), g.card) }

// Root returns the history before the deal.
func (g *solo) Root() cfr.State { return soloState{g.abstraction.Root(), g} }

// Role returns the number of the player's role.
func (g *solo) Role(s cfr.State) int { return g.abstraction.Role(s.(soloState).State) }

// Encode writes what the player knows.
func (g *solo) Encode(s cfr.State, dst []float32) { g.abstraction.Encode(s.(soloState).State, dst) }

// play plays one match.
func (g *solo) play(policy func(cfr.State) []float64, seed uint64) rating.Outcome {
	draw := rand.New(rand.NewPCG(seed, 1))
	s := g.Root()
	for s.Player() != cfr.Terminal {
		if s.Player() == cfr.Chance {
			s = s.Child(cfr.Pick(s.Probabilities(), draw.Float64()))
		} else {
			s = s.Child(cfr.Pick(policy(s), draw.Float64()))
		}
	}
	var pay [1]float64
	s.Returns(pay[:])
	switch {
	case pay[0] > 0:
		return rating.Win
	case pay[0] < 0:
		return rating.Loss
	}
	return rating.Draw
}

// soloState is a history of a solo.
type soloState struct {
	cfr.State
	game *solo
}

// Player returns 0, Chance or Terminal.
func (s soloState) Player() cfr.Player {
	switch p := s.State.Player(); {
	case p < 0:
		return p
	case int(p) == s.game.card:
		return 0
	}
	return cfr.Chance
}

// Probabilities are those of chance, or the others'.
func (s soloState) Probabilities() []float64 {
	if s.State.Player() == cfr.Chance {
		return s.State.Probabilities()
	}
	return s.game.others(s.State)
}

// Child plays an action.
func (s soloState) Child(i int) cfr.State { return soloState{s.State.Child(i), s.game} }

// Returns pays the player.
func (s soloState) Returns(dst []float64) {
	all := make([]float64, s.game.abstraction.Players())
	s.State.Returns(all)
	dst[0] = all[s.game.card]
}
