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

// world is the abstract game over a space.
type world interface {
	deep.Roles
	// at returns the decision that a view asks for.
	at(v *rules.View, strategies func(*rules.Record) int) scene
	// strategy returns the latent strategy of an action of speaking.
	strategy(a cfr.Action) (strategy int, speech bool)
}

// scene is a decision in a match.
type scene interface {
	cfr.State
	// follows returns the action that a text of a strategy is, and in which of
	// its ways it is put; -1 if the game knows of no such way.
	follows(strategy int, text string) (a cfr.Action, way int)
	// ways returns how often an action of speaking is put in each of its ways.
	ways(a cfr.Action) []float64
	// decision turns an action that is no speech into what the seat decides.
	decision(a cfr.Action) rules.Decision
}

// world returns the abstract game over a space.
func (g *Game) world(s *Space) (world, error) {
	if g.params.Abstraction == Targets {
		game, err := regard.New(regard.Params{Set: g.params.Set, Lexicon: s.Lexicon, Model: s.Hearing, Payoff: g.params.Payoff})
		if err != nil {
			return nil, fmt.Errorf("the space: %w", err)
		}
		return regarding{game}, nil
	}
	game, err := g.abstract(s)
	if err != nil {
		return nil, err
	}
	return counting{game}, nil
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

// counting is the game in which players are numbers.
type counting struct{ *abstract.Game }

func (w counting) at(v *rules.View, strategies func(*rules.Record) int) scene {
	return countingScene{w.Game.At(v, strategies), w.Game}
}

func (w counting) strategy(a cfr.Action) (int, bool) { return w.Cluster(a) }

type countingScene struct {
	*abstract.Seen
	game *abstract.Game
}

func (s countingScene) follows(strategy int, _ string) (cfr.Action, int) {
	return s.game.Speech(strategy), 0
}

func (s countingScene) ways(cfr.Action) []float64 { return []float64{1} }

func (s countingScene) decision(a cfr.Action) rules.Decision { return s.game.Decision(a) }

// regarding is the game in which players are what one holds of them.
type regarding struct{ *regard.Game }

func (w regarding) at(v *rules.View, strategies func(*rules.Record) int) scene {
	return regardingScene{w.Game.At(v, strategies)}
}

func (w regarding) strategy(a cfr.Action) (int, bool) {
	s, _, speech := w.Talk(a)
	return s, speech
}

type regardingScene struct{ *regard.Seen }

func (s regardingScene) follows(strategy int, text string) (cfr.Action, int) {
	return s.Seen.Follows(strategy, text)
}

func (s regardingScene) ways(a cfr.Action) []float64 { return s.Seen.Ways(a) }

func (s regardingScene) decision(a cfr.Action) rules.Decision { return s.Seen.Decision(a) }
