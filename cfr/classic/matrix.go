package classic

import (
	"errors"
	"fmt"

	"dryad/cfr"
)

// Normal is a game in normal form: every player picks one action without
// seeing the others' picks. As a tree, player 0 picks first.
type Normal struct {
	Title   string     // the game's name
	Actions [][]string // names of each player's actions
	// Payoffs holds each player's returns, player by player; profiles are
	// counted with player 0's action changing fastest, as in Gambit's files.
	Payoffs [][]float64
}

// Matrix returns the two-player zero-sum game in which player 0 picks a row
// and gets the entry that player 1 pays.
func Matrix(name string, rows [][]float64) (cfr.Game, error) {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return nil, errors.New("a matrix game needs a row and a column")
	}
	columns := len(rows[0])
	n := &Normal{Title: name, Actions: [][]string{numbered(len(rows)), numbered(columns)}, Payoffs: make([][]float64, 2)}
	for c := range columns {
		for _, row := range rows {
			if len(row) != columns {
				return nil, fmt.Errorf("matrix game %s: a row of %d entries after one of %d", name, len(row), columns)
			}
			n.Payoffs[0] = append(n.Payoffs[0], row[c])
			n.Payoffs[1] = append(n.Payoffs[1], -row[c])
		}
	}
	return n.Game()
}

// RPSLS returns rock-paper-scissors-Spock-lizard: each of the five beats two
// others and wins 1. Its only equilibrium is uniform.
func RPSLS() cfr.Game {
	names := []string{"rock", "paper", "scissors", "spock", "lizard"}
	// In this order, i beats the ones 2 and 4 places on.
	n := &Normal{Title: "rpsls", Actions: [][]string{names, names}, Payoffs: make([][]float64, 2)}
	for c := range 5 {
		for r := range 5 {
			win := [...]float64{0, -1, 1, -1, 1}[(c-r+5)%5]
			n.Payoffs[0] = append(n.Payoffs[0], win)
			n.Payoffs[1] = append(n.Payoffs[1], -win)
		}
	}
	game, err := n.Game()
	if err != nil {
		panic("dryad: bug in rock-paper-scissors-Spock-lizard: " + err.Error())
	}
	return game
}

// Game checks the table and returns it as a game.
func (n *Normal) Game() (cfr.Game, error) {
	profiles := 1
	g := &normal{table: n}
	for p, actions := range n.Actions {
		if len(actions) == 0 {
			return nil, fmt.Errorf("normal-form game %s: player %d has no action", n.Title, p)
		}
		g.strides = append(g.strides, profiles)
		g.moves = append(g.moves, identity(len(actions)))
		profiles *= len(actions)
		if profiles > maxProfiles {
			return nil, fmt.Errorf("normal-form game %s has more than %d profiles", n.Title, maxProfiles)
		}
	}
	if len(n.Payoffs) != len(n.Actions) || len(n.Actions) == 0 {
		return nil, fmt.Errorf("normal-form game %s: payoffs of %d players for %d", n.Title, len(n.Payoffs), len(n.Actions))
	}
	for p, payoffs := range n.Payoffs {
		if len(payoffs) != profiles {
			return nil, fmt.Errorf("normal-form game %s: %d payoffs of player %d for %d profiles", n.Title, len(payoffs), p, profiles)
		}
	}
	return g, nil
}

// maxProfiles bounds the tables of normal-form games.
const maxProfiles = 4_000_000

func numbered(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint(i + 1)
	}
	return names
}

type normal struct {
	table   *Normal
	strides []int
	moves   [][]cfr.Action
}

func (g *normal) Name() string    { return g.table.Title }
func (g *normal) Players() int    { return len(g.moves) }
func (g *normal) Root() cfr.State { return normalState{game: g} }

type normalState struct {
	decisionOnly
	game    *normal
	mover   int
	profile int
}

func (s normalState) Player() cfr.Player {
	if s.mover == len(s.game.moves) {
		return cfr.Terminal
	}
	return cfr.Player(s.mover)
}

func (s normalState) Actions() []cfr.Action { return s.game.moves[s.mover] }

func (s normalState) Child(i int) cfr.State {
	s.profile += i * s.game.strides[s.mover]
	s.mover++
	return s
}

// AppendKey names the only decision of a player "pick".
func (s normalState) AppendKey(dst []byte) []byte { return append(dst, "pick"...) }

func (s normalState) Returns(dst []float64) {
	for p := range dst {
		dst[p] = s.game.table.Payoffs[p][s.profile]
	}
}

func (s normalState) ActionName(a cfr.Action) string { return s.game.table.Actions[s.mover][a] }
