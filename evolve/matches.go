package evolve

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"dryad/match"
	"dryad/queue"
	"dryad/replay"
)

// Matches is the judge that plays the real game, through a queue whose handler
// for [match.Kind] is a [match.Referee].
type Matches struct {
	Game  string
	Queue queue.Queue
}

var _ Judge = Matches{}

// Play implements [Judge].
func (m Matches) Play(ctx context.Context, fixtures []Fixture) ([]Outcome, error) {
	outcomes := make([]Outcome, 0, len(fixtures))
	err := m.Queue.Run(ctx, queue.Batch{
		Kind: match.Kind,
		Jobs: m.jobs(fixtures),
		Deliver: func(r queue.Result) error {
			if r.Err != nil {
				return r.Err
			}
			played, err := match.ReadOutcome(r.Output)
			if err != nil {
				return err
			}
			if played.Inconclusive() {
				return fmt.Errorf("match of seed %d: %s", played.Seed, played.Forfeits[0].Text)
			}
			o := Outcome{Hash: played.Hash}
			o.Home, o.Margin = played.Duel()
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
			payload, err := json.Marshal(match.Assignment{Game: m.Game, Config: f.Config, Seed: f.Seed, Sides: []replay.Policy{f.Home.sent(), f.Away.sent()}})
			if err != nil {
				panic("evolve: bug: a match that JSON cannot carry: " + err.Error())
			}
			if !yield(queue.Job{Key: fmt.Sprint(i), Payload: payload}) {
				return
			}
		}
	}
}

// sent is the entry in an assignment.
func (e *Entry) sent() replay.Policy {
	return replay.Policy{Name: "candidate", Source: e.Source, Hash: e.Hash}
}
