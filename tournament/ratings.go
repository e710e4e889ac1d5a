package tournament

import (
	"errors"
	"fmt"
	"runtime"

	"dryad/rating"
)

// A System is a way to rate the competitors beside Elo.
type System string

// The systems.
const (
	// EloOnly is no further system.
	EloOnly System = "elo"
	// Davidson is [rating.Davidson] with a prior of one game, in Elo points.
	Davidson System = "davidson"
	// Equal is [rating.EqualElo] with a prior of one game: one fit over all maps or
	// scenarios, each of which has the same weight.
	Equal System = "equal"
	// Glicko2 is [rating.Glicko], a round of the schedule being a rating period:
	// 1500 points are those of a player who has not played.
	Glicko2 System = "glicko2"
	// OpenSkill is [rating.PlackettLuce], match after match in the order of the
	// schedule: 25 is the mean of a player who has not played.
	OpenSkill System = "openskill"
	// Nash is [rating.NashAverage] over the payoff: the mean score against the
	// equilibrium less one half, 0 for those in it.
	Nash System = "nash"
	// AlphaRank is [rating.AlphaRank] over the payoff, with its default settings:
	// parts that sum to 1.
	AlphaRank System = "alpharank"
)

// Ratings are those of a further system.
type Ratings struct {
	System System `json:"system"`
	// Rows are in the order of the table; none if Missing is set.
	Rows []Rated `json:"rows,omitempty"`
	// Draws is the rate at which equal players draw, by Davidson's model.
	Draws float64 `json:"draws,omitempty"`
	// Missing says why the system has no ratings for these matches.
	Missing string `json:"missing,omitempty"`
}

// Rated is one policy's rating.
type Rated struct {
	Policy string  `json:"policy"`
	Rating float64 `json:"rating"`
	// Interval is that of 95 %; nil by Nash and AlphaRank, which have none but that of
	// the bootstrap.
	Interval *rating.Interval `json:"interval,omitempty"`
}

// A ladder rates players from match to match.
type ladder interface {
	// add takes a match of a round, with the place of each side; rounds come in
	// order.
	add(round int, sides, places []int) error
	// end returns each player's rating after all matches.
	end() ([]Rated, error)
}

// newLadder returns nil for a system that needs only the payoff table.
func (s System) newLadder(players int) (ladder, error) {
	switch s {
	case "", EloOnly, Davidson, Equal, Nash, AlphaRank:
		return nil, nil
	case Glicko2:
		l := &glickoLadder{players: make([]rating.Glicko, players), games: make([][]rating.GlickoGame, players)}
		for i := range l.players {
			l.players[i] = rating.NewGlicko()
		}
		return l, nil
	case OpenSkill:
		l := make(skillLadder, players)
		for i := range l {
			l[i] = rating.NewSkill()
		}
		return l, nil
	}
	return nil, fmt.Errorf("there is no rating %q; use elo, davidson, equal, glicko2, openskill, nash or alpharank", s)
}

type glickoLadder struct {
	players []rating.Glicko
	round   int
	games   [][]rating.GlickoGame // of the round, by player
}

func (l *glickoLadder) add(round int, sides, places []int) error {
	if round != l.round {
		if err := l.endRound(); err != nil {
			return err
		}
		l.round = round
	}
	for a, i := range sides {
		for b, j := range sides {
			if a != b {
				l.games[i] = append(l.games[i], rating.GlickoGame{Opponent: l.players[j], Outcome: outcomeOf(places[a], places[b])})
			}
		}
	}
	return nil
}

// endRound rates all players from the ratings before the round.
func (l *glickoLadder) endRound() error {
	for i := range l.players {
		after, err := l.players[i].After(l.games[i], 0)
		if err != nil {
			return err
		}
		l.players[i], l.games[i] = after, nil
	}
	return nil
}

func (l *glickoLadder) end() ([]Rated, error) {
	if err := l.endRound(); err != nil {
		return nil, err
	}
	rows := make([]Rated, len(l.players))
	for i, player := range l.players {
		interval := player.Interval(confidence)
		rows[i] = Rated{Rating: player.Rating, Interval: &interval}
	}
	return rows, nil
}

