package rating

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
)

// BootstrapParams are the settings of [Bootstrap].
type BootstrapParams struct {
	// Resamples is their number; 0 for 1 000.
	Resamples int
	// Seed is what the draws follow from.
	Seed uint64
	// Confidence of the intervals; 0 stands for 0.95.
	Confidence float64
	// Workers is how many resamples are rated at a time; 0 for one. It changes no
	// figure.
	Workers int
}

// Bootstrap returns the percentile intervals of a statistic that has a figure for each
// player (B. Efron, "Bootstrap methods: another look at the jackknife", Annals of
// Statistics 7, 1979). Each resample draws groups with replacement, as many as there
// were among those who met: who meets whom is fixed, games and results are not. A
// resample for which the statistic returns an error is left out; more than a tenth of
// them is an error. Statistic is called from several goroutines.
//
// A meeting that ended in the same way in all groups ends so in every resample: the
// intervals of players who win everything are too narrow.
func Bootstrap(groups *Groups, params BootstrapParams, statistic func(*Groups) ([]float64, error)) ([]Interval, error) {
	if params.Resamples <= 0 {
		params.Resamples = 1000
	}
	if params.Confidence == 0 {
		params.Confidence = 0.95
	}
	if groups.Size() == 0 {
		return nil, ErrNoGames
	}
	groups = groups.sorted()
	rows, failures := make([][]float64, params.Resamples), make([]error, params.Resamples)
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(1, params.Workers) {
		workers.Go(func() {
			for k := range next {
				rows[k], failures[k] = statistic(groups.resample(rand.New(rand.NewPCG(params.Seed, uint64(k)))))
			}
		})
	}
	for k := range params.Resamples {
		next <- k
	}
	close(next)
	workers.Wait()
	var figures [][]float64 // of each player
	failed := 0
	var failure error
	for k, row := range rows {
		if failures[k] != nil {
			failed, failure = failed+1, failures[k]
			continue
		}
		if figures == nil {
			figures = make([][]float64, len(row))
		}
		for player, x := range row {
			figures[player] = append(figures[player], x)
		}
	}
	if 10*failed > params.Resamples {
		return nil, fmt.Errorf("%d of %d resamples have no ratings: %w", failed, params.Resamples, failure)
	}
	intervals := make([]Interval, len(figures))
	for player, all := range figures {
		slices.Sort(all)
		tail := float64((1 - params.Confidence) / 2)
		intervals[player] = Interval{Low: quantileOf(all, tail), High: quantileOf(all, 1-tail)}
	}
	return intervals, nil
}

// quantileOf interpolates between the order statistics of sorted figures (type 7 of
// R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
// Statistician 50, 1996).
func quantileOf(sorted []float64, q float64) float64 {
	at := float64(q * float64(len(sorted)-1))
	low := min(int(at), len(sorted)-1)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + float64((at-float64(low))*(sorted[high]-sorted[low]))
}

// resample draws as many groups as there are of each meeting. The groups are sorted.
func (g *Groups) resample(random *rand.Rand) *Groups {
	s := &Groups{players: g.players, kinds: g.kinds, number: make([]int, len(g.number))}
	for from := 0; from < len(g.kinds); {
		until, size := from, 0
		for until < len(g.kinds) && compareMeetings(&g.kinds[from], &g.kinds[until]) == 0 {
			size += g.number[until]
			until++
		}
		ends := make([]int, until-from)
		sum := 0
		for k := range ends {
			sum += g.number[from+k]
			ends[k] = sum
		}
		for range size {
			drawn := random.IntN(size)
			kind, _ := slices.BinarySearch(ends, drawn+1)
			s.number[from+kind]++
		}
		from = until
	}
	return s
}
