package werewolf

import (
	"errors"
	"fmt"

	"dryad/cfr/deep"
	"dryad/games/werewolf/rules"
	"dryad/llm/embed"
)

// Params say what is played and how much of it.
type Params struct {
	// Set holds the rules.
	Set rules.Set
	// Language learns to speak.
	Language Language
	// Embedder turns speech into vectors.
	Embedder embed.Embedder
	// Games is the number of matches of self-play in an iteration; 200 by
	// default, 1000 in the paper.
	Games int
	// Candidates is how many things a seat thinks of when it is to speak; 3 by
	// default, as in the paper.
	Candidates int
	// MaxSampleAttempts is how often at most an agent that plays by a solution
	// asks its speaker for candidates until one of them is of the strategy drawn;
	// 1 by default.
	MaxSampleAttempts int
	// WolfClusters and NonWolfClusters are the number of clusters of werewolves
	// and of each other role in the first iteration, with one more in each next; 3
	// and 2 by default, as in the paper.
	WolfClusters, NonWolfClusters int
	// Clusters, when positive, is the number of clusters of every role in every
	// iteration instead.
	Clusters int
	// Abstraction of the game that is solved: Targets, or Clusters as in the
	// paper. The default is Clusters for 4 players and fewer, where the game is
	// also solved in tables, and Targets for more.
	Abstraction string
	// LearnedBeliefs, for the abstraction Targets, learns from each iteration's
	// self-play what actions and utterances tell about roles. Otherwise beliefs
	// are those of belief.DefaultModel.
	LearnedBeliefs bool
	// Iterations of Deep CFR, 1500 in the paper; 40 by default.
	Iterations int
	// Deep tunes the solver; its Seed and Workers are set here.
	Deep deep.Params
	// Exact is the number of iterations of CFR+ in tables for games of 4 players
	// and fewer; 300 by default, none when negative.
	Exact int
	// Payoff is abstract.Win, the default: the team's win or loss, zero-sum
	// between the teams; or abstract.Shaped: the paper's rewards, with which the
	// abstract game is general-sum.
	Payoff string
	// Pairs bounds the preferences of an iteration; 4000 by default.
	Pairs int
	// LowerRegret prefers the candidate with the lower regret, as the text of the
	// paper's section 3.3 says. Otherwise the one with the higher regret is
	// preferred, as the paper's equation 1 says.
	LowerRegret bool
	// Workers is the number of goroutines; 1 by default. It changes no result.
	Workers int
}

// DefaultAbstraction returns the abstraction that is used for a number of players
// where none is named.
func DefaultAbstraction(players int) string {
	if players <= exactPlayers {
		return Clusters
	}
	return Targets
}

func (p *Params) complete() error {
	if p.Language == nil || p.Embedder == nil {
		return errors.New("lspo: werewolf needs a language and an embedder")
	}
	if err := p.Set.Validate(); err != nil {
		return fmt.Errorf("lspo: %w", err)
	}
	if p.Abstraction == "" {
		p.Abstraction = DefaultAbstraction(p.Set.Players)
	}
	if p.Abstraction != Targets && p.Abstraction != Clusters {
		return fmt.Errorf("lspo: the abstraction is %s or %s, not %q", Targets, Clusters, p.Abstraction)
	}
	if p.Exact == 0 {
		p.Exact = 300
	}
	for _, n := range []struct {
		x        *int
		standard int
	}{
		{&p.Games, 200}, {&p.Candidates, 3}, {&p.MaxSampleAttempts, 1}, {&p.WolfClusters, 3}, {&p.NonWolfClusters, 2}, {&p.Iterations, 40}, {&p.Pairs, 4000}, {&p.Workers, 1},
	} {
		if *n.x == 0 {
			*n.x = n.standard
		}
		if *n.x < 1 {
			return fmt.Errorf("lspo: %d where at least 1 is needed", *n.x)
		}
	}
	return nil
}

// clusters returns how many clusters a role is to have in an iteration.
func (p *Params) clusters(role rules.Role, iteration int) int {
	switch {
	case p.Clusters > 0:
		return p.Clusters
	case role == rules.Werewolf:
		return p.WolfClusters + iteration - 1
	}
	return p.NonWolfClusters + iteration - 1
}
