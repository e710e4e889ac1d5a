package cfr

// Player is the one who moves at a history: 0, 1, ..., or [Chance] or
// [Terminal].
type Player int

// Who moves where no player does.
const (
	Chance   Player = -1 // nature draws among outcomes of known probability
	Terminal Player = -2 // the game is over
)

// Action identifies a move, or an outcome of chance, within a game. The same
// number means the same move everywhere in the game, so that a network can
// give it an output of its own.
type Action int32

// Game is an extensive-form game of n players.
type Game interface {
	// Name returns the game's name with its parameters; it is stored in
	// checkpoints and strategies, and another name is another game.
	Name() string
	// Players returns the number of players, at least 1.
	Players() int
	// Root returns the empty history.
	Root() State
}

// State is a history of the game. It is immutable: Child returns a new one.
type State interface {
	// Player returns who moves.
	Player() Player
	// Actions returns the legal actions, or the outcomes of chance, in an
	// order that is the same in every history of an information set. The
	// slice is shared and must not be changed; at a terminal history it is
	// not called.
	Actions() []Action
	// Probabilities returns the probability of each outcome, in the order of
	// Actions. It is called at chance histories only. The slice is shared.
	Probabilities() []float64
	// Child returns the history after the action at an index of Actions.
	Child(i int) State
	// AppendKey appends the name of the information set of the player who
	// moves: two histories with the same mover and the same key cannot be told
	// apart by her. Keys are for people too: they are what `dryad solve show`
	// takes. It is called at decisions only.
	AppendKey(dst []byte) []byte
	// Returns writes each player's return to dst, which has one place for
	// each player. It is called at terminal histories only.
	Returns(dst []float64)
}

// ActionNamer is a State that can name its actions.
type ActionNamer interface {
	ActionName(a Action) string
}

// Staked is a State of a game in which the players put chips into a pot.
type Staked interface {
	// AppendStakes appends what each player has put into the pot so far, in chips.
	AppendStakes(dst []int) []int
}

// Coded is a State with short names for its information sets. [Compile] tells
// sets apart by them, and asks for a key only once a set.
type Coded interface {
	State
	// Code returns a number for the information set of the player who moves: two
	// decisions of one player have the same code exactly if they have the same
	// key. It returns false for all states of a game whose sets do not have such
	// numbers.
	Code() (uint64, bool)
}

// Reuser is a State that can be written over. [Compile] needs no more than two
// levels of states at a time.
type Reuser interface {
	State
	// ChildInto is Child. It may write the child to old and return that: nil, or
	// a state that ChildInto has returned before and that is no longer used.
	ChildInto(i int, old State) State
}

// Dealt is a State of a game whose moves are public once something is dealt:
// who moves, what she may do and when the game ends depend on the moves alone,
// and only returns and what players know depend on the deal. [Compile] then
// looks at each public history once, however many deals there are.
type Dealt interface {
	State
	// Private returns a number for what a player was dealt: after the same
	// public moves, two histories are in one information set of hers exactly if
	// their numbers are equal. It returns false while something is still to be
	// dealt.
	Private(p Player) (uint64, bool)
	// After returns the history of this deal in which the public moves of
	// another history were made. It may write it to old and return that: nil, or
	// a state that After has returned before and that is no longer used.
	After(public, old State) State
}
