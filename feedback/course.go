package feedback

import (
	"context"
	"fmt"
	"math"
	"slices"

	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

// Course is how a recorded match went, as its world tells it: where the seats were
// and how they were, several times a second, and their fights.
type Course struct {
	// Rate is ticks a second, Every the ticks between two samples.
	Rate, Every int
	// Samples are taken at the ticks 0, Every, 2*Every and so on.
	Samples []games.Survey
	// Fights are those of all seats, by their beginning; nil for a game that keeps no
	// account of fights.
	Fights []games.Fight
}

// Follow executes a match again, without its trees, and returns how it went; nil
// for a game whose world cannot be surveyed, or that has no clock.
func Follow(ctx context.Context, game games.Game, r *replay.Replay) (*Course, error) {
	rate := game.Vocabulary().TicksPerSecond
	p, err := match.NewPlayback(match.PlaybackParams{Game: game, Replay: r})
	if err != nil {
		return nil, err
	}
	defer p.Close()
	world, told := p.Match().World().(games.Surveyed)
	if !told || rate == 0 {
		return nil, nil
	}
	c := &Course{Rate: rate, Every: max(1, rate/7)}
	var chronicle games.Chronicle
	if keeps, ok := p.Match().World().(games.Chronicler); ok {
		chronicle = keeps.Chronicle()
	}
	for tick := 0; ; tick++ {
		if tick%c.Every == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			c.Samples = append(c.Samples, world.Survey())
		}
		more, err := p.Step()
		if err != nil {
			return nil, fmt.Errorf("follow a match: %w", err)
		}
		if !more {
			break
		}
		if chronicle != nil {
			chronicle.Watch()
		}
	}
	if keeper, ok := chronicle.(games.FightKeeper); ok {
		c.Fights = keeper.Fights()
	}
	return c, nil
}

// sample is the number of the sample nearest to a tick.
func (c *Course) sample(tick int) int {
	return min(max(0, (tick+c.Every/2)/c.Every), len(c.Samples)-1)
}

// near returns the samples of the seat within a number of ticks of a tick.
func (c *Course) near(tick, slack int) []int {
	var list []int
	for i := max(0, (tick-slack+c.Every-1)/c.Every); i < len(c.Samples) && i*c.Every <= tick+slack; i++ {
		list = append(list, i)
	}
	return list
}

// standing is a seat's in a sample.
func (c *Course) standing(sample int, seat games.Seat) *games.Standing {
	return &c.Samples[sample].Seats[seat]
}

// others lists the mates or the enemies of a seat.
func (c *Course) others(seat games.Seat, mates bool) []games.Seat {
	if len(c.Samples) == 0 || int(seat) >= len(c.Samples[0].Seats) {
		return nil
	}
	var list []games.Seat
	for s := range c.Samples[0].Seats {
		same := c.Samples[0].Seats[s].Team == c.Samples[0].Seats[seat].Team
		if games.Seat(s) != seat && same == mates {
			list = append(list, games.Seat(s))
		}
	}
	return list
}

// apart is the distance of two seats in a sample.
func (c *Course) apart(sample int, a, b games.Seat) float64 {
	x, y := c.standing(sample, a), c.standing(sample, b)
	return math.Hypot(math.Hypot(x.X-y.X, x.Y-y.Y), x.Z-y.Z)
}

// nearest returns the nearest living mate or enemy in a sample, and how far it is.
func (c *Course) nearest(sample int, seat games.Seat, mates bool) (other games.Seat, distance float64, found bool) {
	for _, s := range c.others(seat, mates) {
		if !c.standing(sample, s).Present {
			continue
		}
		if d := c.apart(sample, seat, s); !found || d < distance {
			other, distance, found = s, d, true
		}
	}
	return other, distance, found
}

// fights are those that a seat took part in, with its index in each.
func (c *Course) fights(seat games.Seat) (list []games.Fight, index []int) {
	for _, f := range c.Fights {
		if i := slices.Index(f.Seats[:], seat); i >= 0 {
			list, index = append(list, f), append(index, i)
		}
	}
	return list, index
}

// The map is cut into regions that claims and pictures name: A to D from west to
// east, 1 to 3 from north to south.
const (
	regionColumns = 4
	regionRows    = 3
)

// region names the part of the map in which a place lies.
func (c *Course) region(x, y float64) string {
	s := &c.Samples[0]
	column := int((x - s.West) / (s.East - s.West) * regionColumns)
	row := int((s.North - y) / (s.North - s.South) * regionRows)
	return regionName(min(max(column, 0), regionColumns-1), min(max(row, 0), regionRows-1))
}

func regionName(column, row int) string { return fmt.Sprintf("%c%d", 'A'+column, row+1) }

// regions returns the share of its time alive that a seat spent in each region.
func (c *Course) regions(seat games.Seat) map[string]float64 {
	shares, alive := map[string]float64{}, 0.0
	for i := range c.Samples {
		if s := c.standing(i, seat); s.Present {
			shares[c.region(s.X, s.Y)]++
			alive++
		}
	}
	for name := range shares {
		shares[name] /= alive
	}
	return shares
}

// words say how a seat is at a tick.
func (c *Course) words(tick int, seat games.Seat) string {
	s := c.standing(c.sample(tick), seat)
	if !s.Present {
		return "dead"
	}
	text := fmt.Sprintf("health %.0f, armour %.0f, %s", s.Health, s.Armour, s.Weapon)
	if s.Ammunition >= 0 {
		text += fmt.Sprintf(" with %.0f shots", s.Ammunition)
	}
	return text
}
