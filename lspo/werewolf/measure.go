package werewolf

import (
	"context"

	"dryad/games"
	"dryad/games/werewolf"
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
}

// Meet plays n matches. Progress may be nil; it is told of each match.
func (g *Game) Meet(ctx context.Context, wolves, village werewolf.Agent, n int, seed uint64, progress func()) (*Cell, error) {
	c := &Cell{Outcomes: make([]rating.Outcome, n)}
	faults := make([]int, n)
	predictions := make([][2]Predictions, n)
	err := parallel(ctx, n, g.params.Workers, func(i int) error {
		seed := games.Mix(seed, uint64(i))
		roles := Deal(&g.params.Set, seed)
		agents := make([]werewolf.Agent, len(roles))
		watch := [2]*watched{rules.Village: {Agent: village}, rules.Wolves: {Agent: wolves}}
		for seat, role := range roles {
			agents[seat] = watch[role.Team()]
		}
		table, lost := Play(&g.params.Set, roles, seed, agents, func(v *rules.View, _ rules.Decision) {
			if p, ok := watch[v.Role.Team()].Agent.(werewolf.Predictor); ok && v.Act == rules.Ballot {
				predictions[i][v.Role.Team()].judge(v, p.Predict(v), roles)
			}
		})
		faults[i] = lost
		for _, w := range watch {
			if w.fatal != nil {
				return w.fatal
			}
		}
		switch table.Winner() {
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
		for side := range predictions[i] {
			c.Predictions[side].add(&predictions[i][side])
		}
	}
	return c, err
}

// judge counts a player's guesses about those whose role it does not know.
func (p *Predictions) judge(v *rules.View, guesses, roles []rules.Role) {
	for seat, guess := range guesses {
		if s := games.Seat(seat); s == v.Seat || v.Mates.Has(s) {
			continue
		}
		p.All[roles[seat]]++
		if guess == roles[seat] {
			p.Right[roles[seat]]++
		}
	}
}
