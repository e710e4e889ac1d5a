package session

import (
	"context"
	"fmt"

	"dryad/dsl"
	"dryad/games"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// ForkParams says how a match goes on otherwise.
type ForkParams struct {
	Tick   int
	Seat   games.Seat
	Source string // of the tree that takes the seat
	// Policy says what the tree may use beside the words of its game.
	Policy policy.Params
}

// Fork lets the match go on from a tick with another tree on a seat, to its
// end, and returns the new replay. The session stays where it is. With faults
// in the tree there is no replay; warnings come with one.
func (s *Session) Fork(ctx context.Context, p ForkParams) (*replay.Replay, dsl.Diagnostics, error) {
	tree, faults := policy.Parse("fork", []byte(p.Source), s.game, p.Policy)
	if tree == nil {
		return nil, faults, nil
	}
	b, err := match.NewPlayback(match.PlaybackParams{Game: s.game, Replay: s.replay, Resolve: s.params.Resolve})
	if err != nil {
		return nil, faults, err
	}
	defer b.Close()
	m, err := b.Fork(ctx, p.Tick, p.Seat, match.Tree(tree))
	if err != nil {
		return nil, faults, fmt.Errorf("go on from tick %d: %w", p.Tick, err)
	}
	outcome, err := m.Finish(ctx)
	if err != nil {
		return nil, faults, err
	}
	return outcome.Replay, faults, nil
}

// Another opens another replay as this one was opened.
func (s *Session) Another(r *replay.Replay) (*Session, error) {
	p := s.params
	p.Replay = r
	return Open(p)
}
