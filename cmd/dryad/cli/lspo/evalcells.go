package lspo

import (
	"context"
	"encoding/json"
	"fmt"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/job"
	"dryad/lspo"
	"dryad/lspo/werewolf"
	"dryad/rating"
)

// lspoBaselines are who the last iteration is measured against.
var lspoBaselines = []string{"random", seats.Companion, "heuristic", "cicero", "sla"}

// lspoEvaluation plays the cells.
type lspoEvaluation struct {
	command    *evalCommand
	session    *lspoSession
	game       *werewolf.Game
	iterations []lspo.Iteration
	agents     *lspoAgents
	prompters  map[string]*seats.Agent // who ask a chat model, if there is one
	progress   *job.Progress
	seen       map[string]*lspoCell // by key
	result     lspoEval
}

// lspoPlayer is an agent with the name that its cells are kept under. It is made
// when a cell has to be played.
type lspoPlayer struct {
	name  string
	agent func() (wolf.Agent, error)
}

func made(name string, a wolf.Agent) lspoPlayer {
	return lspoPlayer{name, func() (wolf.Agent, error) { return a, nil }}
}

// lspoAgents are all who play.
type lspoAgents struct {
	iterations, baselines, ablations []lspoPlayer
}

// table makes the agents.
func (e *lspoEvaluation) table(env *frame.Env) (*lspoAgents, error) {
	all := &lspoAgents{}
	for _, it := range e.iterations {
		a, err := e.game.Agent(it, werewolf.AgentParams{Hearing: e.command.Hearing})
		if err != nil {
			return nil, err
		}
		all.iterations = append(all.iterations, made(fmt.Sprintf("iteration %d", it.Number), a))
	}
	for _, name := range lspoBaselines {
		entry, _, err := seats.FindAgent(env, name)
		if err != nil {
			return nil, err
		}
		all.baselines = append(all.baselines, lspoPlayer{name, func() (wolf.Agent, error) { return entry.Make(*e.game.Set()) }})
	}
	for _, name := range seats.PromptNames {
		if a := e.prompters[name]; a != nil {
			all.baselines = append(all.baselines, lspoPlayer{name, func() (wolf.Agent, error) { return a.Make(*e.game.Set()) }})
		}
	}
	final := e.iterations[len(e.iterations)-1]
	for _, ablation := range []struct {
		name   string
		params werewolf.AgentParams
	}{
		{"without fine-tuning", werewolf.AgentParams{Hearing: e.command.Hearing, Untrained: true}},
		{"without policy learning", werewolf.AgentParams{Unsolved: true}},
	} {
		if ablation.params.Untrained {
			final.Policy = e.iterations[0].Policy
		}
		a, err := e.game.Agent(final, ablation.params)
		if err != nil {
			return nil, err
		}
		all.ablations = append(all.ablations, made(ablation.name, a))
	}
	return all, nil
}

// cells returns how many cells are played.
func (e *lspoEvaluation) cells() int {
	n, others := len(e.iterations), len(e.agents.baselines)+len(e.agents.ablations)
	count := 3*n - 2 + 2*others // each against the last, and each against itself
	if e.command.Cross {
		all := n + len(e.agents.baselines)
		count += all*all - (3*n - 2) - 2*len(e.agents.baselines)
	}
	return count
}

// lspoCell is a cell as the run keeps it.
type lspoCell struct {
	werewolf.Cell
	// Speeches and Missed count those of the werewolves' agent.
	Speeches int
	Missed   int
}

// meet returns a cell of all seeds.
func (e *lspoEvaluation) meet(ctx context.Context, wolves, village lspoPlayer) (*lspoCell, error) {
	whole := &lspoCell{}
	for _, seed := range e.result.Seeds {
		part, err := e.cell(ctx, wolves, village, seed)
		if err != nil {
			return nil, fmt.Errorf("%s against %s: %w", wolves.name, village.name, err)
		}
		whole.Add(&part.Cell)
		whole.Speeches += part.Speeches
		whole.Missed += part.Missed
	}
	return whole, nil
}

// cell returns a cell of one seed: the one that is kept, or a new one, which is
// kept.
func (e *lspoEvaluation) cell(ctx context.Context, wolves, village lspoPlayer, seed uint64) (*lspoCell, error) {
	memory := lspoMemory{store: e.session.store}
	key := fmt.Sprintf("eval %s/agents %.8s/hearing %d/seed %d/%d games/%s/%s",
		frame.Version, agents.Digest(), e.command.Hearing, seed, e.command.Games, e.place(wolves), e.place(village))
	if c := e.seen[key]; c != nil {
		return c, nil
	}
	data, kept, err := memory.Work(ctx, key)
	if err != nil {
		return nil, err
	}
	c := &lspoCell{}
	if kept {
		if err := json.Unmarshal(data, c); err != nil {
			return nil, fmt.Errorf("read a kept cell: %w", err)
		}
		e.seen[key] = c
		e.progress.Add(e.command.Games)
		return c, nil
	}
	one, err := wolves.agent()
	if err != nil {
		return nil, err
	}
	other, err := village.agent()
	if err != nil {
		return nil, err
	}
	counter, counts := one.(*werewolf.Agent)
	if counts {
		speeches, missed := counter.Missed()
		c.Speeches, c.Missed = -speeches, -missed
	}
	played, err := e.game.Meet(ctx, one, other, e.command.Games, seed, func() { e.progress.Add(1) })
	if err != nil {
		return nil, err
	}
	c.Cell = *played
	if counts {
		speeches, missed := counter.Missed()
		c.Speeches, c.Missed = c.Speeches+speeches, c.Missed+missed
	}
	if data, err = json.Marshal(c); err != nil {
		return nil, err
	}
	e.seen[key] = c
	return c, memory.PutWork(ctx, key, data)
}

