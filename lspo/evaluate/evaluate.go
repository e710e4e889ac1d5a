package evaluate

import (
	"context"
	"errors"
	"fmt"

	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/job"
	"dryad/lspo"
	"dryad/lspo/werewolf"
)

// Player is an agent that is measured.
type Player struct {
	// Name is shown, and the player's cells are kept under it.
	Name string
	// Hash, unless empty, tells the agent from others of its name.
	Hash string
	// Agent makes the agent. It is called when a cell has to be played.
	Agent func() (wolf.Agent, error)
}

// Acts returns the act behind a text that a seat said, and whether it is known.
type Acts func(v *rules.View, text string) (act int, known bool)

// Params say what is measured.
type Params struct {
	Game *werewolf.Game
	// Iterations are those of a run, at least one.
	Iterations []werewolf.Iteration
	// Baselines play both sides against the last iteration.
	Baselines []Player
	// Games is the number of matches of a cell for each of the Seeds. Match i of
	// every cell of a seed has the same deal.
	Games int
	Seeds []uint64
	// Hearing is werewolf.AgentParams.Hearing of the run's agents.
	Hearing int
	// Cross plays every agent against every other as well.
	Cross bool
	// Acts, unless nil, are compared with the clusters.
	Acts Acts
	// Memory keeps each cell as it ends; nil forgets. Version is dryad's: cells
	// of another version are played again.
	Memory  lspo.Memory
	Version string
	// Run and RunSeed name the run in the result.
	Run     string
	RunSeed uint64
	// Progress is told of the matches; it may be nil.
	Progress *job.Progress
}

// Run measures the iterations of a run. When the context ends, the cells that
// ended are in the memory, and the same call goes on from there.
func Run(ctx context.Context, p Params) (*Result, error) {
	switch {
	case p.Game == nil || len(p.Iterations) == 0:
		return nil, errors.New("lspo/evaluate: there is no iteration to measure")
	case p.Games < 1 || len(p.Seeds) == 0 || p.Hearing < 0:
		return nil, fmt.Errorf("lspo/evaluate: %d matches for each of %d seeds, hearing %d: out of range", p.Games, len(p.Seeds), p.Hearing)
	}
	if p.Memory == nil {
		p.Memory = &lspo.Forgetful{}
	}
	e := &evaluation{params: p, seen: map[string]*cell{}, result: &Result{
		Run: p.Run, RunSeed: p.RunSeed, Hearing: p.Hearing, Rules: *p.Game.Set(), Seeds: p.Seeds,
	}}
	if err := e.table(); err != nil {
		return nil, err
	}
	p.Progress.Phase("evaluate", p.Games*len(p.Seeds)*e.cells(), 0)
	return e.result, e.run(ctx)
}

// evaluation plays the cells.
type evaluation struct {
	params                Params
	iterations, ablations []Player
	seen                  map[string]*cell // by key
	result                *Result
}

func made(name string, a wolf.Agent) Player {
	return Player{Name: name, Agent: func() (wolf.Agent, error) { return a, nil }}
}

// table makes the agents of the run.
func (e *evaluation) table() error {
	p := &e.params
	for i := range p.Iterations {
		a, err := p.Game.Agent(&p.Iterations[i], werewolf.AgentParams{Hearing: p.Hearing})
		if err != nil {
			return err
		}
		e.iterations = append(e.iterations, made(fmt.Sprintf("iteration %d", p.Iterations[i].Number), a))
	}
	for _, ablation := range []struct {
		name   string
		params werewolf.AgentParams
	}{
		{"without fine-tuning", werewolf.AgentParams{Hearing: p.Hearing, Untrained: true}},
		{"without policy learning", werewolf.AgentParams{Unsolved: true}},
	} {
		final := p.Iterations[len(p.Iterations)-1]
		if ablation.params.Untrained {
			final.Policy = p.Iterations[0].Policy
		}
		a, err := p.Game.Agent(&final, ablation.params)
		if err != nil {
			return err
		}
		e.ablations = append(e.ablations, made(ablation.name, a))
	}
	return nil
}
