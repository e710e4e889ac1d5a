package deep

import "dryad/cfr"

// Encoder is what a game needs besides cfr.Game to be solved with networks.
type Encoder interface {
	cfr.Game
	// Features returns the length of an encoded information state.
	Features() int
	// Encode writes what the player who moves knows to dst, of length
	// Features, and nothing else. It is called at decisions only.
	Encode(state cfr.State, dst []float32)
	// Moves returns a number above every action that a player can take: an
	// action is an output of the networks.
	Moves() int
}

// Roles is an Encoder whose seats share networks: one for each role. Without
// it, every player has a network of her own.
type Roles interface {
	Encoder
	// Roles returns the number of roles.
	Roles() int
	// Role returns the role of the player who moves.
	Role(state cfr.State) int
}

// HistoryEncoder is an Encoder that can also write down what nobody knows in
// full: the whole history, for the baselines, which are used in training only.
// Without it they see what the mover knows.
type HistoryEncoder interface {
	Encoder
	HistoryFeatures() int
	EncodeHistory(state cfr.State, dst []float32)
}

// Tabulate writes the average strategy of a solver down for a compiled game,
// to be measured exactly.
func Tabulate(t *cfr.Tree, s *Solver) *cfr.Strategy { return t.Strategy(s.Policy) }
