package rating

// An Outcome is one game's result for the player that is asked about.
type Outcome int8

// The three results of a game.
const (
	Loss Outcome = iota
	Draw
	Win
)

// Score is 0 for a loss, 1/2 for a draw and 1 for a win.
func (o Outcome) Score() float64 { return float64(o) / 2 }

// Reversed is the same game's result for the other player.
func (o Outcome) Reversed() Outcome { return Win - o }

// String is "loss", "draw" or "win".
func (o Outcome) String() string {
	switch o {
	case Loss:
		return "loss"
	case Draw:
		return "draw"
	case Win:
		return "win"
	}
	return "invalid outcome"
}

// A Record counts the games that one player has won, drawn and lost.
type Record struct {
	Wins   int `json:"wins"`
	Draws  int `json:"draws"`
	Losses int `json:"losses"`
}

// Add counts one game.
func (r *Record) Add(o Outcome) {
	switch o {
	case Win:
		r.Wins++
	case Draw:
		r.Draws++
	default:
		r.Losses++
	}
}

// Plus is the sum of two records.
func (r Record) Plus(s Record) Record {
	return Record{Wins: r.Wins + s.Wins, Draws: r.Draws + s.Draws, Losses: r.Losses + s.Losses}
}

// Reversed is the record as the other player sees it.
func (r Record) Reversed() Record {
	return Record{Wins: r.Losses, Draws: r.Draws, Losses: r.Wins}
}

// Games is the number of games counted.
func (r Record) Games() int { return r.Wins + r.Draws + r.Losses }

// Score is the mean score, draws counting one half; 1/2 if no game was played.
func (r Record) Score() float64 {
	if r.Games() == 0 {
		return 0.5
	}
	return (float64(r.Wins) + float64(float64(r.Draws)/2)) / float64(r.Games())
}

// Interval is the Wilson interval of the mean score. It treats the games as
// independent and a draw as half a win, which is a little too wide when there
// are draws. For games in pairs, [Pentanomial.Interval] is sharper.
func (r Record) Interval(confidence float64) Interval {
	return Wilson(float64(r.Wins)+float64(float64(r.Draws)/2), r.Games(), confidence)
}
