package cfr_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
)

// keyedGame is a game without what speeds up its compilation: states have keys
// only, are never written over, and do not say that moves are public.
type keyedGame struct{ cfr.Game }

func (g keyedGame) Root() cfr.State { return keyed{g.Game.Root()} }

type keyed struct{ state cfr.State }

func (s keyed) Player() cfr.Player          { return s.state.Player() }
func (s keyed) Actions() []cfr.Action       { return s.state.Actions() }
func (s keyed) Probabilities() []float64    { return s.state.Probabilities() }
func (s keyed) Child(i int) cfr.State       { return keyed{s.state.Child(i)} }
func (s keyed) AppendKey(dst []byte) []byte { return s.state.AppendKey(dst) }
func (s keyed) Returns(dst []float64)       { s.state.Returns(dst) }

// codedGame has the codes and the reuse of liar's dice, and does not say that
// moves are public.
type codedGame struct{ cfr.Game }

func (g codedGame) Root() cfr.State { return coded{keyed{g.Game.Root()}} }

type coded struct{ keyed }

func (s coded) Child(i int) cfr.State { return coded{keyed{s.state.Child(i)}} }
func (s coded) Code() (uint64, bool)  { return s.state.(cfr.Coded).Code() }
func (s coded) ChildInto(i int, old cfr.State) cfr.State {
	o, _ := old.(coded)
	return coded{keyed{s.state.(cfr.Reuser).ChildInto(i, o.state)}}
}

// TestShortcuts: codes, states that are written over, and moves that are looked
// at once for all deals compile to the same tree as keys and new states, down to
// the last number.
func TestShortcuts(t *testing.T) {
	for _, size := range [][3]int{{2, 1, 2}, {2, 1, 4}, {2, 2, 2}, {3, 1, 2}, {2, 1, 6}} {
		game, err := classic.LiarsDiceOf(size[0], size[1], size[2])
		if err != nil {
			t.Fatal(err)
		}
		slow, err := cfr.Compile(keyedGame{game}, cfr.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range []cfr.Game{game, codedGame{game}} {
			fast, err := cfr.Compile(g, cfr.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if part := cfr.TreesDifferIn(fast, slow); part != "" {
				t.Errorf("%s as %T: %s of the tree differ", game.Name(), g, part)
			}
			for i := range fast.TotalInfosets() {
				set := fast.Infoset(i)
				if at, ok := fast.Lookup(set.Player, set.Key); !ok || at != i {
					t.Fatalf("%s: %q is looked up as %d", game.Name(), set.Key, at)
				}
			}
		}
	}
}

// dealtGame deals one of two cards to each player; then player 0 chooses among
// some moves, and after each player 1 does. odd says what is wrong, at the
// history with moves 1 1, or behind it.
type dealtGame struct {
	odd string
}

func (dealtGame) Name() string      { return "dealt" }
func (dealtGame) Players() int      { return 2 }
func (g dealtGame) Root() cfr.State { return dealt{game: g} }

type dealt struct {
	game  dealtGame
	cards string
	moves string
}

var (
	twoMoves = []cfr.Action{0, 1}
	fair     = []float64{0.5, 0.5}
)

func (s dealt) odd(what string) bool { return s.game.odd == what && s.moves == "11" }

func (s dealt) Player() cfr.Player {
	switch {
	case len(s.cards) < 2:
		return cfr.Chance
	case s.odd("chance"):
		return cfr.Chance
	case s.odd("stranger"):
		return 2
	case s.odd("stuck"), s.odd("twice"), s.game.odd == "endless":
		return cfr.Player(len(s.moves) % 2)
	case len(s.moves) == 2:
		return cfr.Terminal
	}
	return cfr.Player(len(s.moves))
}

func (s dealt) Actions() []cfr.Action {
	switch {
	case s.odd("stuck"):
		return nil
	case s.odd("twice"):
		return []cfr.Action{1, 0, 1}
	}
	return twoMoves
}

func (s dealt) Probabilities() []float64 { return fair }

func (s dealt) Child(i int) cfr.State {
	if digit := string(rune('0' + i)); len(s.cards) < 2 {
		s.cards += digit
	} else {
		s.moves += digit
	}
	return s
}

func (s dealt) AppendKey(dst []byte) []byte {
	return append(append(dst, s.cards[len(s.moves)%2]), s.moves...)
}

func (s dealt) Returns(dst []float64) {
	dst[0], dst[1] = float64(s.cards[0]), -float64(s.cards[0])
	if s.odd("returns") && s.cards == "10" {
		dst[1] = math.NaN()
	}
}

func (s dealt) Private(p cfr.Player) (uint64, bool) {
	if len(s.cards) < 2 {
		return 0, false
	}
	return uint64(s.cards[p]), true
}

func (s dealt) After(public, _ cfr.State) cfr.State {
	s.moves = public.(dealt).moves
	return s
}

// TestFaultsAfterTheDeal: what is wrong among public moves is named with its
// history, as elsewhere.
func TestFaultsAfterTheDeal(t *testing.T) {
	if tree, err := cfr.Compile(dealtGame{}, cfr.Limits{}); err != nil || tree.Histories() != 7+4*6 || tree.TotalInfosets() != 2+4 {
		t.Fatalf("%v, %v", tree, err)
	}
	for odd, want := range map[string]string{
		"chance":   `at history "0 0 1 1": player -1 moves in a game of 2 players, and all moves after the deal were to be public`,
		"stranger": `at history "0 0 1 1": player 2 moves`,
		"stuck":    `at history "0 0 1 1": nobody can move`,
		"twice":    `at history "0 0 1 1": actions are listed twice: [1 0 1]`,
		"returns":  `at history "1 0 1 1": player 1 gets NaN`,
		"endless":  "does it cycle?",
	} {
		_, err := cfr.Compile(dealtGame{odd}, cfr.Limits{Depth: 12})
		var fault *cfr.GameError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", odd, err, want)
		}
	}
	for limits, want := range map[cfr.Limits]string{
		{Histories: 30}: "more than 30 histories", {Histories: 9}: "more than 9 histories", {Depth: 3}: "goes on after 3 moves",
	} {
		if _, err := cfr.Compile(dealtGame{}, limits); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", limits, err, want)
		}
	}
}
