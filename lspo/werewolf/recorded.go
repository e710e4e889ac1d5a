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
}

// Decide implements werewolf.Agent.
func (r *repeater) Decide(_ context.Context, v *rules.View, _ *rand.Rand) (rules.Decision, error) {
	d, err := r.decide(v)
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

// repeat plays a recorded match again.
func (g *Game) repeat(ctx context.Context, m *SelfPlay, p table.Params) (*table.Game, []turn, error) {
	again := &repeater{moves: m.Moves}
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
	played, turns, err := g.repeat(ctx, m, table.Params{})
	if err != nil {
		return nil, err
	}
	m.turns, m.end = turns, played.World.Table()
	return m.turns, nil
}

// selfPlayName is the name of a policy of self-play in a record.
const selfPlayName = "self-play"

// Recording returns the replay of match n of a space's self-play, from 0. Nobody
// is asked again: the seats take the decisions that were kept. Program is dryad's
// version.
func (g *Game) Recording(ctx context.Context, space *Space, n int, program string) (*replay.Replay, error) {
	if n < 0 || n >= len(space.Games) {
		return nil, fmt.Errorf("there is no match %d of self-play: there are 0 to %d", n, len(space.Games)-1)
	}
	played, _, err := g.repeat(ctx, space.Games[n], table.Params{VillageName: selfPlayName, WolvesName: selfPlayName, Record: true, Program: program})
	if err != nil {
		return nil, err
	}
	return played.Outcome.Replay, nil
}
