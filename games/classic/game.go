package classic

import (
	"fmt"
	"strings"

	"dryad/bt"
	"dryad/cfr"
	"dryad/games"
	"dryad/vocab"
)

const channelMove vocab.Channels = 1

// featureLegal is the only feature; the conditions stand behind it.
const featureLegal = 0

// Game is a game of package cfr with seats.
type Game struct {
	inner      cfr.Game
	tree       *cfr.Tree
	vocabulary vocab.Vocabulary
	tasks      []games.Task
}

var _ games.Game = (*Game)(nil)

// New makes a game of seats of one that can be compiled, under a name.
func New(name string, inner cfr.Game) (*Game, error) {
	tree, err := cfr.Compile(inner, cfr.Limits{})
	if err != nil {
		return nil, err
	}
	if inner.Players() > 8 {
		return nil, fmt.Errorf("game %s: %d players; there are seats for 8", name, inner.Players())
	}
	g := &Game{inner: inner, tree: tree}
	names := make(map[cfr.Action]string)
	highest := cfr.Action(-1)
	for i := range tree.TotalInfosets() {
		actions := tree.Infoset(i).Actions
		if known(names, actions) {
			continue
		}
		for a, text := range tree.ActionNames(i) {
			names[actions[a]] = identifier(text)
			highest = max(highest, actions[a])
		}
	}
	g.vocabulary = vocab.Vocabulary{
		Game: name, Version: 1, Channels: []string{"move"},
		Features: []vocab.Feature{{Name: "legal_actions", Kind: vocab.Int, Max: float64(highest) + 1, Description: "number of actions that are legal now"}},
		Notes:    []string{"One tick is one move. Who does nothing takes the first legal action."},
	}
	for a := range highest + 1 {
		text, ok := names[a]
		if !ok {
			text = fmt.Sprintf("action_%d", a)
		}
		g.vocabulary.Conditions = append(g.vocabulary.Conditions, vocab.Condition{Name: "can_" + text, Description: text + " is legal now"})
		g.vocabulary.Tasks = append(g.vocabulary.Tasks, vocab.Task{Name: text, Channels: channelMove, Description: "take the action " + text + "; fails where it is illegal"})
		g.tasks = append(g.tasks, take(a))
	}
	if err := g.vocabulary.Validate(); err != nil {
		return nil, fmt.Errorf("game %s: %w", name, err)
	}
	return g, nil
}

func known(names map[cfr.Action]string, actions []cfr.Action) bool {
	for _, a := range actions {
		if _, ok := names[a]; !ok {
			return false
		}
	}
	return true
}

// identifier makes a word of a tree of an action's name.
func identifier(name string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			b.WriteRune(c)
		} else {
			b.WriteByte('_')
		}
	}
	if text := b.String(); text != "" && text[0] >= 'a' && text[0] <= 'z' {
		return text
	}
	return "bid_" + b.String()
}

// Tree returns the compiled game, for reading strategies.
func (g *Game) Tree() *cfr.Tree { return g.tree }

// Vocabulary implements games.Game.
func (g *Game) Vocabulary() *vocab.Vocabulary { return &g.vocabulary }

// Task implements games.Game.
func (g *Game) Task(index int) games.Task { return g.tasks[index] }

// Complete implements games.Game: the seats are the game's players.
func (g *Game) Complete(c games.Config) (games.Config, error) {
	if c.Seats == 0 {
		c.Seats = g.inner.Players()
	}
	if c.Ticks == 0 {
		c.Ticks = g.tree.Depth() + 1
	}
	if c.Mode == "" {
		c.Mode = "standard"
	}
	switch name := g.vocabulary.Game; {
	case c.Seats != g.inner.Players():
		return c, fmt.Errorf("%s is for %d seats, not %d", name, g.inner.Players(), c.Seats)
	case c.Mode != "standard":
		return c, fmt.Errorf("%s has no mode %q", name, c.Mode)
	case c.Map != "":
		return c, fmt.Errorf("%s has no maps", name)
	case c.Ticks < g.tree.Depth():
		return c, fmt.Errorf("a match of %s needs %d ticks, not %d", name, g.tree.Depth(), c.Ticks)
	case len(c.Rules) > 0 && string(c.Rules) != "null":
		return c, fmt.Errorf("%s has no rule options", name)
	}
	return c, nil
}

// New implements games.Game.
func (g *Game) New(config games.Config, seed uint64) (games.World, error) {
	config, err := g.Complete(config)
	if err != nil {
		return nil, err
	}
	w := &world{game: g, config: config, seed: seed, state: g.inner.Root()}
	for s := range config.Seats {
		w.bodies = append(w.bodies, body{world: w, seat: games.Seat(s)})
	}
	w.deal()
	return w, nil
}

// take is the task of one action: it succeeds where the action is legal and
// the channel free.
type take cfr.Action

// Words implements games.Task.
func (take) Words() int { return 0 }

// Tick implements games.Task.
func (t take) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*body)
	i := b.world.legal(cfr.Action(t))
	if i < 0 || call.May&channelMove == 0 {
		return bt.Failure, 0
	}
	b.wish = i + 1
	return bt.Success, channelMove
}

// Undrawn implements [games.Undrawn].
func (take) Undrawn() {}

// Halt implements games.Task.
func (take) Halt(games.Body, games.Call, []uint64) {}
