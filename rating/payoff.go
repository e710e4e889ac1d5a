package rating

import "fmt"

// A Payoff holds the games between every two of n players. The zero value has
// no players; make one with [NewPayoff].
type Payoff struct {
	cells [][]Record
}

// NewPayoff returns an empty table for that many players.
func NewPayoff(players int) *Payoff {
	p := &Payoff{cells: make([][]Record, players)}
	for i := range p.cells {
		p.cells[i] = make([]Record, players)
	}
	return p
}

// Players is the number of players.
func (p *Payoff) Players() int { return len(p.cells) }

// Add counts one game between two different players, with its outcome for
// player.
func (p *Payoff) Add(player, opponent int, outcome Outcome) {
	p.AddRecord(player, opponent, recordOf(outcome))
}

// AddRecord counts many games between two different players.
func (p *Payoff) AddRecord(player, opponent int, games Record) {
	if player == opponent {
		panic(fmt.Sprintf("rating: bug: player %d against itself", player))
	}
	p.cells[player][opponent] = p.cells[player][opponent].Plus(games)
	p.cells[opponent][player] = p.cells[opponent][player].Plus(games.Reversed())
}

// Record is the games between two players, as the first one sees them.
func (p *Payoff) Record(player, opponent int) Record { return p.cells[player][opponent] }

// Total is all the games of one player.
func (p *Payoff) Total(player int) Record {
	var sum Record
	for _, games := range p.cells[player] {
		sum = sum.Plus(games)
	}
	return sum
}

// Margins is the antisymmetric matrix of mean scores above one half; 0 where
// no game was played. It is what [NashAverage] takes.
func (p *Payoff) Margins() [][]float64 {
	margins := make([][]float64, len(p.cells))
	for i, row := range p.cells {
		margins[i] = make([]float64, len(row))
		for j, games := range row {
			if games.Games() > 0 {
				margins[i][j] = float64(games.Wins-games.Losses) / float64(2*games.Games())
			}
		}
	}
	return margins
}

func recordOf(o Outcome) Record {
	var r Record
	r.Add(o)
	return r
}
