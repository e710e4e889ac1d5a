package abstract

import (
	"errors"
	"fmt"
	"slices"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Payoffs.
const (
	// Win pays 1 to each of the winning team, -1 to the others, 0 for a draw:
	// zero-sum between the teams.
	Win = "win"
	// Shaped pays the paper's rewards (rules.Table.Reward), divided by 300.
	// The game is then general-sum.
	Shaped = "shaped"
)

// Params say which game is meant.
type Params struct {
	// Set holds the rules; the floor must go in order. A fixed deal leaves
	// nothing to chance there.
	Set rules.Set
	// Clusters is the number of latent strategies of a role's speeches; a role
	// that is missing has one.
	Clusters map[rules.Role]int
	// Strategies, for a role that it holds, lists the numbers of its latent
	// strategies in place of 0 to Clusters-1. Others hear the number only: roles
	// that share one sound alike.
	Strategies map[rules.Role][]int
	// Payoff is Win, the default, or Shaped.
	Payoff string
	// Rounds is the number of rounds that the vector observation holds, the
	// latest ones; 3 by default, as in the paper.
	Rounds int
	// Plain leaves the latent strategies out of the vector observation, which
	// is then the paper's: 211 numbers for 7 players.
	Plain bool
}

// maxClusters bounds the latent strategies of a role.
const maxClusters = 100

// Game is the abstract game. It may be used by several goroutines.
type Game struct {
	params   Params
	deck     []rules.Role
	kinds    []rules.Role
	kindOf   [rules.Roles]int
	clusters [rules.Roles]int
	most     int // clusters of any role
	extra    bool
	talks    [rules.Roles][]cfr.Action
	sets     [][]cfr.Action // the seats of a set, by the set
	ballots  [][]cfr.Action // the same and abstaining
	even     [][]float64
}

var (
	_ cfr.Game            = (*Game)(nil)
	_ deep.Roles          = (*Game)(nil)
	_ deep.HistoryEncoder = (*Game)(nil)
)

// New makes the game.
func New(p Params) (*Game, error) {
	if err := p.Set.Validate(); err != nil {
		return nil, err
	}
	if p.Set.Floor != rules.InOrder {
		return nil, errors.New("the abstract game needs speeches in order: a bid for the floor has no abstract meaning")
	}
	if p.Set.NightTalk {
		return nil, errors.New("the abstract game has no talk at night: leave night_talk out")
	}
	if p.Payoff == "" {
		p.Payoff = Win
	}
	if p.Payoff != Win && p.Payoff != Shaped {
		return nil, fmt.Errorf("the payoff is %s or %s, not %q", Win, Shaped, p.Payoff)
	}
	if p.Rounds == 0 {
		p.Rounds = 3
	}
	if p.Rounds < 0 || p.Rounds > p.Set.Rounds {
		p.Rounds = p.Set.Rounds
	}
	g := &Game{params: p, deck: p.Set.Deck(), kinds: p.Set.Kinds()}
	for i, r := range g.kinds {
		g.kindOf[r] = i
		g.clusters[r] = max(1, p.Clusters[r])
		if p.Clusters[r] < 0 || g.clusters[r] > maxClusters {
			return nil, fmt.Errorf("%d clusters for the %s: 1 to %d are possible", p.Clusters[r], r, maxClusters)
		}
		strategies, listed := p.Strategies[r]
		if !listed {
			for c := range g.clusters[r] {
				strategies = append(strategies, c)
			}
		}
		if len(strategies) == 0 {
			return nil, fmt.Errorf("the %s has no latent strategy", r)
		}
		g.clusters[r] = len(strategies)
		for i, c := range strategies {
			if c < 0 || c >= maxClusters || slices.Contains(strategies[:i], c) {
				return nil, fmt.Errorf("latent strategies %v of the %s: they are different numbers from 0 to %d", strategies, r, maxClusters-1)
			}
			g.most = max(g.most, c+1)
			g.talks[r] = append(g.talks[r], g.Speech(c))
		}
	}
	g.extra = p.Set.Reveal != rules.RevealNone || p.Set.Learns == rules.LearnRole || p.Set.Mediums > 0
	g.tabulate()
	return g, nil
}

// tabulate makes the shared slices of actions and probabilities.
func (g *Game) tabulate() {
	n := g.params.Set.Players
	g.sets = make([][]cfr.Action, 1<<n)
	g.ballots = make([][]cfr.Action, 1<<n)
	for set := range g.sets {
		row := make([]cfr.Action, 0, n+1)
		for seat := range rules.Seats(set).All() {
			row = append(row, cfr.Action(seat))
		}
		g.sets[set] = row[:len(row):len(row)]
		g.ballots[set] = append(row, g.Abstain())
	}
	for k := range max(n, rules.MaxSeats) + 1 {
		row := make([]float64, k)
		for i := range row {
			row[i] = 1 / float64(k)
		}
		g.even = append(g.even, row)
	}
}

// Name names the rules and the clusters.
func (g *Game) Name() string {
	s := &g.params.Set
	name := fmt.Sprintf("werewolf(players=%d", s.Players)
	for _, r := range g.kinds {
		name += fmt.Sprintf(",%s=%dx%d", r, s.Count(r), g.clusters[r])
		if listed, ok := g.params.Strategies[r]; ok {
			name += fmt.Sprint(listed)
		}
	}
	name += fmt.Sprintf(",talk=%d,rounds=%d,%s,%s,ties=%s,reveal=%s,seer=%s,self=%t,quiet=%t,payoff=%s",
		s.TalkRounds, s.Rounds, s.Ballots, s.Exile, s.Ties, s.Reveal, s.Learns, s.SelfSave, s.QuietStart, g.params.Payoff)
	if s.Deal != nil {
		name += fmt.Sprint(",deal=", s.Deal)
	}
	return name + ")"
}

// Set returns the rules. They must not be changed.
func (g *Game) Set() *rules.Set { return &g.params.Set }

// Players returns the number of cards, which is that of the seats.
func (g *Game) Players() int { return len(g.deck) }

// Card returns the role of a player of the game.
func (g *Game) Card(p cfr.Player) rules.Role { return g.deck[p] }

// Clusters returns the number of latent strategies of a role.
func (g *Game) Clusters(r rules.Role) int { return g.clusters[r] }

// Abstain is the action of voting for nobody; the action of choosing a seat is
// the seat's number.
func (g *Game) Abstain() cfr.Action { return cfr.Action(g.params.Set.Players) }

// Speech is the action of speaking by a latent strategy.
func (g *Game) Speech(cluster int) cfr.Action {
	return cfr.Action(g.params.Set.Players + 1 + cluster)
}

// Cluster returns the latent strategy of an action of speaking.
func (g *Game) Cluster(a cfr.Action) (int, bool) {
	c := int(a) - g.params.Set.Players - 1
	return c, c >= 0
}

// Moves is above every action.
func (g *Game) Moves() int { return g.params.Set.Players + 1 + g.most }

// Decision turns an action into what a seat decides. For speeches it is the
// abstract decision: silence with the strategy's number.
func (g *Game) Decision(a cfr.Action) rules.Decision {
	if c, speech := g.Cluster(a); speech {
		return rules.Decision{Target: games.NoSeat, Value: c}
	}
	if a == g.Abstain() {
		return rules.Pass()
	}
	return rules.Point(games.Seat(a))
}

// ActionName names an action.
func (g *Game) ActionName(a cfr.Action) string {
	if c, speech := g.Cluster(a); speech {
		return fmt.Sprintf("strategy_%d", c)
	}
	if a == g.Abstain() {
		return "abstain"
	}
	return rules.Name(games.Seat(a))
}

// Roles returns the number of different roles.
func (g *Game) Roles() int { return len(g.kinds) }

// Kinds returns the different roles; the index is the role's number for
// package deep.
func (g *Game) Kinds() []rules.Role { return g.kinds }

// Role returns the number of the role of the player who moves.
func (g *Game) Role(s cfr.State) int { return g.kindOf[s.(seen).view().Role] }
