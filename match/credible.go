package match

import (
	"fmt"
	"math"
)

// maxFigures bounds the metrics of a seat, and the texts of an outcome.
const maxFigures = 1000

// Credible reports what in an outcome cannot come of a match of these
// parameters: another seed, map, length or number of seats, players that were
// not in it, figures that are no numbers. A result that fits but is not the one
// that comes of the match is not found so; playing the match again does that.
func Credible(p Params, o *Outcome) error {
	if err := p.complete(); err != nil {
		return err
	}
	c := p.Config
	switch {
	case o.Seed != p.Seed:
		return fmt.Errorf("it is of seed %d, the match has %d", o.Seed, p.Seed)
	case o.Config.Map != c.Map || o.Config.Mode != c.Mode || o.Config.Name != c.Name:
		return fmt.Errorf("it is of %q in mode %q, the match is of %q in %q", clip(o.Config.Map), clip(o.Config.Mode), c.Map, c.Mode)
	case o.Config.Seats != c.Seats || o.Config.Ticks != c.Ticks:
		return fmt.Errorf("it is of %d seats and %d ticks, the match has %d and %d", o.Config.Seats, o.Config.Ticks, c.Seats, c.Ticks)
	case o.Ticks < 0 || c.Ticks > 0 && o.Ticks > c.Ticks:
		return fmt.Errorf("it took %d ticks, the match has at most %d", o.Ticks, c.Ticks)
	case !o.Over:
		return fmt.Errorf("the match is not over")
	case p.Record != (o.Replay != nil):
		return fmt.Errorf("it has a replay: %v; one is wanted: %v", o.Replay != nil, p.Record)
	case !p.Profile && len(o.Profiles) > 0 || !p.Events && !p.Record && len(o.Events) > 0:
		return fmt.Errorf("it holds what nobody has asked for")
	case len(o.Result.Reason) > maxFigures:
		return fmt.Errorf("its reason has %d bytes", len(o.Result.Reason))
	}
	if err := credibleSeats(&p, o); err != nil {
		return err
	}
	if o.Replay != nil && (o.Replay.Seed != p.Seed || o.Replay.Config.Map != c.Map || o.Replay.Ticks != o.Ticks || len(o.Replay.Policies) != len(o.Names)) {
		return fmt.Errorf("its replay is that of another match")
	}
	return nil
}

// credibleSeats looks at what an outcome says of its seats.
func credibleSeats(p *Params, o *Outcome) error {
	seats := p.Config.Seats
	if seats == 0 {
		seats = len(o.Teams) // a game whose seats are its own matter
	}
	for _, list := range []struct {
		what string
		n    int
	}{{"names", len(o.Names)}, {"hashes", len(o.Hashes)}, {"teams", len(o.Teams)}, {"metrics", len(o.Metrics)},
		{"scores", len(o.Result.Scores)}, {"points", len(o.Result.Points)}} {
		if list.n != seats {
			return fmt.Errorf("it has the %s of %d seats, the match has %d", list.what, list.n, seats)
		}
	}
	if o.Result.Winner < -1 || o.Result.Winner >= seats && seats > 0 {
		return fmt.Errorf("team %d has won, and there is none", o.Result.Winner)
	}
	for s := range seats {
		team := o.Teams[s]
		if team < 0 || team >= seats {
			return fmt.Errorf("seat %d is in team %d", s, team)
		}
		e := Entrant{}
		switch {
		case len(p.Sides) > 0:
			e = p.Sides[team%len(p.Sides)]
		case s < len(p.Entrants):
			e = p.Entrants[s]
		}
		if e.Record.Name != o.Names[s] || e.Record.Hash != o.Hashes[s] {
			return fmt.Errorf("%q plays on seat %d, the match has %q there", clip(o.Names[s]), s, e.Record.Name)
		}
		if len(o.Metrics[s]) > maxFigures || !finite(o.Result.Scores[s]) || !finite(o.Result.Points[s]) {
			return fmt.Errorf("the figures of seat %d cannot be right", s)
		}
		if o.Result.Scores[s] < 0 || o.Result.Scores[s] > 1 {
			return fmt.Errorf("seat %d scores %g", s, o.Result.Scores[s])
		}
		for _, m := range o.Metrics[s] {
			if !finite(m.Value) || len(m.Name) > maxFigures {
				return fmt.Errorf("the metric %q of seat %d is %g", clip(m.Name), s, m.Value)
			}
		}
	}
	for _, f := range o.Forfeits {
		if int(f.Seat) < 0 || int(f.Seat) >= seats || f.Tick < 0 || f.Tick > o.Ticks || len(f.Text) > maxForfeitText+3 ||
			f.Class != ClassAgent && f.Class != ClassInfrastructure && f.Class != ClassIllegal {
			return fmt.Errorf("the forfeit of seat %d at tick %d cannot be right", f.Seat, f.Tick)
		}
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// clip shortens a foreign text.
func clip(text string) string {
	if len(text) > 60 {
		return text[:60] + "..."
	}
	return text
}
