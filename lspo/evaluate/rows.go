package evaluate

import (
	"context"

	"dryad/games/werewolf/rules"
	"dryad/lspo/werewolf"
	"dryad/rating"
)

func (e *evaluation) run(ctx context.Context) error {
	last := e.iterations[len(e.params.Iterations)-1]
	both, err := e.meet(ctx, last, last)
	if err != nil {
		return err
	}
	e.result.Missed = float64(both.Missed) / float64(max(both.Speeches, 1))
	for i, a := range e.iterations {
		asWolves, err := e.meet(ctx, a, last)
		if err != nil {
			return err
		}
		asVillage, err := e.meet(ctx, last, a)
		if err != nil {
			return err
		}
		e.result.Iterations = append(e.result.Iterations, Row{
			Iteration: i + 1, AsWolves: e.side(asWolves, rules.Wolves), AsVillage: e.side(asVillage, rules.Village),
			Prediction: e.prediction(asVillage, rules.Village),
			LastGains:  Differences{AsWolves: both.Over(&asWolves.Cell), AsVillage: asVillage.Over(&both.Cell)},
			deals:      dealsOf(asWolves, asVillage),
		})
		if err := e.abstract(ctx, i); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		players []Player
		into    *[]Opponent
	}{{e.params.Baselines, &e.result.Baselines}, {e.ablations, &e.result.Ablations}} {
		for _, p := range part.players {
			row, err := e.against(ctx, p, last)
			if err != nil {
				return err
			}
			*part.into = append(*part.into, row)
		}
	}
	if e.params.Cross {
		if err := e.cross(ctx); err != nil {
			return err
		}
	}
	return e.agreement(ctx)
}

// abstract puts the value of an iteration's abstract game beside the one played
// in words.
func (e *evaluation) abstract(ctx context.Context, i int) error {
	itself := e.iterations[i]
	played, err := e.meet(ctx, itself, itself)
	if err != nil {
		return err
	}
	it := &e.params.Iterations[i]
	row := Abstract{Iteration: i + 1, Exact: it.Solution.Exact}
	if row.Value, err = e.params.Game.AbstractValue(ctx, it, e.params.Games*len(e.params.Seeds), e.params.Seeds[0]); err != nil {
		return err
	}
	side := e.side(played, rules.Wolves)
	row.Played = werewolf.Gain{Mean: 2*side.WinRate - 1, Low: 2*side.Low - 1, High: 2*side.High - 1}
	row.Gap = row.Played.Mean - row.Value.Mean
	e.result.Abstract = append(e.result.Abstract, row)
	return nil
}

// against plays both sides of an agent against the last iteration.
func (e *evaluation) against(ctx context.Context, p, last Player) (Opponent, error) {
	row := Opponent{Agent: p.Name}
	asWolves, err := e.meet(ctx, p, last)
	if err != nil {
		return row, err
	}
	asVillage, err := e.meet(ctx, last, p)
	if err != nil {
		return row, err
	}
	row.AsWolves, row.AsVillage = e.side(asWolves, rules.Wolves), e.side(asVillage, rules.Village)
	row.deals = dealsOf(asWolves, asVillage)
	return row, nil
}

// cross plays all against all.
func (e *evaluation) cross(ctx context.Context) error {
	players := append(e.iterations[:len(e.params.Iterations):len(e.params.Iterations)], e.params.Baselines...)
	c := &Cross{}
	payoff := rating.NewPayoff(len(players))
	for i, wolves := range players {
		c.Agents = append(c.Agents, wolves.Name)
		c.WinRates = append(c.WinRates, nil)
		for j, village := range players {
			cell, err := e.meet(ctx, wolves, village)
			if err != nil {
				return err
			}
			record := cell.Record()
			c.WinRates[i] = append(c.WinRates[i], record.Score())
			if i != j {
				payoff.AddRecord(i, j, record)
			}
		}
	}
	c.Margins = payoff.Margins()
	c.Weights, c.Ratings = rating.NashAverage(c.Margins)
	e.result.Cross = c
	return nil
}

// side returns the record of a cell as one side sees it.
func (e *evaluation) side(c *cell, team int) Side {
	record := c.Record()
	if team == rules.Village {
		record = record.Reversed()
	}
	interval := record.Interval(0.95)
	return Side{
		Games: record.Games(), WinRate: record.Score(), Low: interval.Low, High: interval.High, Lost: c.Faults, Prediction: e.prediction(c, team),
		Measures: e.measures(c, team),
	}
}

// measures returns what a side did in the matches of a cell.
func (e *evaluation) measures(c *cell, team int) map[string]float64 {
	n := &c.Counts
	if n.Games == 0 {
		return nil // kept by a version that did not count
	}
	m := map[string]float64{"words_a_speech": n.WordsASpeech(team)}
	if team == rules.Wolves {
		m["bus_rate"], m["key_kills"] = n.BusRate(), n.KeyKillRate()
	} else {
		m["votes_right"], m["decisive_votes_right"] = n.VotesRight(), n.DecisivelyRight()
	}
	for _, role := range e.params.Game.Set().Kinds() {
		if role.Team() == team {
			m[role.String()+"_survival"] = n.Survival(role)
		}
	}
	return m
}

// prediction returns how often a side was right about others' roles.
func (e *evaluation) prediction(c *cell, team int) map[string]float64 {
	p := &c.Predictions[team]
	all := map[string]float64{}
	for _, role := range e.params.Game.Set().Kinds() {
		name := role.String()
		if role == rules.Werewolf {
			name = "wolf"
		}
		if p.All[role] > 0 {
			all[name] = p.Accuracy(role)
		}
	}
	if len(all) > 0 {
		all["all"] = p.Accuracy(rules.Unknown)
	}
	return all
}
