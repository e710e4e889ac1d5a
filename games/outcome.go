package games

// Result is how a match ended.
type Result struct {
	// Scores holds for every seat its share of the result: 1 for a win, 0.5
	// for a draw, 0 for a loss.
	Scores []float64 `json:"scores"`
	// Points holds the mode's own count for every seat (frags, captures).
	Points []float64 `json:"points"`
	// Winner is the winning team, or -1 for a draw.
	Winner int `json:"winner"`
	// Reason says in words why the match ended: "time limit", "frag limit".
	Reason string `json:"reason"`
}

// Event is something that happened in a tick and that a replay, a report or a
// critic may speak of.
type Event struct {
	Tick  int     `json:"tick"`
	Kind  string  `json:"kind"`            // "kill", "damage", "pick_up", "say", ...
	Seat  Seat    `json:"seat"`            // who did it, NoSeat for the world
	Other Seat    `json:"other"`           // whom it was done to, NoSeat for none
	What  string  `json:"what,omitempty"`  // a weapon, an item, a role
	Value float64 `json:"value,omitempty"` // an amount
	X     int32   `json:"x,omitempty"`     // where, in the game's own units
	Y     int32   `json:"y,omitempty"`
	Text  string  `json:"text,omitempty"` // what was said
	// Known lists the seats that could know of the event; nil means that all
	// could. What a seat's author is told is filtered by it.
	Known []Seat `json:"known,omitempty"`
}

// Metric is one figure of a seat's play.
type Metric struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit,omitempty"`
	// Better is +1 when more is better, -1 when less is, 0 when neither.
	Better int `json:"better"`
}
