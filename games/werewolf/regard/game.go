package regard

import (
	"fmt"
	"hash/fnv"
	"slices"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/games/werewolf/abstract"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/rules"
)

// Params say which game is meant.
type Params struct {
	// Set holds the rules; the floor must go in order.
	Set rules.Set
	// Lexicon is what can be said. It must not be changed.
	Lexicon *Lexicon
	// Model is how everybody concludes from what is done and said;
	// belief.DefaultModel by default.
	Model *belief.Model
	// Payoff is abstract.Win, the default, or abstract.Shaped.
	Payoff string
}

// Game is the abstract game. It may be used by several goroutines.
type Game struct {
	*abstract.Game     // the course of the game, its deals and its payoffs
	strategies     int // above the number of each latent strategy
	model          belief.Model
	print          uint64 // of the lexicon and the model
	talk           [rules.Roles][]talk
}

// talk is a way to have the floor.
type talk struct {
	class    Class
	strategy int
	action   cfr.Action
	ways     []way
	times    float64
}

// way is a way to put it.
type way struct {
	claims []Claim
	chance float64
}

var (
	_ deep.Roles          = (*Game)(nil)
	_ deep.HistoryEncoder = (*Game)(nil)
)

// New makes the game.
func New(p Params) (*Game, error) {
	if err := p.Lexicon.check(&p.Set); err != nil {
		return nil, err
	}
	g := &Game{model: belief.DefaultModel()}
	if p.Model != nil {
		g.model = *p.Model
	}
	strategies := map[rules.Role][]int{}
	seen := map[[2]int]bool{}
	print := fnv.New64a()
	fmt.Fprint(print, g.model)
	for _, s := range p.Lexicon.Speeches {
		fmt.Fprint(print, s)
		if at := [2]int{int(s.Role), s.Strategy}; !seen[at] {
			seen[at] = true
			strategies[s.Role] = append(strategies[s.Role], s.Strategy)
		}
		g.strategies = max(g.strategies, s.Strategy+1)
	}
	g.print = print.Sum64()
	var err error
	if g.Game, err = abstract.New(abstract.Params{Set: p.Set, Strategies: strategies, Payoff: p.Payoff}); err != nil {
		return nil, err
	}
	for _, s := range p.Lexicon.Speeches {
		t := talk{class: s.Class, strategy: s.Strategy, action: g.Speech(s.Strategy, s.Class)}
		times := float64(s.times())
		t.times = times
		for _, w := range s.Ways {
			t.ways = append(t.ways, way{w.Claims, float64(w.Count) / times})
		}
		g.talk[s.Role] = append(g.talk[s.Role], t)
	}
	return g, nil
}

func (g *Game) set() *rules.Set { return g.Game.Set() }

// Name names the rules, the lexicon and the model.
func (g *Game) Name() string { return fmt.Sprintf("%s,regard=%x", g.Game.Name(), g.print) }

// Place is the action of choosing who has a place in the order; the last place
// of all is one's own.
func (g *Game) Place(n int) cfr.Action { return cfr.Action(n) }

// Speech is the action of speaking by a latent strategy about a class of target.
func (g *Game) Speech(strategy int, c Class) cfr.Action {
	return cfr.Action(g.set().Players + 1 + strategy*Classes + int(c))
}

// Talk returns the latent strategy and the class of target of an action of
// speaking.
func (g *Game) Talk(a cfr.Action) (strategy int, c Class, speech bool) {
	n := int(a) - g.set().Players - 1
	if n < 0 {
		return 0, 0, false
	}
	return n / Classes, Class(n % Classes), true
}

// ways returns the ways of a role to put an action of speaking.
func (g *Game) ways(role rules.Role, a cfr.Action) []way {
	for i := range g.talk[role] {
		if g.talk[role][i].action == a {
			return g.talk[role][i].ways
		}
	}
	return nil
}

// Moves is above every action.
func (g *Game) Moves() int { return g.set().Players + 1 + g.strategies*Classes }

// ActionName names an action.
func (g *Game) ActionName(a cfr.Action) string {
	if strategy, class, speech := g.Talk(a); speech {
		return fmt.Sprintf("strategy_%d_%s", strategy, class)
	}
	if a == g.Abstain() {
		return "abstain"
	}
	if int(a) == g.set().Players-1 {
		return "oneself"
	}
	return fmt.Sprintf("place_%d", a)
}

// Role returns the number of the role of the player who moves.
func (g *Game) Role(s cfr.State) int {
	role := s.(regarded).regard().view.Role
	return slices.Index(g.Kinds(), role)
}

// Encode writes the vector observation of whoever moves.
func (g *Game) Encode(s cfr.State, dst []float32) { g.encode(s.(regarded).regard(), dst) }
