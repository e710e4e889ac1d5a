package werewolf

import (
	"context"
	"sync"
	"sync/atomic"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/lspo"
	"dryad/match/table"
)

// Game is Werewolf as a language game.
type Game struct {
	params Params
	config games.Config // of every match
	kinds  []rules.Role
}

var _ lspo.LanguageGame[Policy, *Space, *Solution, []Pair] = (*Game)(nil)

// New checks the parameters.
func New(p Params) (*Game, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	config, err := table.Config(&p.Set)
	if err != nil {
		return nil, err
	}
	return &Game{params: p, config: config, kinds: p.Set.Kinds()}, nil
}

// Set returns the rules. They must not be changed.
func (g *Game) Set() *rules.Set { return &g.params.Set }

// Start implements lspo.LanguageGame.
func (g *Game) Start(context.Context, lspo.Task) (Policy, error) { return g.params.Language.Start() }

// parallel does n pieces of work on so many goroutines, and returns the error of
// the first piece that failed.
func parallel(ctx context.Context, n, workers int, work func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(workers, n) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				errs[i] = work(i)
			}
		})
	}
	group.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
