package correct

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"

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

// Score is how a tree does, and how it differs from the one before, both with 95
// percent intervals. The mean result is 1 for wins, .5 for draws.
type Score struct {
	Mean       float64         `json:"mean"`
	Points     float64         `json:"points"` // mean, in the mode's own count
	Difference float64         `json:"difference"`
	Interval   rating.Interval `json:"interval"` // of the difference
	N          int             `json:"matches"`
}

// ErrNobody says that the seat's opponents cannot play again.
var ErrNobody = errors.New("no match can be played: the other seats of the replay are not played by trees")

// Measure plays the same matches with each of the entrants on the seat, against
// the trees of the replay's other seats, and returns their scores. Each is
// compared with the one before it, match by match; in a game of two seats every
// second match is played with the seats changed.
func Measure(ctx context.Context, p MeasureParams, entrants []match.Entrant) ([]Score, error) {
	var others []match.Entrant
	for s := range p.Replay.Policies {
		e, err := p.Resolve(p.Replay.PolicyAt(games.Seat(s), 0))
		if err != nil {
			return nil, err
		}
		if games.Seat(s) != p.Seat && e.Make == nil {
			return nil, ErrNobody
		}
		others = append(others, e)
	}
	if len(others) < 2 {
		return nil, ErrNobody
	}
	type outcome struct{ score, points float64 }
	outcomes := make([]outcome, p.Matches*len(entrants))
	play := func(i int) error {
		k, e := i/len(entrants), entrants[i%len(entrants)]
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
		outcomes[i] = outcome{o.Result.Scores[seat], o.Result.Points[seat]}
		return nil
	}
	if err := spread(p.Workers, len(outcomes), play); err != nil {
		return nil, err
	}
	scores := make([]Score, len(entrants))
	for j := range entrants {
		s := &scores[j]
		s.N = p.Matches
		sum, squares := 0.0, 0.0
		for k := range p.Matches {
			o := outcomes[k*len(entrants)+j]
			s.Mean += o.score / float64(p.Matches)
			s.Points += o.points / float64(p.Matches)
			if j > 0 {
				d := o.score - outcomes[k*len(entrants)+j-1].score
				sum += d
				squares += float64(d * d)
			}
		}
		if j > 0 && p.Matches > 1 {
			n := float64(p.Matches)
			s.Difference = sum / n
			half := 1.96 * math.Sqrt(max(0, squares/n-float64(s.Difference*s.Difference))/(n-1))
			s.Interval = rating.Interval{Low: s.Difference - half, High: s.Difference + half}
		}
	}
	return scores, nil
}

// spread does a number of things, some at once, and returns the error of the
// first that failed.
func spread(workers, count int, do func(i int) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	errs := make([]error, count)
	next := make(chan int)
	var group sync.WaitGroup
	for range min(workers, count) {
		group.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range count {
		next <- i
	}
	close(next)
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
