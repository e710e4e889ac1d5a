package werewolf

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Agent decides for seats. It keeps no state between decisions: all that it
// needs is in the view, its own notes included, so that one value may sit on several seats, in several
// matches, and a match can be resumed from any tick.
type Agent interface {
	// Decide answers what the view asks (View.Act). The view is valid until
	// Decide returns; View.Clone copies it. draw is a stream of random numbers
	// for this decision only. The context is that of the match: an agent that
	// asks a model gives up when it ends. An error, and a decision that is not
	// legal, is a pass: the seat says nothing, votes for nobody.
	Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error)
}

// Predictor is an Agent that also predicts everybody's role.
type Predictor interface {
	Agent
	// Predict returns the most likely role of each seat.
	Predict(ctx context.Context, v *rules.View) []rules.Role
}

// Player puts an agent on a seat of one match. It satisfies match.Player and
// match.Snapshotter.
type Player struct {
	ctx    context.Context // of the match
	agent  Agent
	seed   uint64
	seat   games.Seat
	notes  []rules.Note // what the agent has noted for itself
	faults int
	fault  error
	// strategy is that of the last decision.
	strategy string
}

// NewPlayer puts an agent on a seat of the match with that seed. The context is
// that of the match, and is handed to every decision.
func NewPlayer(ctx context.Context, a Agent, seed uint64, seat games.Seat) *Player {
	return &Player{ctx: ctx, agent: a, seed: seed, seat: seat}
}

const purposeAgent = 0x6167656e74

// Tick lets the agent decide.
func (p *Player) Tick(body games.Body) error {
	b, ok := body.(*Body)
	if !ok {
		return fmt.Errorf("werewolf: a player sits at another game, with a %T", body)
	}
	draw := games.Stream(p.seed, purposeAgent, uint64(p.seat), uint64(b.now))
	b.view.Notes, p.strategy = p.notes, ""
	d, err := p.agent.Decide(p.ctx, &b.view, draw)
	if note := rules.Clean(d.Note); note != "" && err == nil {
		p.notes = append(p.notes, rules.Note{Round: b.view.Round, Phase: b.view.Phase, Text: note})
	}
	if err == nil {
		err = b.Decide(d)
	}
	if err != nil {
		p.faults++
		p.fault = err
		b.Commit(0)
	} else {
		p.strategy = d.Strategy
	}
	return nil
}

// Explain returns the latent strategy of the decision of this tick, if the agent
// told one. It implements match.Explainer.
func (p *Player) Explain() (topic, text string) { return "strategy", p.strategy }

// Finish does nothing: the decision was committed.
func (p *Player) Finish(games.Body) error { return nil }

// Rest does nothing.
func (p *Player) Rest(games.Body) {}

// Faults returns how many turns the agent lost by an error or an illegal
// decision, and the last of the errors.
func (p *Player) Faults() (int, error) { return p.faults, p.fault }

// playerState is what a snapshot holds.
type playerState struct {
	Faults int
	Notes  []rules.Note
}

// Snapshot appends the number of faults and the seat's notes; the agent has no
// state.
func (p *Player) Snapshot(buf []byte) []byte {
	state, err := json.Marshal(playerState{p.faults, p.notes})
	if err != nil {
		panic("werewolf: bug: " + err.Error())
	}
	return append(buf, state...)
}

// Restore is the inverse of Snapshot.
func (p *Player) Restore(snapshot []byte) error {
	var state playerState
	if err := json.Unmarshal(snapshot, &state); err != nil {
		return fmt.Errorf("werewolf: restore a player: %w", err)
	}
	p.faults, p.notes = state.Faults, state.Notes
	return nil
}
