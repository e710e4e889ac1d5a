package openspiel

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"dryad/cfr"
)

const (
	format   = "dryad-openspiel"
	version  = 1
	maxLine  = 1 << 20 // bytes
	maxCount = 64      // players
)

// header is the first line of a tree.
type header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Name    string `json:"name"`
	Players int    `json:"players"`
}

// setLine declares an information set, or outcomes of chance.
type setLine struct {
	Player        int       `json:"player"` // -1 is chance
	Key           string    `json:"key"`
	Actions       []int32   `json:"actions"`
	Names         []string  `json:"names"`
	Probabilities []float64 `json:"probabilities"`
}

// Read reads a tree as the Python module dryad_games.openspiel writes it: JSON,
// a value a line. After a header, an object declares the next information set,
// a whole number is a history of that set, and a list is a terminal history
// with the return of every player. Histories stand in prefix order. An error
// names the line; [io.ErrUnexpectedEOF] says that the text ends early. What is
// wrong with the game itself is found by cfr.Compile.
func Read(r io.Reader, histories int) (cfr.Game, error) {
	p := &reader{lines: bufio.NewScanner(r), most: histories}
	p.lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	if err := p.header(); err != nil {
		return nil, err
	}
	for !p.whole {
		if err := p.next(); err != nil {
			return nil, err
		}
	}
	if p.scan() {
		return nil, p.fault("%.50q after the end of the tree", p.lines.Bytes())
	}
	if err := p.lines.Err(); err != nil {
		return nil, p.fault("%w", err)
	}
	return p.game, nil
}

type reader struct {
	lines *bufio.Scanner
	line  int
	most  int // histories
	count int
	game  *game
	sets  []*set
	open  []*node // with children still to come
	whole bool
}

func (p *reader) fault(text string, args ...any) error {
	return fmt.Errorf("line %d of the tree: "+text, append([]any{p.line}, args...)...)
}

// scan goes to the next line that is not empty.
func (p *reader) scan() bool {
	for p.lines.Scan() {
		p.line++
		if len(bytes.TrimSpace(p.lines.Bytes())) > 0 {
			return true
		}
	}
	return false
}

func (p *reader) take() ([]byte, error) {
	if !p.scan() {
		p.line++
		if err := p.lines.Err(); err != nil {
			return nil, p.fault("%w", err)
		}
		return nil, p.fault("the tree is not whole: %w", io.ErrUnexpectedEOF)
	}
	return bytes.TrimSpace(p.lines.Bytes()), nil
}

func (p *reader) header() error {
	text, err := p.take()
	if err != nil {
		return err
	}
	var h header
	if err := json.Unmarshal(text, &h); err != nil || h.Format != format {
		return p.fault("this is no tree of OpenSpiel's")
	}
	if h.Version != version {
		return p.fault("version %d; this program reads version %d", h.Version, version)
	}
	if h.Players < 1 || h.Players > maxCount {
		return p.fault("%d players; 1 to %d are possible", h.Players, maxCount)
	}
	p.game = &game{name: Prefix + h.Name, players: h.Players}
	return nil
}

// next reads a set or a history.
func (p *reader) next() error {
	text, err := p.take()
	if err != nil {
		return err
	}
	if text[0] == '{' {
		return p.set(text)
	}
	if p.count++; p.count > p.most {
		return p.fault("the game has more than %d histories", p.most)
	}
	n := &node{}
	if text[0] == '[' {
		if err := json.Unmarshal(text, &n.returns); err != nil {
			return p.fault("returns: %w", err)
		}
		if len(n.returns) != p.game.players {
			return p.fault("%d returns for %d players", len(n.returns), p.game.players)
		}
	} else {
		var number int
		if err := json.Unmarshal(text, &number); err != nil {
			return p.fault("%.50q is no history", text)
		}
		if number < 0 || number >= len(p.sets) {
			return p.fault("no set %d is declared", number)
		}
		n.set = p.sets[number]
		n.children = make([]*node, 0, len(n.set.actions))
	}
	p.put(n)
	return nil
}

// put adds a history to the tree.
func (p *reader) put(n *node) {
	if p.game.root == nil {
		p.game.root = n
	} else {
		above := p.open[len(p.open)-1]
		above.children = append(above.children, n)
	}
	if n.set != nil {
		p.open = append(p.open, n)
	}
	for len(p.open) > 0 && len(p.open[len(p.open)-1].children) == len(p.open[len(p.open)-1].set.actions) {
		p.open = p.open[:len(p.open)-1]
	}
	p.whole = len(p.open) == 0
}

func (p *reader) set(text []byte) error {
	var l setLine
	if err := json.Unmarshal(text, &l); err != nil {
		return p.fault("a set: %w", err)
	}
	switch {
	case l.Player < int(cfr.Chance) || l.Player >= p.game.players:
		return p.fault("player %d of %d", l.Player, p.game.players)
	case len(l.Actions) == 0:
		return p.fault("a set without actions")
	case len(l.Names) != len(l.Actions):
		return p.fault("%d names for %d actions", len(l.Names), len(l.Actions))
	}
	s := &set{player: cfr.Player(l.Player), key: l.Key, names: make(map[cfr.Action]string, len(l.Actions)), probabilities: l.Probabilities}
	for i, a := range l.Actions {
		s.actions = append(s.actions, cfr.Action(a))
		s.names[cfr.Action(a)] = l.Names[i]
	}
	if err := s.check(); err != nil {
		return p.fault("%w", err)
	}
	p.sets = append(p.sets, s)
	return nil
}

func (s *set) check() error {
	if s.player != cfr.Chance {
		if s.probabilities != nil {
			return errors.New("probabilities of a player")
		}
		return nil
	}
	if len(s.probabilities) != len(s.actions) {
		return fmt.Errorf("%d probabilities for %d outcomes", len(s.probabilities), len(s.actions))
	}
	sum := 0.0
	for _, p := range s.probabilities {
		sum += p
	}
	// OpenSpiel sums in another order, and some of its games round.
	if math.Abs(sum-1) > 1e-6 {
		return fmt.Errorf("the probabilities of chance sum to %v", sum)
	}
	for i := range s.probabilities {
		s.probabilities[i] /= sum
	}
	return nil
}