// place names an agent among the cells of a run that may still grow: an
// ablation is that of the last iteration there is, and who asks a chat model is
// another one with another model.
func (e *lspoEvaluation) place(p lspoPlayer) string {
	for _, a := range e.agents.ablations {
		if a.name == p.name {
			return fmt.Sprintf("iteration %d %s", len(e.iterations), p.name)
		}
	}
	if a := e.prompters[p.name]; a != nil {
		return fmt.Sprintf("%s %.8s", p.name, a.Hash)
	}
	return p.name
}

func (e *lspoEvaluation) run(ctx context.Context) error {
	last := e.agents.iterations[len(e.iterations)-1]
	both, err := e.meet(ctx, last, last)
	if err != nil {
		return err
	}
	e.result.Missed = float64(both.Missed) / float64(max(both.Speeches, 1))
	for i, a := range e.agents.iterations {
		asWolves, err := e.meet(ctx, a, last)
		if err != nil {
			return err
		}
		asVillage, err := e.meet(ctx, last, a)
		if err != nil {
			return err
		}
		e.result.Iterations = append(e.result.Iterations, lspoEvalIteration{
			Iteration: i + 1, AsWolves: e.side(asWolves, rules.Wolves), AsVillage: e.side(asVillage, rules.Village),
			Prediction: e.prediction(asVillage, rules.Village),
			LastGains:  lspoEvalDifferences{AsWolves: both.Over(&asWolves.Cell), AsVillage: asVillage.Over(&both.Cell)},
		})
		if err := e.abstract(ctx, i); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		players []lspoPlayer
		into    *[]lspoEvalAgent
	}{{e.agents.baselines, &e.result.Baselines}, {e.agents.ablations, &e.result.Ablations}} {
		for _, p := range part.players {
			row, err := e.against(ctx, p, last)
			if err != nil {
				return err
			}
			*part.into = append(*part.into, row)
		}
	}
	if e.command.Cross {
		if err := e.cross(ctx); err != nil {
			return err
		}
	}
	return e.agreement()
}

// abstract puts the value of an iteration's abstract game beside the one played
// in words.
func (e *lspoEvaluation) abstract(ctx context.Context, i int) error {
	itself := e.agents.iterations[i]
	played, err := e.meet(ctx, itself, itself)
	if err != nil {
		return err
	}
	solution, err := werewolf.ReadSolution(e.iterations[i].Solution)
	if err != nil {
		return err
	}
	row := lspoEvalAbstract{Iteration: i + 1, Exact: solution.Exact}
	if row.Value, err = e.game.AbstractValue(ctx, e.iterations[i], e.command.Games*e.command.Seeds, e.command.Seed); err != nil {
		return err
	}
	side := e.side(played, rules.Wolves)
	row.Played = werewolf.Gain{Mean: 2*side.WinRate - 1, Low: 2*side.Low - 1, High: 2*side.High - 1}
	row.Gap = row.Played.Mean - row.Value.Mean
	e.result.Abstract = append(e.result.Abstract, row)
	return nil
}

// against plays both sides of an agent against the last iteration.
func (e *lspoEvaluation) against(ctx context.Context, p, last lspoPlayer) (lspoEvalAgent, error) {
	row := lspoEvalAgent{Agent: p.name}
	cell, err := e.meet(ctx, p, last)
	if err != nil {
		return row, err
	}
	row.AsWolves = e.side(cell, rules.Wolves)
	if cell, err = e.meet(ctx, last, p); err != nil {
		return row, err
	}
	row.AsVillage = e.side(cell, rules.Village)
	return row, nil
}

// cross plays all against all.
func (e *lspoEvaluation) cross(ctx context.Context) error {
	players := append(e.agents.iterations[:len(e.iterations):len(e.iterations)], e.agents.baselines...)
	c := &lspoEvalCross{}
	payoff := rating.NewPayoff(len(players))
	for i, wolves := range players {
		c.Agents = append(c.Agents, wolves.name)
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
func (e *lspoEvaluation) side(c *lspoCell, team int) lspoEvalSide {
	record := c.Record()
	if team == rules.Village {
		record = record.Reversed()
	}
	interval := record.Interval(0.95)
	return lspoEvalSide{
		Games: record.Games(), WinRate: record.Score(), Low: interval.Low, High: interval.High, Lost: c.Faults, Prediction: e.prediction(c, team),
	}
}

// prediction returns how often a side was right about others' roles.
func (e *lspoEvaluation) prediction(c *lspoCell, team int) map[string]float64 {
	p := &c.Predictions[team]
	all := map[string]float64{}
	for _, role := range e.game.Set().Kinds() {
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

// agreement compares clusters with the speech acts behind the texts.
func (e *lspoEvaluation) agreement() error {
	for _, it := range e.iterations {
		rows, err := e.session.agreement(it)
		if err != nil {
			return err
		}
		e.result.Clusters = append(e.result.Clusters, rows...)
	}
	return nil
}
