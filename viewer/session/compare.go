package session

import (
	"context"
	"fmt"
	"slices"

	"dryad/bt"
	"dryad/games"
	"dryad/internal/english"
	"dryad/match"
)

// Difference says where two replays part.
type Difference struct {
	// State is the first tick at which the states differ, -1 when they never
	// do.
	State int
	// Thought is the first tick in which the trees of a seat did something else,
	// -1 when they never do; Seat says on which seat.
	Thought int
	Seat    games.Seat
	// Compared is the number of ticks that both have.
	Compared int
}

// String says it in a line.
func (d Difference) String() string {
	switch {
	case d.State < 0 && d.Thought < 0:
		return "the same in all of " + english.Number(d.Compared, "tick")
	case d.Thought < 0:
		return fmt.Sprintf("the states differ from tick %d on, the trees never", d.State)
	case d.State < 0:
		return fmt.Sprintf("the tree of seat %d thinks otherwise from tick %d on, the states never differ", d.Seat, d.Thought)
	}
	return fmt.Sprintf("the tree of seat %d thinks otherwise from tick %d on, the states differ from tick %d on", d.Seat, d.Thought, d.State)
}

// Compare executes two replays side by side and finds where they part. The
// sessions stay where they are. Trees differ when another node is visited, by
// its identity, or a node has another status.
func Compare(ctx context.Context, a, b *Session) (Difference, error) {
	d := Difference{State: -1, Thought: -1, Compared: min(a.Ticks(), b.Ticks())}
	if a.replay.Game != b.replay.Game {
		return d, fmt.Errorf("the replays are of %s and of %s: there is nothing to compare", a.replay.Game, b.replay.Game)
	}
	seats := min(a.Seats(), b.Seats())
	left, err := start(a, seats)
	if err != nil {
		return d, err
	}
	defer left.Close()
	right, err := start(b, seats)
	if err != nil {
		return d, err
	}
	defer right.Close()
	for tick := 0; ; tick++ {
		if d.State < 0 && left.playback.Match().World().Hash() != right.playback.Match().World().Hash() {
			d.State = tick
		}
		if d.State >= 0 && d.Thought >= 0 || tick >= d.Compared {
			return d, nil
		}
		if tick%64 == 0 && ctx.Err() != nil {
			return d, ctx.Err()
		}
		if err := left.step(); err != nil {
			return d, fmt.Errorf("the first replay at tick %d: %w", tick, err)
		}
		if err := right.step(); err != nil {
			return d, fmt.Errorf("the second replay at tick %d: %w", tick, err)
		}
		for s := range seats {
			if d.Thought < 0 && !slices.Equal(left.did[s], right.did[s]) {
				d.Thought, d.Seat = tick+1, games.Seat(s)
			}
		}
	}
}

// walk executes a replay and keeps what the trees did in the last tick.
type walk struct {
	playback *match.Playback
	ids      map[*bt.Program][]uint64
	did      [][]deed // by seat
}

// deed is a node that was reached, by its identity.
type deed struct {
	node   uint64
	status bt.Status
}

func start(s *Session, seats int) (*walk, error) {
	w := &walk{ids: map[*bt.Program][]uint64{}, did: make([][]deed, seats)}
	var err error
	w.playback, err = match.NewPlayback(match.PlaybackParams{Game: s.game, Replay: s.replay, Resolve: s.params.Resolve, Stepped: w.note})
	return w, err
}

// Close ends what the players hold.
func (w *walk) Close() { w.playback.Close() }

func (w *walk) step() error {
	for seat := range w.did {
		if t := w.playback.Tree(games.Seat(seat)); t != nil && t.Agent().Trace() == nil {
			t.Agent().SetTrace(true)
		}
	}
	_, err := w.playback.Step()
	return err
}

// note keeps what the trees did, before seats change hands.
func (w *walk) note() {
	for seat := range w.did {
		w.did[seat] = w.did[seat][:0]
		t := w.playback.Tree(games.Seat(seat))
		if t == nil || t.Status() == bt.Idle {
			continue
		}
		program := t.Agent().Policy().Program
		ids := w.ids[program]
		if ids == nil {
			for i := range program.Nodes() {
				ids = append(ids, program.Node(i).ID)
			}
			w.ids[program] = ids
		}
		for i, status := range t.Agent().Trace() {
			if status != bt.Idle {
				w.did[seat] = append(w.did[seat], deed{ids[i], status})
			}
		}
	}
}
