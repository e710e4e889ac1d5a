package evaluate

import (
	"context"
	"encoding/json"
	"fmt"

	"dryad/games/werewolf/agents"
	"dryad/lspo/werewolf"
)

// cells returns how many cells are played.
func (e *evaluation) cells() int {
	n, others := len(e.params.Iterations), len(e.params.Baselines)+len(e.ablations)
	count := 3*n - 2 + 2*others // each against the last, and each against itself
	if e.params.Cross {
		all := n + len(e.params.Baselines)
		count += all*all - (3*n - 2) - 2*len(e.params.Baselines)
	}
	return count
}

// cell is a cell as the run keeps it.
type cell struct {
	werewolf.Cell
	// Speeches and Missed count those of the werewolves' agent.
	Speeches int
	Missed   int
}

// meet returns a cell of all seeds.
func (e *evaluation) meet(ctx context.Context, wolves, village Player) (*cell, error) {
	whole := &cell{}
	for _, seed := range e.result.Seeds {
		part, err := e.cell(ctx, wolves, village, seed)
		if err != nil {
			return nil, fmt.Errorf("%s against %s: %w", wolves.Name, village.Name, err)
		}
		whole.Add(&part.Cell)
		whole.Speeches += part.Speeches
		whole.Missed += part.Missed
	}
	return whole, nil
}

// cell returns a cell of one seed: the one that is kept, or a new one, which is
// kept.
func (e *evaluation) cell(ctx context.Context, wolves, village Player, seed uint64) (*cell, error) {
	memory := e.params.Memory
	key := fmt.Sprintf("eval %s/agents %.8s/hearing %d/seed %d/%d games/%s/%s",
		e.params.Version, agents.Digest(), e.params.Hearing, seed, e.params.Games, e.place(wolves), e.place(village))
	if c := e.seen[key]; c != nil {
		return c, nil
	}
	data, kept, err := memory.Work(ctx, key)
	if err != nil {
		return nil, err
	}
	c := &cell{}
	if kept {
		if err := json.Unmarshal(data, c); err != nil {
			return nil, fmt.Errorf("read a kept cell: %w", err)
		}
		e.seen[key] = c
		e.params.Progress.Add(e.params.Games)
		return c, nil
	}
	one, err := wolves.Agent()
	if err != nil {
		return nil, err
	}
	other, err := village.Agent()
	if err != nil {
		return nil, err
	}
	counter, counts := one.(*werewolf.Agent)
	if counts {
		speeches, missed := counter.Missed()
		c.Speeches, c.Missed = -speeches, -missed
	}
	played, err := e.params.Game.Meet(ctx, one, other, e.params.Games, seed, func() { e.params.Progress.Add(1) })
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
// ablation is that of the last iteration there is, and an agent that asks a model
// is another one with another model.
func (e *evaluation) place(p Player) string {
	for _, a := range e.ablations {
		if a.Name == p.Name {
			return fmt.Sprintf("iteration %d %s", len(e.params.Iterations), p.Name)
		}
	}
	if p.Hash != "" {
		return fmt.Sprintf("%s %.8s", p.Name, p.Hash)
	}
	return p.Name
}
