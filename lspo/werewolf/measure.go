package werewolf

import (
	"context"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/measure"
	"dryad/games/werewolf/rules"
	"dryad/rating"
)

// Cell is the record of one agent as the werewolves against one as the village.
type Cell struct {
	// Outcomes of the matches for the werewolves, in order. Match i of every
	// cell of one seed has the same deal and the same ties.
	Outcomes []rating.Outcome
	// Faults is how many turns were lost by faults.
	Faults int
	// Predictions has, for rules.Village and rules.Wolves, what that side's
	// players believed of the others' roles before each vote.
	Predictions [2]Predictions
	// Counts are those of the matches.
	Counts measure.Counts
}

// Predictions counts guesses by the true role.
type Predictions struct {
	Right, All [rules.Roles]int
}

// Accuracy returns the part of the guesses about players of a role that were
// right; rules.Unknown stands for all roles.
func (p *Predictions) Accuracy(role rules.Role) float64 {
	right, all := p.Right[role], p.All[role]
	if role == rules.Unknown {
		for r := range p.All {
			right, all = right+p.Right[r], all+p.All[r]
		}
	}
	return float64(right) / float64(max(all, 1))
}

func (p *Predictions) add(q *Predictions) {
	for r := range p.All {
		p.Right[r] += q.Right[r]
		p.All[r] += q.All[r]
	}
}

// Record returns the werewolves' wins, draws and losses.
func (c *Cell) Record() rating.Record {
	var r rating.Record
	for _, o := range c.Outcomes {
		r.Add(o)
	}
	return r
}

// Add appends the matches of another cell.
func (c *Cell) Add(d *Cell) {
	c.Outcomes = append(c.Outcomes, d.Outcomes...)
	c.Faults += d.Faults
	for side := range d.Predictions {
		c.Predictions[side].add(&d.Predictions[side])
	}
	c.Counts.Merge(&d.Counts)
}

// Meet plays n matches; match i is the one of the seed games.Mix(seed, i), as
// package match plays it. Progress may be nil; it is told of each match.
func (g *Game) Meet(ctx context.Context, wolves, village werewolf.Agent, n int, seed uint64, progress func()) (*Cell, error) {
	c := &Cell{Outcomes: make([]rating.Outcome, n)}
	faults := make([]int, n)
	predictions := make([][2]Predictions, n)
	counts := make([]measure.Counts, n)
	err := parallel(ctx, n, g.params.Workers, func(i int) error {
		sides := [2]*guesser{rules.Village: {watched: watched{Agent: village}}, rules.Wolves: {watched: watched{Agent: wolves}}}
		played, err := g.play(ctx, games.Mix(seed, uint64(i)), sides[rules.Village], sides[rules.Wolves])
		if err != nil {
			return err
		}
		faults[i] = played.Faults
		counts[i].Add(played.World.Table())
		for side, s := range sides {
			if s.fatal != nil {
				return s.fatal
			}
			for _, guess := range s.guesses {
				predictions[i][side].judge(guess, played.World.Table())
			}
		}
		switch played.World.Table().Winner() {
		case rules.Wolves:
			c.Outcomes[i] = rating.Win
		case rules.Village:
			c.Outcomes[i] = rating.Loss
		default:
			c.Outcomes[i] = rating.Draw
		}
		if progress != nil {
			progress()
		}
		return nil
	})
	for i := range faults {
		c.Faults += faults[i]
		c.Counts.Merge(&counts[i])
		for side := range predictions[i] {
			c.Predictions[side].add(&predictions[i][side])
		}
	}
	return c, err
}

// guesser is an agent that is asked for everybody's role after each of its
// votes, if it can predict.
type guesser struct {
	watched
	guesses []guess
}

// guess is what a seat believes of those whose role it does not know.
type guess struct {
	unknown rules.Seats
	roles   []rules.Role
}

// Decide implements werewolf.Agent.
func (s *guesser) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	d, err := s.watched.Decide(ctx, v, draw)
	if p, ok := s.Agent.(werewolf.Predictor); ok && v.Act == rules.Ballot {
		unknown := rules.First(v.Set.Players) &^ v.Mates &^ rules.Of(v.Seat)
		s.guesses = append(s.guesses, guess{unknown, p.Predict(ctx, v)})
	}
	return d, err
}

// judge counts a guess by the true roles.
func (p *Predictions) judge(g guess, table *rules.Table) {
	for seat := range g.unknown.All() {
		role := table.Role(seat)
		p.All[role]++
		if g.roles[seat] == role {
			p.Right[role]++
		}
	}
}
