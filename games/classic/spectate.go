package classic

import (
	"fmt"

	"dryad/cfr"
	"dryad/games"
)

// Scene is what a spectator sees of a match: everything, hidden from nobody.
type Scene struct {
	Game *Game
	// Hands are what chance dealt to each seat before the first move; Public is
	// what it showed to all later.
	Hands  [][]string
	Public []string
	// Moves are those of the seats so far.
	Moves []Move
	// Turn is the seat that moves now, games.NoSeat at the end. Key is the
	// information set that it is at, Infoset its index in the compiled game,
	// Actions what is legal.
	Turn    games.Seat
	Key     string
	Infoset int
	Actions []string
	// Stakes is what each seat has put into the pot, in chips; nil for a game
	// without a pot.
	Stakes []int
	// Returns are those of the seats at the end, nil before.
	Returns []float64
}

// Move is what a seat chose.
type Move struct {
	Seat    games.Seat
	Key     string   // the information set that it was at
	Infoset int      // its index in the compiled game
	Actions []string // what was legal
	Chosen  int      // index in Actions
	Shown   int      // how many of Scene.Public were shown before
}

// Spectate returns what a spectator sees of a match of a game of this package,
// and false for other worlds.
func Spectate(match games.World) (Scene, bool) {
	w, ok := match.(*world)
	if !ok {
		return Scene{}, false
	}
	s := Scene{Game: w.game, Turn: games.NoSeat, Infoset: -1, Hands: make([][]string, w.config.Seats)}
	state := w.game.inner.Root()
	var dealt []string
	for _, i := range w.path {
		actions := names(state)
		switch {
		case state.Player() != cfr.Chance:
			m := Move{Seat: games.Seat(state.Player()), Actions: actions, Chosen: int(i), Shown: len(s.Public)}
			m.Key, m.Infoset = w.game.infoset(state)
			s.Moves = append(s.Moves, m)
		case len(s.Moves) > 0:
			s.Public = append(s.Public, actions[i])
		default:
			dealt = append(dealt, actions[i])
		}
		state = state.Child(int(i))
	}
	for i, card := range dealt { // seat by seat, each its share
		seat := i * len(s.Hands) / len(dealt)
		s.Hands[seat] = append(s.Hands[seat], card)
	}
	if staked, ok := state.(cfr.Staked); ok {
		s.Stakes = staked.AppendStakes(nil)
	}
	switch p := state.Player(); {
	case p == cfr.Terminal:
		s.Returns = make([]float64, w.config.Seats)
		state.Returns(s.Returns)
	case p >= 0:
		s.Turn, s.Actions = games.Seat(p), names(state)
		s.Key, s.Infoset = w.game.infoset(state)
	}
	return s, true
}

// infoset returns the key and the index of the information set of a decision.
func (g *Game) infoset(state cfr.State) (key string, index int) {
	key = string(state.AppendKey(nil))
	if i, ok := g.tree.Lookup(state.Player(), key); ok {
		return key, i
	}
	return key, -1
}

// names returns what the actions of a state are called.
func names(state cfr.State) []string {
	var list []string
	for _, a := range state.Actions() {
		name := fmt.Sprint(a)
		if n, ok := state.(cfr.ActionNamer); ok {
			name = n.ActionName(a)
		}
		list = append(list, name)
	}
	return list
}
