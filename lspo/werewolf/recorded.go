package werewolf

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/match/table"
	"dryad/replay"
)

// repeater is an agent that takes the decisions of a recorded match again.
type repeater struct {
	moves []move
	next  int
	turns []turn
	err   error
	// explain, if any, says by which strategy something was said.
	explain func(ctx context.Context, v *rules.View, said Candidate) (string, error)
}

// Decide implements werewolf.Agent.
func (r *repeater) Decide(ctx context.Context, v *rules.View, _ *rand.Rand) (rules.Decision, error) {
	d, err := r.decide(v)
	if err == nil && d.Text != "" && r.explain != nil {
		d.Strategy, err = r.explain(ctx, v, r.turns[len(r.turns)-1].said())
	}
	if err == nil {
		err = v.Check(d)
	}
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("decision %d: %w", r.next, err)
	}
	return d, err
}

func (r *repeater) decide(v *rules.View) (rules.Decision, error) {
	if r.next >= len(r.moves) {
		return rules.Pass(), errors.New("the record ends before the match")
	}
	made := &r.moves[r.next]
	r.next++
	if len(made.Candidates) == 0 {
		return rules.Decision{Target: games.Seat(made.Target)}, nil
	}
	if v.Act != rules.Speak || made.Taken < 0 || made.Taken >= len(made.Candidates) {
		return rules.Pass(), errors.New("it is no speech")
	}
	r.turns = append(r.turns, turn{v.Clone(), made})
	return rules.Say(made.Candidates[made.Taken].Text), nil
}

// said returns what was said.
func (t turn) said() Candidate { return t.Candidates[t.Taken] }

// repeat plays a recorded match again.
func (g *Game) repeat(ctx context.Context, m *SelfPlay, again *repeater, p table.Params) (*table.Game, []turn, error) {
	again.moves = m.Moves
	p.Config, p.Seed, p.Village, p.Wolves = g.config, m.Seed, again, again
	played, err := table.Play(ctx, p)
	switch {
	case err != nil:
	case again.err != nil:
		err = again.err
	case again.next < len(m.Moves):
		err = fmt.Errorf("it is over after %d of %d decisions", again.next, len(m.Moves))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("play a match of self-play again: %w", err)
	}
	return played, again.turns, nil
}

// turns returns the speeches of a match. One that was read is played again, once.
func (g *Game) turns(ctx context.Context, m *SelfPlay) ([]turn, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.end != nil {
		return m.turns, nil
	}
	played, turns, err := g.repeat(ctx, m, &repeater{}, table.Params{})
	if err != nil {
		return nil, err
	}
	m.turns, m.end = turns, played.World.Table()
	return m.turns, nil
}

// selfPlayName is the name of a policy of self-play in a record.
const selfPlayName = "self-play"

// RecordingParams say which match of self-play is recorded.
type RecordingParams struct {
	// Iteration is the one whose self-play it is.
	Iteration *Iteration
	// Match is its number, from 0.
	Match int
	// Names returns the name of a latent strategy, "" for none: of a role, by its
	// number among the role's. It may be nil.
	Names StrategyNames
	// Program is dryad's version.
	Program string
}

// Recording returns the replay of a match of self-play. Nobody is asked again: the
// seats take the decisions that were kept. Notes say for each speech which latent
// strategy it was, and how probable each one is in the iteration's solution.
func (g *Game) Recording(ctx context.Context, p RecordingParams) (*replay.Replay, error) {
	space, n := p.Iteration.Space, p.Match
	if n < 0 || n >= len(space.Games) {
		return nil, fmt.Errorf("there is no match %d of self-play: there are 0 to %d", n, len(space.Games)-1)
	}
	of, err := g.solved(p.Iteration)
	if err != nil {
		return nil, err
	}
	c := g.classifier(space)
	again := &repeater{explain: func(ctx context.Context, v *rules.View, said Candidate) (string, error) {
		log, err := c.log(ctx, v)
		if err != nil {
			return "", err
		}
		symbols, err := c.candidates(ctx, v, []Candidate{said})
		if err != nil {
			return "", err
		}
		state := of.game.at(v, log)
		return describe(of, c, v.Role, symbols[0], state, of.play(state), p.Names), nil
	}}
	played, _, err := g.repeat(ctx, space.Games[n], again, table.Params{VillageName: selfPlayName, WolvesName: selfPlayName, Record: true, Program: p.Program})
	if err != nil {
		return nil, err
	}
	return played.Outcome.Replay, nil
}
