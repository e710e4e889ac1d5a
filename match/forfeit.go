package match

import (
	"fmt"
	"runtime"
	"strings"

	"dryad/games"
	"dryad/replay"
)

// maxForfeitText bounds what is kept of a player's last words.
const maxForfeitText = 500

// Each of these calls one step of a player and turns a panic into an error.

func guardTick(p Player, body games.Body) (err error) {
	defer caught(&err)
	return p.Tick(body)
}

func guardFinish(p Player, body games.Body) (err error) {
	defer caught(&err)
	return p.Finish(body)
}

func guardRest(p Player, body games.Body) (err error) {
	defer caught(&err)
	p.Rest(body)
	return nil
}

// caught is deferred: it turns a panic into an error.
func caught(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("panic: %v%s", r, where())
	}
}

// where names the function that panicked.
func where() string {
	var callers [24]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(4, callers[:])])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") && f.Function != "" {
			return " in " + f.Function
		}
		if !more {
			return ""
		}
	}
}

// forfeit takes a seat out of the match.
func (m *Match) forfeit(seat games.Seat, err error) {
	text := strings.Join(strings.Fields(err.Error()), " ")
	if len(text) > maxForfeitText {
		text = strings.ToValidUTF8(text[:maxForfeitText], "") + "..."
	}
	m.out[seat] = true
	m.forfeits = append(m.forfeits, replay.Forfeit{Tick: m.world.Now(), Seat: seat, Class: classify(err), Text: text})
}

// settle takes the forfeits into a result: a seat that forfeited scores
// nothing, a team of which every seat has forfeited cannot win, and if it had
// won, those with the most points among the rest do.
func settle(world games.World, r games.Result, out []bool) games.Result {
	teams := map[int]bool{} // teams with a seat left
	lost := false
	for s := range out {
		lost = lost || out[s]
		if !out[s] {
			teams[world.Team(games.Seat(s))] = true
		}
	}
	if !lost {
		return r
	}
	r.Scores = append([]float64(nil), r.Scores...)
	anyGone := false
	for s := range out {
		gone := !teams[world.Team(games.Seat(s))]
		anyGone = anyGone || gone
		if out[s] {
			r.Scores[s] = 0
		}
	}
	if anyGone {
		r.Winner = award(world, &r, out, teams)
		r.Reason += ", with a forfeit"
	}
	return r
}

// award gives the result to the remaining teams with the most points.
func award(world games.World, r *games.Result, out []bool, teams map[int]bool) (winner int) {
	best, leaders := 0.0, map[int]bool{}
	for s := range out {
		team := world.Team(games.Seat(s))
		if !teams[team] {
			continue
		}
		if points := r.Points[s]; len(leaders) == 0 || points > best {
			best = points
			clear(leaders)
		}
		if r.Points[s] == best {
			leaders[team] = true
			winner = team
		}
	}
	share := 1.0
	if len(leaders) != 1 {
		winner, share = -1, 0.5
	}
	for s := range out {
		r.Scores[s] = 0
		if !out[s] && leaders[world.Team(games.Seat(s))] {
			r.Scores[s] = share
		}
	}
	return winner
}
