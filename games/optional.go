package games

// What follows are interfaces that a World, or a Game, may implement beside its
// own. Whoever runs matches asks for them by type assertion; a world or a game
// without them is treated as each comment states.

// Terminal is a World that can tell cheaply whether it is over. Without it,
// Result is called after every Step.
type Terminal interface {
	// Over reports whether the match is over, as Result does.
	Over() bool
}

// PublicConfigurer is a World whose configuration holds something that players
// may not know, such as a fixed deal of the cards. Without it, players are told
// the whole configuration.
type PublicConfigurer interface {
	// PublicConfig returns the completed configuration without what is hidden.
	PublicConfig() Config
}

// Coalitions is a World in which the members of a team may not share what they
// know, for example because teams are secret. Without it, the seats of a team
// form a coalition.
type Coalitions interface {
	// Coalition returns the number of the coalition of a seat. The trees of a
	// coalition share the blackboard keys of scope team. It never changes.
	Coalition(seat Seat) int
}

// Failing is a World that depends on something that can fail: another process, a
// device. Without it, a world cannot fail.
type Failing interface {
	// Err returns why the world has failed, or nil. A world that has failed is
	// over and stays so; the match says nothing about its players.
	Err() error
}

// Closer is a World that holds something outside of this process. Without it,
// nothing is done at the end of a match.
type Closer interface {
	// Close gives back what the world holds. It is called at the end of a match,
	// or in the middle of one that is given up. The result and the figures can
	// still be asked for.
	Close() error
}

// Describer is a Game that puts the rules of its matches into words. Without
// it, an author is told what the vocabulary says.
type Describer interface {
	// Describe returns what an author must know of the rules of a configuration,
	// one sentence an entry: what wins, what the numbers of the rules are. It says
	// nothing of the map, the seats and the length.
	Describe(config Config) ([]string, error)
}

// FileReader is a Game whose matches read files that are no part of dryad, such
// as maps. Without it, a match is a function of what its parameters hold.
type FileReader interface {
	// Files returns the files that a match of a configuration reads. The error
	// says that one is not there or cannot be read.
	Files(config Config) ([]File, error)
	// WithFile returns the configuration of the same match that reads data where
	// the given one reads the file of that name. What comes of it is the same
	// as where the file is that data.
	WithFile(config Config, name string, data []byte) (Config, error)
}

// File is a file that a match reads.
type File struct {
	Name string
	// Hash is the SHA-256 of its content, in hexadecimal.
	Hash string
	// Read returns the content.
	Read func() ([]byte, error)
}

// Witnessed is a World whose course depends on something outside that does not repeat
// itself, such as another engine. What it is told from there is recorded beside the
// commands, and its Game is [Retold]. Such a world cannot go back to an earlier tick.
// Without it, configuration, seed and commands determine a match.
type Witnessed interface {
	// AppendTold appends what the world was told in its last Step.
	AppendTold(buf []byte) []byte
}

// Retold is a Game whose worlds are [Witnessed] and can be made again from a record.
type Retold interface {
	// Retell returns the world of a match that takes what it is told from a record:
	// told returns what AppendTold appended after the Step of a tick. Under the
	// recorded commands it goes as the recorded one went, without anything outside.
	// A record that is no such gives a world that fails.
	Retell(config Config, seed uint64, told func(tick int) []byte) (World, error)
}
