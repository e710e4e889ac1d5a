package vizdoom

import (
	"dryad/games"
	"dryad/games/fps"
)

// score takes over the engine's frags and who died by whom.
func (w *World) score(t *told) {
	clear(w.points)
	for s := range w.actors {
		a := &w.actors[s]
		if t.frags != nil {
			a.Frags = t.frags[s]
		}
		w.points[a.Team] += a.Frags
	}
	for _, d := range t.deaths {
		by, victim := int(d[0]), int(d[1])
		v := &w.actors[victim]
		v.Deaths++
		killer := games.NoSeat
		switch {
		case by < 0 || by == victim:
			v.Suicides++
		case w.actors[by].Team == v.Team:
			killer = games.Seat(by)
		default:
			killer = games.Seat(by)
			k := &w.actors[by]
			k.Kills++
			if k.Killed != fps.Never {
				k.GapSum += w.head.Tick - k.Killed
				k.Gaps++
			}
			k.Killed = w.head.Tick
		}
		w.event(games.Event{Kind: "kill", Seat: killer, Other: games.Seat(victim), X: int32(v.X), Y: int32(v.Y)})
	}
	if w.mode.points != nil {
		for s := range w.actors {
			w.points[w.actors[s].Team] = int32(w.mode.points(w, s))
		}
	}
}

// finish ends the match when it is time.
func (w *World) finish() {
	if limit := w.rules.PointLimit; limit > 0 {
		for _, p := range w.points {
			if p >= limit {
				w.end(w.leader(), byPoints)
			}
		}
	}
	if int(w.head.Tick) >= w.config.Ticks {
		w.end(w.leader(), byTime)
	}
	if w.head.Over != 0 && w.head.Reason == byEngine {
		w.head.Winner = w.leader()
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
	best, tied := int32(0), len(w.points) < 2
	for t := 1; t < len(w.points); t++ {
		switch {
		case w.points[t] > w.points[best]:
			best, tied = int32(t), false
		case w.points[t] == w.points[best]:
			tied = true
		}
	}
	if tied {
		return -1
	}
	return best
}

// Result returns the outcome so far, and whether the match is over. Those who share
// the top of a draw have half a point each; in a scenario for one the score is its
// share of what the mode calls a full result.
func (w *World) Result() (games.Result, bool) {
	r := games.Result{
		Scores: make([]float64, w.config.Seats), Points: make([]float64, w.config.Seats),
		Winner: int(w.head.Winner), Reason: reasons[w.head.Reason],
	}
	best := w.points[0]
	for _, p := range w.points {
		best = max(best, p)
	}
	for s := range w.actors {
		team := w.actors[s].Team
		r.Points[s] = float64(w.points[team])
		switch {
		case w.err != nil:
		case w.mode.par > 0:
			r.Scores[s] = max(0, min(1, r.Points[s]/w.mode.par))
		case w.head.Winner >= 0 && team == w.head.Winner:
			r.Scores[s] = 1
		case w.head.Winner < 0 && w.points[team] == best:
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
	*b = fps.Board{Own: w.points[a.Team], Limit: w.rules.PointLimit, End: int32(w.config.Ticks), Lives: 99, AlliesLeft: 1}
	if w.mode.monsters > 0 {
		b.Lives, b.Wave = 1, 1
	}
	b.Best = -1 << 31
	for t, p := range w.points {
		if int32(t) != a.Team {
			b.Best = max(b.Best, p)
		}
	}
	if len(w.points) < 2 {
		b.Best = b.Own
	}
	for j := range w.count() {
		c := w.contact(s, j)
		if j == s || c.Alive == 0 {
			continue
		}
		if c.Team == a.Team {
			b.AlliesLeft++
		} else {
			b.EnemiesLeft++
		}
	}
}

// Metrics returns the figures of a seat so far. Of a seat that the engine plays its
// kills, deaths, suicides and points are known.
func (w *World) Metrics(seat games.Seat) []games.Metric {
	a := &w.actors[seat]
	return append(a.Tally.Metrics(&a.Self, a.Kills+a.Monsters),
		a.Coverage(int32(w.level.Area)),
		a.Distance(),
		games.Metric{Name: "points", Value: float64(w.points[a.Team]), Better: 1},
	)
}
