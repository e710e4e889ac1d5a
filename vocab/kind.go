package vocab

// Kind is the type of a value that a tree can name.
type Kind uint8

// The kinds. Bool to Angle are numbers at run time (a float64 in a slot);
// Agent, Item and Position are targets.
const (
	None     Kind = iota
	Bool          // 0 or 1
	Int           // a whole number
	Number        // any finite number
	Enum          // one of a list of words, held as its index
	Duration      // whole ticks, or turns in a turn-based game
	Angle         // degrees, in (-180, 180]
	Agent         // another seat, as far as it is known
	Item          // a thing that lies in the world
	Position      // a place
	Word          // a free word of the game (a speech act, a role), held as its index in the parameter's Values
)

var kindNames = [...]string{"none", "bool", "int", "number", "enum", "duration", "angle", "agent", "item", "position", "word"}

// String returns the kind's name as the language writes it.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Numeric reports whether expressions may compute with the kind.
func (k Kind) Numeric() bool { return k >= Bool && k <= Angle }

// Target reports whether the kind is chosen in the world rather than computed.
func (k Kind) Target() bool { return k == Agent || k == Item || k == Position }

// Channels is a set of command channels, bit i for Vocabulary.Channels[i].
type Channels uint32
