package evolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dryad/games"
)

// What a local search makes its champion good at.
const (
	// AimMean is the mean over all training games.
	AimMean = "mean"
	// AimCVaR is the mean over the worst tenth of the games: the conditional value
	// at risk at one tenth.
	AimCVaR = "cvar"
	// AimWorstMap is the map with the lowest mean.
	AimWorstMap = "worst-map"
)

var aims = []string{AimMean, AimCVaR, AimWorstMap}

func checkAim(aim string) error {
	if !slices.Contains(aims, aim) {
		return fmt.Errorf("there is no aim %q; there are %s", aim, strings.Join(aims, ", "))
	}
	return nil
}

// GameLabel names a training game in an entry's results: its name in the
// catalogue, or its mode and its map.
func GameLabel(c games.Config) string {
	if c.Name != "" {
		return c.Name
	}
	return strings.TrimPrefix(c.Mode+" on "+c.Map, " on ")
}

// tail is how many of n games the worst tenth has.
func tail(n int) int { return max(1, (n+9)/10) }

// worst lists the games that the aim looks at, by their index: those on which the
// champion has done worst so far. It is empty under AimMean, and while nothing is
// known of the champion.
func (s *search) worst() []int {
	if s.p.Aim == AimMean || len(s.champion.Games) == 0 {
		return nil
	}
	order := make([]int, len(s.venues.configs))
	for i := range order {
		order[i] = i
	}
	// A game is a group of its own, or its map is.
	group := func(i int) string { return s.venues.labels[i] }
	if s.p.Aim == AimWorstMap {
		group = func(i int) string { return s.venues.configs[i].Map }
	}
	scores := s.byGroup(group)
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(scores[group(i)], scores[group(j)]) })
	if s.p.Aim == AimCVaR {
		return order[:tail(len(order))]
	}
	last := slices.IndexFunc(order, func(i int) bool { return group(i) != group(order[0]) })
	if last < 0 {
		last = len(order)
	}
	return order[:last]
}

// priorMatches is how many matches at the champion's mean are added to those of
// every game, so that one unlucky match makes no worst game.
const priorMatches = 6

// byGroup is the champion's mean score on each group of games, drawn towards its
// mean over all where few matches have shown it.
func (s *search) byGroup(group func(int) string) map[string]float64 {
	var all Tally
	sums := map[string]Tally{}
	for i, label := range s.venues.labels {
		t := s.champion.Games[label]
		sum := sums[group(i)]
		sums[group(i)] = Tally{sum.Points + t.Points, sum.Games + t.Games}
		all = Tally{all.Points + t.Points, all.Games + t.Games}
	}
	mean := all.Score()
	scores := map[string]float64{}
	for name, t := range sums {
		scores[name] = (t.Points + float64(mean*priorMatches)) / float64(t.Games+priorMatches)
	}
	return scores
}
