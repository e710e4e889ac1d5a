package arena

import (
	"dryad/games"
	"dryad/games/fps"
)

// The reasons for which a match ends, by header.Reason.
const (
	byTime int32 = iota
	byPoints
	byLast
	byInfection
	byBomb
	byDefusal
	byWaves
	byDefeat
)

var reasons = [...]string{
	"time limit", "point limit", "last one standing", "everybody infected",
	"bomb exploded", "bomb defused", "all waves beaten", "all defenders down",
}

// finish ends the match when it is time.
func (w *World) finish() {
	if w.head.Over != 0 {
		return
	}
	if limit := w.level.Rules.PointLimit; limit > 0 {
		for _, p := range w.points {
			if p >= limit {
				w.end(w.leader(), byPoints)
				return
			}
		}
	}
	if int(w.head.Tick) >= w.config.Ticks {
		if w.mode.timeUp != nil {
			w.end(w.mode.timeUp(w), byTime)
		} else {
			w.end(w.leader(), byTime)
		}
	}
}

// end ends the match for a team, or -1 for a draw.
func (w *World) end(winner, reason int32) {
	if w.head.Over == 0 {
		w.head.Over, w.head.Winner, w.head.Reason = 1, winner, reason
	}
}

// leader returns the team with the most points, or -1 when several have them.
func (w *World) leader() int32 {
	best, tied := int32(0), false
	for t := 1; t < len(w.points); t++ {
		switch {
		case w.points[t] > w.points[best]:
			best, tied = int32(t), false
		case w.points[t] == w.points[best]:
			tied = true
		}
	}
	if tied || len(w.points) < 2 {
		return -1
	}
	return best
}

// Over reports whether the match is over, at less cost than Result.
func (w *World) Over() bool { return w.head.Over != 0 }

// Result returns the outcome so far, and whether the match is over. In a draw
// at the top of more than two teams, those tied share it and the others lose.
func (w *World) Result() (games.Result, bool) {
	r := games.Result{
		Scores: make([]float64, w.seats), Points: make([]float64, w.seats),
		Winner: int(w.head.Winner), Reason: reasons[w.head.Reason],
	}
	best := int32(-1 << 31)
	for _, p := range w.points {
		best = max(best, p)
	}
	for s := range w.seats {
		team := w.actors[s].Team
		r.Points[s] = float64(w.points[team])
		switch {
		case w.head.Winner >= 0:
			if w.mode.share != nil {
				r.Scores[s] = w.mode.share(w, s)
			} else if team == w.head.Winner {
				r.Scores[s] = 1
			}
		case w.points[team] == best:
			r.Scores[s] = 0.5
		}
	}
	if w.head.Over == 0 {
		r.Reason = ""
	}
	return r, w.head.Over != 0
}

// fillBoard writes the score that a seat can read.
func (w *World) fillBoard(s int, b *fps.Board) {
	a := &w.actors[s]
	*b = fps.Board{Own: w.points[a.Team], Limit: w.level.Rules.PointLimit, End: int32(w.config.Ticks),
		Lives: 99, Infected: a.Infected, Wave: w.head.Wave}
	b.Best = -1 << 31
	for t, p := range w.points {
		if int32(t) != a.Team {
			b.Best = max(b.Best, p)
		}
	}
	if len(w.points) < 2 {
		b.Best = b.Own
	}
	for i := range w.actors {
		if o := &w.actors[i]; o.Alive != 0 {
			if o.Team == a.Team {
				b.AlliesLeft++
			} else {
				b.EnemiesLeft++
			}
		}
	}
	if w.mode.counted {
		b.Lives = a.Lives
	}
	if w.mode.board != nil {
		w.mode.board(w, s, b)
	}
}