type skillLadder []rating.Skill

func (l skillLadder) add(_ int, sides, places []int) error {
	teams := make([][]rating.Skill, len(sides))
	for a, i := range sides {
		teams[a] = []rating.Skill{l[i]}
	}
	after, err := rating.PlackettLuce(teams, places, rating.PlackettLuceParams{})
	if err != nil {
		return err
	}
	for a, i := range sides {
		l[i] = after[a][0]
	}
	return nil
}

func (l skillLadder) end() ([]Rated, error) {
	rows := make([]Rated, len(l))
	for i, skill := range l {
		interval := skill.Interval(confidence)
		rows[i] = Rated{Rating: skill.Mean, Interval: &interval}
	}
	return rows, nil
}

// bare are ratings without intervals.
func bare(ratings []float64) []Rated {
	rows := make([]Rated, len(ratings))
	for i, value := range ratings {
		rows[i].Rating = value
	}
	return rows
}

// further rates the competitors by the further system; nil if there is none.
// Order is that of the table.
func (t *tally) further(p *Params, order []int) (*Ratings, error) {
	if p.Rating == "" || p.Rating == EloOnly {
		return nil, nil
	}
	r := &Ratings{System: p.Rating}
	var rows []Rated
	var err error
	if t.ladder != nil {
		rows, err = t.ladder.end()
	} else {
		rows, err = t.fit(p.Rating, t.payoff, t.groups, r)
	}
	if errors.Is(err, rating.ErrDrawsUnbounded) || errors.Is(err, rating.ErrNoGames) {
		r.Missing = err.Error()
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	if p.Bootstrap > 0 && t.ladder == nil {
		intervals, err := t.bootstrap(p, func(groups *rating.Groups) ([]float64, error) {
			again, err := t.fit(p.Rating, groups.Payoff(), groups, &Ratings{})
			figures := make([]float64, len(again))
			for i := range again {
				figures[i] = again[i].Rating
			}
			return figures, err
		})
		if err != nil {
			r.Missing = err.Error()
			return r, nil
		}
		for i := range rows {
			rows[i].Interval = &intervals[i]
		}
	}
	for _, i := range order {
		rows[i].Policy = p.Competitors[i].Record.Name
		r.Rows = append(r.Rows, rows[i])
	}
	return r, nil
}

// fit rates the competitors by a system that does not look at the order of matches.
func (t *tally) fit(system System, payoff *rating.Payoff, groups *rating.Groups, r *Ratings) (rows []Rated, err error) {
	switch system {
	case Nash:
		_, margins := rating.NashAverage(payoff.Margins())
		return bare(margins), nil
	case AlphaRank:
		weights, err := rating.AlphaRank(payoff.Margins(), rating.AlphaRankParams{})
		return bare(weights), err
	case Equal:
		equal, err := rating.EqualElo(groups, rating.EloParams{Prior: 1, Confidence: confidence})
		if err != nil {
			return nil, err
		}
		for i, elo := range equal.Elo {
			rows = append(rows, Rated{Rating: elo, Interval: &equal.Intervals[i]})
		}
		return rows, nil
	}
	davidson, err := rating.Davidson(payoff, rating.DavidsonParams{Prior: 1, Confidence: confidence})
	if err != nil {
		return nil, err
	}
	r.Draws = davidson.Draws / (2 + davidson.Draws)
	for i, elo := range davidson.Elo {
		rows = append(rows, Rated{Rating: elo, Interval: &davidson.Intervals[i]})
	}
	return rows, nil
}

// bootstrap returns the intervals of figures by resampling groups.
func (t *tally) bootstrap(p *Params, figures func(*rating.Groups) ([]float64, error)) ([]rating.Interval, error) {
	return rating.Bootstrap(t.groups, rating.BootstrapParams{Resamples: p.Bootstrap, Seed: p.Seed, Confidence: confidence, Workers: runtime.GOMAXPROCS(0)}, figures)
}
