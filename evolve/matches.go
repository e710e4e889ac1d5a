package evolve

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"dryad/games"
	"dryad/match"
	"dryad/queue"
)

// DuelKind names the pieces of work that a queue does for a search: one match
// between two policies.
const DuelKind = "duel"

// duel is the payload of a piece of work.
type duel struct {
	Game   string       `json:"game"`
	Config games.Config `json:"config"`
	Seed   uint64       `json:"seed"`
	Home   string       `json:"home"` // the policies' texts
	Away   string       `json:"away"`
}

// Matches is the judge that plays the real game, through a queue that has a
// handler for duels.
type Matches struct {
	Game  string
	Queue queue.Queue
}

var _ Judge = Matches{}

// Play implements [Judge].
func (m Matches) Play(ctx context.Context, fixtures []Fixture) ([]Outcome, error) {
	outcomes := make([]Outcome, 0, len(fixtures))
	err := m.Queue.Run(ctx, queue.Batch{
		Kind: DuelKind,
		Jobs: m.jobs(fixtures),
		Deliver: func(r queue.Result) error {
			if r.Err != nil {
				return r.Err
			}
			var o Outcome
			if err := json.Unmarshal(r.Output, &o); err != nil {
				return fmt.Errorf("read the outcome of match %s: %w", r.Job.Key, err)
			}
			outcomes = append(outcomes, o)
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

func (m Matches) jobs(fixtures []Fixture) iter.Seq[queue.Job] {
	return func(yield func(queue.Job) bool) {
		for i, f := range fixtures {
			payload, err := json.Marshal(duel{m.Game, f.Config, f.Seed, f.Home.Source, f.Away.Source})
			if err != nil {
				panic("evolve: bug: a duel that JSON cannot carry: " + err.Error())
			}
			if !yield(queue.Job{Key: fmt.Sprint(i), Payload: payload}) {
				return
			}
		}
	}
}

// DuelHandler returns what a worker does with a duel. entrant makes a policy of
// a text; it is called for every match and should remember its answers.
func DuelHandler(game func(name string) (games.Game, error), entrant func(game games.Game, source string) (match.Entrant, error)) queue.Handler {
	return func(ctx context.Context, payload []byte) ([]byte, error) {
		var d duel
		if err := json.Unmarshal(payload, &d); err != nil {
			return nil, fmt.Errorf("read a duel: %w", err)
		}
		g, err := game(d.Game)
		if err != nil {
			return nil, err
		}
		sides := make([]match.Entrant, 2)
		for i, source := range []string{d.Home, d.Away} {
			if sides[i], err = entrant(g, source); err != nil {
				return nil, err
			}
		}
		o, err := match.Run(ctx, match.Params{Game: g, Config: d.Config, Seed: d.Seed, Sides: sides})
		if err != nil {
			return nil, err
		}
		if o.Void() {
			return nil, fmt.Errorf("match of seed %d: %s", d.Seed, o.Forfeits[0].Text)
		}
		var out Outcome
		out.Home, out.Margin = o.Duel()
		return json.Marshal(out)
	}
}
