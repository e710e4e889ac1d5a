package correct

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"

	"dryad/games"
	"dryad/match"
	"dryad/rating"
	"dryad/replay"
)

// MeasureParams say in which matches trees are compared.
type MeasureParams struct {
	Game   games.Game
	Replay *replay.Replay
	Seat   games.Seat
	// Resolve makes an entrant of the policy of another seat of the replay.
	Resolve func(replay.Policy) (match.Entrant, error)
	// Matches is how many each tree plays, in the replay's configuration, with
	// seeds that follow the replay's.
	Matches int
	// Workers is how many are played at once; 0 for one a processor. The result
	// is the same for any number.
	Workers int
}

// Score is how a tree does before and after a patch, in the same matches. The
// means are of the result, 1 for a win and .5 for a draw. The interval, of 95
// percent, is that of the mean difference of a match.
type Score struct {
	Share
	Difference float64         `json:"difference"`
	Interval   rating.Interval `json:"interval"`
	N          int             `json:"matches"` // of each tree
}

// ErrNobody says that the seat's opponents cannot play again.
var ErrNobody = errors.New("no match can be played: the other seats of the replay are not played by trees")

// Measure plays the same matches with each of two entrants on the seat, against
// the trees of the replay's other seats. In a game of two seats every second match
// is played with the seats changed.
func Measure(ctx context.Context, p MeasureParams, before, after match.Entrant) (Score, error) {
	var others []match.Entrant
	for s := range p.Replay.Policies {
		e, err := p.Resolve(p.Replay.PolicyAt(games.Seat(s), 0))
		if err != nil {
			return Score{}, err
		}
		if games.Seat(s) != p.Seat && e.Make == nil {
			return Score{}, ErrNobody
		}
		others = append(others, e)
	}
	if len(others) < 2 {
		return Score{}, ErrNobody
	}
	results := make([]float64, 2*p.Matches) // of a match, before and after
	play := func(i int) error {
		k, e := i/2, before
		if i%2 == 1 {
			e = after
		}
		table := append([]match.Entrant(nil), others...)
		seat := p.Seat
		if len(table) == 2 && k%2 == 1 {
			table[p.Seat] = table[1-p.Seat]
			seat = 1 - p.Seat
		}
		table[seat] = e
		seed := p.Replay.Seed + 1 + uint64(k/2)
		o, err := match.Run(ctx, match.Params{Game: p.Game, Config: p.Replay.Config, Seed: seed, Entrants: table})
		if err != nil {
			return fmt.Errorf("a match of seed %d: %w", seed, err)
		}
		results[i] = o.Result.Scores[seat]
		return nil
	}
	if err := spread(p.Workers, len(results), play); err != nil {
		return Score{}, err
	}
	s, n, squares := Score{N: p.Matches}, float64(p.Matches), 0.0
	for k := range p.Matches {
		s.Before += results[2*k] / n
		s.After += results[2*k+1] / n
		d := results[2*k+1] - results[2*k]
		s.Difference += d / n
		squares += float64(d * d)
	}
	if p.Matches > 1 {
		half := float64(1.96 * math.Sqrt(max(0, squares/n-float64(s.Difference*s.Difference))/(n-1)))
		s.Interval = rating.Interval{Low: s.Difference - half, High: s.Difference + half}
	}
	return s, nil
}

// spread does a number of things, some at once, and returns the error of the
// first that failed.
func spread(workers, count int, do func(i int) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	errs := make([]error, count)
	var group errgroup.Group
	group.SetLimit(workers)
	for i := range count {
		group.Go(func() error {
			errs[i] = do(i)
			return nil // the first in order counts, not the first in time
		})
	}
	_ = group.Wait()
	return cmp.Or(errs...)
}
