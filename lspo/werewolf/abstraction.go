package werewolf

import (
	"fmt"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/games/werewolf/abstract"
	"dryad/games/werewolf/regard"
	"dryad/games/werewolf/rules"
)

// Abstractions of the game that is solved.
const (
	// Clusters is the paper's: a speech is its cluster, a player is a number.
	Clusters = "clusters"
	// Targets is that of package regard: a speech is its cluster and whom it is
	// about, a player is what one holds of it.
	Targets = "targets"
)

// abstraction is the abstract game over a space.
type abstraction interface {
	deep.Roles
	// at returns the decision point of a view.
	at(v *rules.View, strategies func(*rules.Record) int) decisionPoint
	// strategy returns the latent strategy of an action of speaking.
	strategy(a cfr.Action) (strategy int, speech bool)
}

// decisionPoint is a decision in a match.
type decisionPoint interface {
	cfr.State
	// follows returns the action that a text of a strategy is, and in which of
	// its ways it is put; -1 if the game knows of no such way.
	follows(strategy int, text string) (a cfr.Action, way int)
	// ways returns how often an action of speaking is put in each of its ways.
	ways(a cfr.Action) []float64
	// decision turns an action that is no speech into what the seat decides.
	decision(a cfr.Action) rules.Decision
}

// abstraction returns the abstract game over a space.
func (g *Game) abstraction(s *Space) (abstraction, error) {
	if g.params.Abstraction == Targets {
		game, err := regard.New(regard.Params{Set: g.params.Set, Lexicon: s.Lexicon, Model: s.Beliefs, Payoff: g.params.Payoff})
		if err != nil {
			return nil, fmt.Errorf("the space: %w", err)
		}
		return targetAbstraction{game}, nil
	}
	game, err := g.abstract(s)
	if err != nil {
		return nil, err
	}
	return clusterAbstraction{game}, nil
}

// abstract returns the game over the clusters alone.
func (g *Game) abstract(s *Space) (*abstract.Game, error) {
	strategies := map[rules.Role][]int{}
	if len(s.Symbols) != len(g.kinds) {
		return nil, fmt.Errorf("the space is of %d roles, the rules have %d", len(s.Symbols), len(g.kinds))
	}
	for i, role := range g.kinds {
		strategies[role] = s.Symbols[i]
	}
	return abstract.New(abstract.Params{Set: g.params.Set, Strategies: strategies, Payoff: g.params.Payoff})
}

// clusterAbstraction is the game in which a speech is its cluster and players are
// numbers.
type clusterAbstraction struct{ *abstract.Game }

func (a clusterAbstraction) at(v *rules.View, strategies func(*rules.Record) int) decisionPoint {
	return clusterPoint{a.Game.At(v, strategies), a.Game}
}

func (a clusterAbstraction) strategy(action cfr.Action) (int, bool) { return a.Cluster(action) }

type clusterPoint struct {
	*abstract.Seen
	game *abstract.Game
}

func (s clusterPoint) follows(strategy int, _ string) (cfr.Action, int) {
	return s.game.Speech(strategy), 0
}

func (s clusterPoint) ways(cfr.Action) []float64 { return []float64{1} }

func (s clusterPoint) decision(a cfr.Action) rules.Decision { return s.game.Decision(a) }

// targetAbstraction is the game in which a speech is its cluster and its target,
// and players are what a seat believes of them.
type targetAbstraction struct{ *regard.Game }

func (a targetAbstraction) at(v *rules.View, strategies func(*rules.Record) int) decisionPoint {
	return targetPoint{a.Game.At(v, strategies)}
}

func (a targetAbstraction) strategy(action cfr.Action) (int, bool) {
	s, _, speech := a.Talk(action)
	return s, speech
}

type targetPoint struct{ *regard.Seen }

func (s targetPoint) follows(strategy int, text string) (cfr.Action, int) {
	return s.Seen.Follows(strategy, text)
}

func (s targetPoint) ways(a cfr.Action) []float64 { return s.Seen.Ways(a) }

func (s targetPoint) decision(a cfr.Action) rules.Decision { return s.Seen.Decision(a) }
