package match

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"

	"dryad/games"
)

// Verification is what executing a replay again showed.
type Verification struct {
	// Ticks is the number of ticks executed; StateHash is the digest of the
	// last state.
	Ticks     int
	StateHash uint64
	// Thought says for every seat whether its policy thought beside the
	// record.
	Thought []bool
	// Diverged has for every seat the first tick in which its policy commanded
	// something else than is recorded, or -1.
	Diverged []int
	// Keyframes is how many keyframes of the replay were compared.
	Keyframes int
}

// Verify executes a replay to its end. The error says what differs: a state, a
// result, a keyframe, or, when policies think beside the record, a command.
func Verify(ctx context.Context, p PlaybackParams) (Verification, error) {
	v := Verification{}
	var b *Playback
	var unlike error // the first keyframe that is wrong
	stepped := p.Stepped
	p.Stepped = func() {
		if stepped != nil {
			stepped()
		}
		if found, err := b.keyed(); found {
			v.Keyframes++
			unlike = cmp.Or(unlike, err)
		}
	}
	b, err := NewPlayback(p)
	if err != nil {
		return Verification{}, err
	}
	defer b.Close()
	if err := b.Seek(ctx, p.Replay.Ticks); err != nil {
		v.Ticks, v.StateHash = b.Now(), b.match.world.Hash()
		return v, err
	}
	v.Ticks, v.StateHash = b.Now(), b.match.world.Hash()
	for s, f := range b.followers {
		v.Thought = append(v.Thought, f.inner != nil)
		v.Diverged = append(v.Diverged, f.diverged)
		if f.diverged >= 0 {
			err = fmt.Errorf("seat %d, %s, commands something else than is recorded from tick %d on", s, p.Replay.PolicyAt(games.Seat(s), f.diverged).Name, f.diverged)
		}
	}
	if err != nil {
		return v, err
	}
	return v, cmp.Or(unlike, b.result())
}

// result compares how the match ended with what is recorded.
func (b *Playback) result() error {
	r := b.params.Replay
	got := b.match.Outcome()
	switch {
	case got.Over != r.Over:
		return fmt.Errorf("the match is over: %v; the replay recorded %v", got.Over, r.Over)
	case !got.Over:
		return nil
	case got.Result.Winner != r.Result.Winner:
		return fmt.Errorf("the winner is %d, the replay recorded %d", got.Result.Winner, r.Result.Winner)
	}
	for s := range r.Result.Points {
		if len(got.Result.Points) != len(r.Result.Points) || len(got.Result.Scores) != len(r.Result.Scores) || s >= len(got.Result.Scores) {
			return fmt.Errorf("the result has %d seats, the replay recorded %d", len(got.Result.Points), len(r.Result.Points))
		}
		if got.Result.Points[s] != r.Result.Points[s] || got.Result.Scores[s] != r.Result.Scores[s] {
			return fmt.Errorf("seat %d has %g points and scores %g, the replay recorded %g and %g",
				s, got.Result.Points[s], got.Result.Scores[s], r.Result.Points[s], r.Result.Scores[s])
		}
	}
	if got.Result.Reason != r.Result.Reason {
		return fmt.Errorf("the match ended by %q, the replay recorded %q", got.Result.Reason, r.Result.Reason)
	}
	return b.derived(&got)
}

// derived compares what is counted and told of a match with what is recorded.
func (b *Playback) derived(got *Outcome) error {
	r := b.params.Replay
	if len(got.Metrics) != len(r.Metrics) {
		return fmt.Errorf("%d seats have metrics, the replay recorded those of %d", len(got.Metrics), len(r.Metrics))
	}
	for s := range r.Metrics {
		if !slices.Equal(got.Metrics[s], r.Metrics[s]) {
			return fmt.Errorf("the metrics of seat %d are not those that the replay recorded", s)
		}
	}
	if len(got.Events) != len(r.Events) {
		return fmt.Errorf("%d events happened, the replay recorded %d", len(got.Events), len(r.Events))
	}
	for i := range r.Events {
		if !reflect.DeepEqual(got.Events[i], r.Events[i]) {
			return fmt.Errorf("event %d, at tick %d, is not the one that the replay recorded", i, got.Events[i].Tick)
		}
	}
	return nil
}
