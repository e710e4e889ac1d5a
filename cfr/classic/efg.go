package classic

import (
	"io"
	"slices"
	"strconv"

	"dryad/cfr"
)

// maxEFGNodes bounds the histories of a game file.
const maxEFGNodes = 5_000_000

// ReadEFG reads a game in extensive form from a Gambit .efg file (version 2).
// Payoffs at inner nodes are added to those below. A fault of the file is a
// *[FormatError] with its line; what is wrong with the game itself is found by
// cfr.Compile.
//
// Keys are the names of information sets, or their numbers where a name is
// missing or stands twice.
func ReadEFG(r io.Reader) (cfr.Game, error) {
	l, err := newGambitLexer(r)
	if err != nil {
		return nil, err
	}
	title, players, err := l.header("EFG", "2")
	if err != nil {
		return nil, err
	}
	if err := l.comment(); err != nil {
		return nil, err
	}
	p := &efgReader{
		lexer: l, game: &efg{title: title, players: len(players)},
		sets: make([]map[int]*efgSet, len(players)+1), outcomes: make(map[int][]float64),
	}
	for i := range p.sets {
		p.sets[i] = make(map[int]*efgSet)
	}
	if p.game.title == "" {
		p.game.title = "efg"
	}
	if err := p.tree(); err != nil {
		return nil, err
	}
	if l.next.kind != gambitEnd {
		return nil, l.fault("%q after the end of the tree", l.next.text)
	}
	p.nameSets()
	return p.game, nil
}

type efg struct {
	title   string
	players int
	root    *efgNode
}

func (g *efg) Name() string    { return g.title }
func (g *efg) Players() int    { return g.players }
func (g *efg) Root() cfr.State { return g.root }

// efgNode is a history; it is its own cfr.State.
type efgNode struct {
	player   cfr.Player
	set      *efgSet
	children []*efgNode
	returns  []float64
}

type efgSet struct {
	number        int
	name          string
	key           string
	actions       []string
	moves         []cfr.Action
	probabilities []float64
}

func (n *efgNode) Player() cfr.Player          { return n.player }
func (n *efgNode) Actions() []cfr.Action       { return n.set.moves }
func (n *efgNode) Probabilities() []float64    { return n.set.probabilities }
func (n *efgNode) Child(i int) cfr.State       { return n.children[i] }
func (n *efgNode) AppendKey(dst []byte) []byte { return append(dst, n.set.key...) }
func (n *efgNode) Returns(dst []float64)       { copy(dst, n.returns) }

func (n *efgNode) ActionName(a cfr.Action) string {
	if name := n.set.actions[a]; name != "" {
		return name
	}
	return strconv.Itoa(int(a) + 1)
}

type efgReader struct {
	lexer    *gambitLexer
	game     *efg
	sets     []map[int]*efgSet // by player; those of chance last
	order    []*efgSet
	owner    []int
	outcomes map[int][]float64
	nodes    int
}

// tree reads the nodes, which stand in prefix order. A stack takes the place of
// recursion: a hostile file may be deep.
func (p *efgReader) tree() error {
	var open []*efgNode // nodes with children still to come
	for {
		if p.nodes++; p.nodes > maxEFGNodes {
			return p.lexer.fault("more than %d nodes", maxEFGNodes)
		}
		node := &efgNode{returns: make([]float64, p.game.players)}
		if len(open) == 0 {
			p.game.root = node
		} else {
			above := open[len(open)-1]
			above.children = append(above.children, node)
			copy(node.returns, above.returns)
		}
		if err := p.node(node); err != nil {
			return err
		}
		if node.player != cfr.Terminal {
			open = append(open, node)
		}
		for len(open) > 0 && len(open[len(open)-1].children) == len(open[len(open)-1].set.actions) {
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			return nil
		}
	}
}

func (p *efgReader) node(n *efgNode) error {
	l := p.lexer
	kind, err := l.take(gambitWord, "a node (c, p or t)")
	if err != nil {
		return err
	}
	if _, err := l.text("the node's name"); err != nil {
		return err
	}
	switch kind {
	case "t":
		n.player = cfr.Terminal
	case "c":
		n.player = cfr.Chance
		err = p.set(n, p.game.players)
	case "p":
		var number int
		if number, err = l.whole("the player's number"); err != nil {
			return err
		}
		if number < 1 || number > p.game.players {
			return l.fault("player %d of %d", number, p.game.players)
		}
		n.player = cfr.Player(number - 1)
		err = p.set(n, number-1)
	default:
		return l.fault("a node begins with c, p or t, not with %q", kind)
	}
	if err != nil {
		return err
	}
	return p.outcome(n)
}

// set reads an information set: its number, and at its first node its name and
// actions.
func (p *efgReader) set(n *efgNode, owner int) error {
	l := p.lexer
	number, err := l.whole("the information set's number")
	if err != nil {
		return err
	}
	name := ""
	if l.next.kind == gambitText {
		if name, err = l.text("the information set's name"); err != nil {
			return err
		}
	}
	known := p.sets[owner][number]
	if !l.is("{") {
		if known == nil {
			return l.fault("information set %d has no actions", number)
		}
		n.set = known
		return nil
	}
	set := &efgSet{number: number, name: name}
	if err := l.symbol("{"); err != nil {
		return err
	}
	for !l.is("}") {
		action, err := l.text("an action's name")
		if err != nil {
			return err
		}
		set.actions = append(set.actions, action)
		if owner == p.game.players {
			probability, err := l.number("the action's probability")
			if err != nil {
				return err
			}
			set.probabilities = append(set.probabilities, probability)
		}
	}
	if err := l.symbol("}"); err != nil {
		return err
	}
	if len(set.actions) == 0 {
		return l.fault("information set %d has no actions", number)
	}
	set.moves = identity(len(set.actions))
	if known != nil {
		if !slices.Equal(known.actions, set.actions) || !slices.Equal(known.probabilities, set.probabilities) {
			return l.fault("information set %d has other actions than before", number)
		}
		n.set = known
		return nil
	}
	p.sets[owner][number] = set
	p.order, p.owner = append(p.order, set), append(p.owner, owner)
	n.set = set
	return nil
}

// outcome reads an outcome: its number (0 for none), and where it first stands
// its name and payoffs.
func (p *efgReader) outcome(n *efgNode) error {
	l := p.lexer
	number, err := l.whole("the outcome's number")
	if err != nil {
		return err
	}
	if l.next.kind == gambitText {
		if err := l.advance(); err != nil {
			return err
		}
	}
	if l.is("{") {
		payoffs, err := l.numbers("a payoff", p.game.players)
		if err != nil {
			return err
		}
		if number == 0 {
			return l.fault("outcome 0, which is none, has payoffs")
		}
		p.outcomes[number] = payoffs
	}
	if number == 0 {
		return nil
	}
	payoffs, ok := p.outcomes[number]
	if !ok {
		return l.fault("outcome %d has no payoffs", number)
	}
	for i, x := range payoffs {
		n.returns[i] += x
	}
	return nil
}

// nameSets gives every information set its key.
func (p *efgReader) nameSets() {
	count := make([]map[string]int, p.game.players+1)
	for i := range count {
		count[i] = make(map[string]int)
	}
	for i, set := range p.order {
		count[p.owner[i]][set.name]++
		count[p.owner[i]][strconv.Itoa(set.number)]++
	}
	for i, set := range p.order {
		if set.key = set.name; set.name == "" || count[p.owner[i]][set.name] > 1 {
			set.key = "#" + strconv.Itoa(set.number)
		}
	}
}
