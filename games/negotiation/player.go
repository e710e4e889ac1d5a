package negotiation

import (
	"context"
	"fmt"
	"math/rand/v2"

	"dryad/games"
)

// View is what a seat knows when it is its turn. Its slices must not be changed.
type View struct {
	Seat   int
	Values Items // its own
	Talk   *Talk
	Texts  []string // the words of each move
}

// Agent plays in words.
type Agent interface {
	// Speak returns what the seat says. What cannot be heard as a legal move is
	// a pass. draw is a stream of random numbers for this turn only. An error
	// is a pass, too.
	Speak(ctx context.Context, v *View, draw *rand.Rand) (string, error)
}

// Player puts an agent on a seat of one match. It satisfies match.Player.
type Player struct {
	ctx    context.Context // of the match
	agent  Agent
	seed   uint64
	faults int
	fault  error
}

// NewPlayer puts an agent on a seat of the match with that seed. The context is
// handed to every turn.
func NewPlayer(ctx context.Context, a Agent, seed uint64) *Player {
	return &Player{ctx: ctx, agent: a, seed: seed}
}

// Tick lets the agent speak.
func (p *Player) Tick(seat games.Body) error {
	b, ok := seat.(*body)
	if !ok {
		return fmt.Errorf("negotiation: a player sits at another game, with a %T", seat)
	}
	const purposeAgent = 0x6167656e74
	w := b.world
	v := &View{Seat: int(b.seat), Values: b.own(), Talk: &w.talk, Texts: w.texts}
	text, err := p.agent.Speak(p.ctx, v, games.Stream(p.seed, purposeAgent, uint64(b.seat), uint64(w.now)))
	if len(text) > maxText {
		text = text[:maxText]
	}
	m, heard := Hear(w.set.Pool, text)
	if err == nil && !heard {
		err = fmt.Errorf("%.60q is no move", text)
	}
	if err == nil {
		err = w.talk.Check(m)
	}
	if err != nil {
		p.faults, p.fault = p.faults+1, err
		b.Commit(0)
		return nil
	}
	b.wish = &utterance{m, text}
	b.Commit(channelSay)
	return nil
}

// Finish does nothing: the move was committed.
func (p *Player) Finish(games.Body) error { return nil }

// Rest does nothing.
func (p *Player) Rest(games.Body) {}

// Faults returns how many turns were lost, and the last reason.
func (p *Player) Faults() (int, error) { return p.faults, p.fault }
