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
	share := func(part, whole int32) float64 {
		if whole == 0 {
			return 0
		}
		return float64(part) * 100 / float64(whole)
	}
	gap := 0.0
	if a.Gaps > 0 {
		gap = float64(a.GapSum) / float64(a.Gaps) / 35
	}
	m := []games.Metric{
		{Name: "kills", Value: float64(a.Kills + a.Monsters), Better: 1},
		{Name: "deaths", Value: float64(a.Deaths), Better: -1},
		{Name: "suicides", Value: float64(a.Suicides), Better: -1},
		{Name: "shots", Value: float64(a.Shots)},
		{Name: "hits", Value: float64(a.Hits), Better: 1},
		{Name: "accuracy", Value: share(a.Hits, a.Shots), Unit: "%", Better: 1},
		{Name: "damage_dealt", Value: float64(a.DamageDealt), Unit: "hp", Better: 1},
		{Name: "damage_taken", Value: float64(a.DamageTaken), Unit: "hp", Better: -1},
		{Name: "time_between_kills", Value: gap, Unit: "s", Better: -1},
	}
	for class, n := range a.Picked {
		m = append(m, games.Metric{Name: "picked_" + fps.ItemClass(class).String(), Value: float64(n), Better: 1})
	}
	return append(m,
		games.Metric{Name: "map_coverage", Value: min(100, share(a.Explored, int32(w.level.Area))), Unit: "%", Better: 1},
		games.Metric{Name: "distance", Value: float64(a.Walked), Unit: "map units"},
		games.Metric{Name: "points", Value: float64(w.points[a.Team]), Better: 1},
	)
}
