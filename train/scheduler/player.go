package scheduler

import (
	"dryad/bt"
	"dryad/games"
	"dryad/games/fps"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// choice picks options for a seat of a match.
type choice interface {
	// choose returns an option. earned is what the one before brought in; began is
	// true when there was none before, or the agent has died since.
	choose(body games.Body, earned float64, began bool) int
}

// player runs the tree of one option after the other on a seat.
type player struct {
	at     match.PlayerContext
	agents []*policy.Agent
	batch  *policy.Batch
	every  int
	choice choice

	active int
	until  int // tick of the next choice
	lead   int32
	began  bool // the next choice follows none
}

var _ match.Player = (*player)(nil)

// entrant makes an entrant of what chooses among a library.
func entrant(name string, library []*policy.Policy, every int, choose func(seat games.Seat, seed uint64) choice) match.Entrant {
	return match.Entrant{
		Record: replay.Policy{Name: name},
		Make: func(at match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
			p := &player{at: at, batch: policy.NewBatch(), every: every, choice: choose(seat, seed), began: true}
			for _, tree := range library {
				p.agents = append(p.agents, tree.NewAgent(seed, seat))
			}
			return p, nil
		},
	}
}

// leadOf is how far the seat's team is ahead of the best other one.
func leadOf(body games.Body) int32 {
	b := &body.(*fps.Body).Percept.Board
	return b.Own - b.Best
}

// most is the most that a choice can earn, so that a single flag does not outweigh
// all else.
const most = 3

// Tick chooses when it is time, and runs the tree.
func (p *player) Tick(body games.Body) error {
	now := p.at.Now()
	if now >= p.until {
		lead := leadOf(body)
		earned := float64(max(-most, min(most, lead-p.lead)))
		next := p.choice.choose(body, earned, p.began)
		if next != p.active {
			p.agents[p.active].Halt(body, now)
			p.active = next
		}
		p.lead, p.until, p.began = lead, now+p.every, false
	}
	if p.agents[p.active].Tick(body, now, p.batch) != bt.Running {
		p.until = now + 1 // the option has ended
	}
	return nil
}

// Finish commits what the tree decided.
func (p *player) Finish(body games.Body) error {
	p.batch.Run()
	p.agents[p.active].Finish(body)
	return nil
}

// Rest halts the tree of a dead agent. What it lost by dying belongs to the option
// that ran then, so the account stays open.
func (p *player) Rest(body games.Body) {
	p.agents[p.active].Halt(body, p.at.Now())
	p.until = 0
}
