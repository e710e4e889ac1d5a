package games

// Chronicler is a World that can say more about how a match was played than its
// metrics and events do: which weapon hit at which distance, how fights began.
// Without it, an author is told of metrics and events alone.
type Chronicler interface {
	// Chronicle returns one who watches the world from now on.
	Chronicle() Chronicle
}

// Chronicle watches one match and counts. It changes nothing in the world.
type Chronicle interface {
	// Watch is called after every step.
	Watch()
	// Account returns what was counted so far.
	Account() []Table
}

// Table is one subject of a chronicle. The same subject has the same name and
// columns in every match of a game, so that matches can be added up.
type Table struct {
	Name string
	// Title says what is counted, as a heading.
	Title   string
	Columns []Column
	// Both says that the figures of the opponents tell an author something too.
	Both bool
	Rows []Row
}

// Column is a figure of a table.
type Column struct {
	Name, Unit string
	// Mean says that rows of one label are averaged and not summed up.
	Mean bool
}

// Row is one observation of one seat.
type Row struct {
	Seat  Seat
	Label string
	// Values has one for each column.
	Values []float64
}
