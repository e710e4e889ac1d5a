package rating_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/rating"
)

// weighed are groups of three games of unlike numbers: game, player, opponent, wins,
// draws, losses, and how often.
var weighed = [][7]int{
	{0, 0, 1, 0, 0, 2, 2},
	{0, 0, 1, 0, 1, 1, 1},
	{0, 0, 1, 1, 0, 1, 2},
	{0, 0, 1, 1, 1, 0, 1},
	{0, 0, 1, 2, 0, 0, 6},
	{0, 0, 2, 0, 2, 0, 1},
	{0, 0, 2, 1, 0, 1, 2},
	{0, 0, 2, 1, 1, 0, 3},
	{0, 0, 2, 2, 0, 0, 6},
	{0, 0, 3, 0, 1, 1, 1},
	{0, 0, 3, 0, 2, 0, 1},
	{0, 0, 3, 1, 0, 1, 1},
	{0, 0, 3, 1, 1, 0, 5},
	{0, 0, 3, 2, 0, 0, 4},
	{0, 1, 2, 0, 0, 2, 2},
	{0, 1, 2, 0, 1, 1, 6},
	{0, 1, 2, 1, 1, 0, 2},
	{0, 1, 2, 2, 0, 0, 2},
	{0, 1, 3, 1, 0, 1, 3},
	{0, 1, 3, 1, 1, 0, 4},
	{0, 1, 3, 2, 0, 0, 5},
	{0, 2, 3, 0, 0, 2, 2},
	{0, 2, 3, 1, 0, 1, 1},
	{0, 2, 3, 1, 1, 0, 3},
	{0, 2, 3, 2, 0, 0, 6},
	{1, 0, 1, 0, 0, 2, 1},
	{1, 0, 1, 1, 0, 1, 2},
	{1, 0, 1, 2, 0, 0, 1},
	{1, 0, 2, 0, 2, 0, 1},
	{1, 0, 2, 1, 1, 0, 1},
	{1, 0, 2, 2, 0, 0, 2},
	{1, 0, 3, 1, 0, 1, 1},
	{1, 0, 3, 1, 1, 0, 1},
	{1, 0, 3, 2, 0, 0, 2},
	{1, 1, 2, 0, 0, 2, 1},
	{1, 1, 2, 0, 1, 1, 1},
	{1, 1, 2, 1, 0, 1, 2},
	{1, 1, 3, 0, 1, 1, 1},
	{1, 1, 3, 0, 2, 0, 1},
	{1, 1, 3, 1, 0, 1, 1},
	{1, 1, 3, 1, 1, 0, 1},
	{1, 2, 3, 0, 1, 1, 1},
	{1, 2, 3, 1, 0, 1, 1},
	{1, 2, 3, 1, 1, 0, 2},
	{2, 0, 1, 0, 0, 2, 1},
	{2, 0, 1, 2, 0, 0, 1},
	{2, 0, 2, 0, 0, 2, 1},
	{2, 0, 2, 0, 1, 1, 1},
	{2, 0, 3, 2, 0, 0, 2},
	{2, 1, 2, 0, 1, 1, 1},
	{2, 1, 2, 1, 0, 1, 1},
	{2, 1, 3, 1, 0, 1, 1},
	{2, 1, 3, 2, 0, 0, 1},
	{2, 2, 3, 0, 1, 1, 1},
	{2, 2, 3, 2, 0, 0, 1},
}

func groupsOf(players int, rows [][7]int) *rating.Groups {
	groups := rating.NewGroups(players)
	for _, r := range rows {
		for range r[6] {
			groups.Add(rating.Group{Game: r[0], Meetings: []rating.Meeting{{Player: r[1], Opponent: r[2], Record: rating.Record{Wins: r[3], Draws: r[4], Losses: r[5]}}}})
		}
	}
	return groups
}

// TestEqualElo: ratings and intervals are those of statsmodels 0.15.0, which fits the
// same matches by GLM(family=Binomial(), var_weights=...) with cov_type "cluster" over
// groups and without its correction for small samples.
func TestEqualElo(t *testing.T) {
	r, err := rating.EqualElo(groupsOf(4, weighed), rating.EloParams{})
	if err != nil {
		t.Fatal(err)
	}
	const quantile = 1.959963984540054
	for i, want := range []struct{ elo, deviation float64 }{
		{92.66844337763033, 40.128790127306644}, {-0.43673327360434655, 32.393896291005355},
		{35.204520638007, 33.46698008525401}, {-127.43623074203293, 32.424566929345374},
	} {
		near(t, "rating", r.Elo[i], want.elo, 1e-6)
		near(t, "half an interval", (r.Intervals[i].High-r.Intervals[i].Low)/2, quantile*want.deviation, 1e-6)
	}
	points, interval := r.Difference(0, 3)
	near(t, "difference", points, 220.10467411966326, 1e-6)
	near(t, "its interval", (interval.High-interval.Low)/2, quantile*57.915851201916134, 1e-6)
}

// TestEqualEloOfOneGame: over one game the ratings are those of Elo, with a prior too.
func TestEqualEloOfOneGame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := rating.NewGroups(3)
		for range rapid.IntRange(1, 30).Draw(t, "groups") {
			i := rapid.IntRange(0, 2).Draw(t, "player")
			j := (i + rapid.IntRange(1, 2).Draw(t, "distance")) % 3
			wins := rapid.IntRange(0, 2).Draw(t, "wins")
			groups.Add(rating.Group{Meetings: []rating.Meeting{{Player: i, Opponent: j, Record: rating.Record{Wins: wins, Draws: 2 - wins}}}})
		}
		want, err := rating.Elo(groups.Payoff(), rating.EloParams{Prior: 1})
		if err != nil {
			t.Fatal(err)
		}
		got, err := rating.EqualElo(groups, rating.EloParams{Prior: 1})
		if err != nil {
			t.Fatal(err)
		}
		for i := range want.Elo {
			if math.Abs(want.Elo[i]-got.Elo[i]) > 1e-8 {
				t.Fatalf("%v, want %v", got.Elo, want.Elo)
			}
		}
	})
}

// TestEqualEloLaws: ten times the matches of one game change no rating; who wins all
// has an interval that is not narrow; and what has no maximum is told.
func TestEqualEloLaws(t *testing.T) {
	once, err := rating.EqualElo(groupsOf(4, weighed), rating.EloParams{})
	if err != nil {
		t.Fatal(err)
	}
	more := append([][7]int(nil), weighed...)
	for i := range more {
		if more[i][0] == 1 {
			more[i][6] *= 10
		}
	}
	often, err := rating.EqualElo(groupsOf(4, more), rating.EloParams{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range once.Elo {
		near(t, "rating", often.Elo[i], once.Elo[i], 1e-6)
	}
	all := groupsOf(2, [][7]int{{0, 0, 1, 2, 0, 0, 20}})
	if _, err := rating.EqualElo(all, rating.EloParams{}); err == nil {
		t.Error("who wins all has a rating without a prior")
	}
	r, err := rating.EqualElo(all, rating.EloParams{Prior: 1})
	if err != nil || r.Intervals[0].High-r.Intervals[0].Low < 200 {
		t.Errorf("%v %v", r, err)
	}
	if _, err := rating.EqualElo(rating.NewGroups(2), rating.EloParams{Prior: 1}); !errors.Is(err, rating.ErrNoGames) {
		t.Error(err)
	}
}

// synthetic plays pairs of a tournament in games in which the players' strengths
// differ; matches of a pair have the luck of their seed in common. Rare games are
// played by every two players twice, the others more often.
func synthetic(random *rand.Rand, strength [][]float64, often []int) *rating.Groups {
	groups := rating.NewGroups(len(strength[0]))
	for game, s := range strength {
		for i := range s {
			for j := range i {
				for range often[game] {
					luck := 0.8 * random.NormFloat64()
					var r rating.Record
					for range 2 {
						p := 1 / (1 + math.Exp(-(s[i] - s[j] + luck)))
						switch u := random.Float64(); {
						case u < 0.25:
							r.Draws++
						case u < 0.25+0.75*p:
							r.Wins++
						default:
							r.Losses++
						}
					}
					groups.Add(rating.Group{Game: game, Meetings: []rating.Meeting{{Player: i, Opponent: j, Record: r}}})
				}
			}
		}
	}
	return groups
}

// TestEqualIntervalsCover: in synthetic tournaments the intervals of 95 % of EqualElo
// and of the bootstrap hold the ratings that endless matches of equally many in each
// game have, as often as they say.
func TestEqualIntervalsCover(t *testing.T) {
	strength := [][]float64{{-0.8, -0.2, 0.1, 0.9}, {-0.2, -0.6, 0.9, -0.1}, {-0.9, 0.6, 0.2, 0.1}}
	fit := func(groups *rating.Groups) ([]float64, error) {
		r, err := rating.EqualElo(groups, rating.EloParams{})
		if err != nil {
			return nil, err
		}
		return r.Elo, nil
	}
	truth, err := fit(synthetic(rand.New(rand.NewPCG(1, 1)), strength, []int{15_000, 15_000, 15_000}))
	if err != nil {
		t.Fatal(err)
	}
	const (
		tournaments  = 1000
		bootstrapped = 150
	)
	random := rand.New(rand.NewPCG(20, 9))
	inside, within := 0, 0
	for k := range tournaments {
		groups := synthetic(random, strength, []int{40, 20, 10})
		r, err := rating.EqualElo(groups, rating.EloParams{})
		if err != nil {
			t.Fatal(err)
		}
		for i, elo := range truth {
			if r.Intervals[i].Contains(elo) {
				inside++
			}
		}
		if k >= bootstrapped {
			continue
		}
		intervals, err := rating.Bootstrap(groups, rating.BootstrapParams{Resamples: 200, Seed: uint64(k)}, fit)
		if err != nil {
			t.Fatal(err)
		}
		for i, elo := range truth {
			if intervals[i].Contains(elo) {
				within++
			}
		}
	}
	t.Logf("sandwich %.4f, bootstrap %.4f", float64(inside)/float64(tournaments*len(truth)), float64(within)/float64(bootstrapped*len(truth)))
	// Three standard errors of the rates of independent tournaments.
	near(t, "coverage of the sandwich", float64(inside)/float64(tournaments*len(truth)), 0.95, 0.0207)
	near(t, "coverage of the bootstrap", float64(within)/float64(bootstrapped*len(truth)), 0.95, 0.0534)
}

// TestBootstrap: the interval of a mean is that of the normal distribution where there
// are many groups; it does not depend on workers, nor on the order of the groups.
func TestBootstrap(t *testing.T) {
	rows := [][7]int{{0, 0, 1, 2, 0, 0, 120}, {0, 0, 1, 1, 0, 1, 180}, {0, 0, 1, 0, 0, 2, 100}}
	mean := func(groups *rating.Groups) ([]float64, error) {
		score := groups.Payoff().Record(0, 1).Score()
		return []float64{score, 1 - score}, nil
	}
	one, err := rating.Bootstrap(groupsOf(2, rows), rating.BootstrapParams{Resamples: 4000, Seed: 3}, mean)
	if err != nil {
		t.Fatal(err)
	}
	// The mean of 400 groups is 0.525, their variance (120*0.475² + 180*0.025² + 100*0.525²)/400.
	half := 1.959963984540054 * math.Sqrt((120*0.475*0.475+180*0.025*0.025+100*0.525*0.525)/400/400)
	near(t, "low end", one[0].Low, 0.525-half, 0.004)
	near(t, "high end", one[0].High, 0.525+half, 0.004)
	rows[0], rows[2] = rows[2], rows[0]
	two, err := rating.Bootstrap(groupsOf(2, rows), rating.BootstrapParams{Resamples: 4000, Seed: 3, Workers: 3}, mean)
	if err != nil || one[0] != two[0] || one[1] != two[1] {
		t.Errorf("%v %v, want %v", two, err, one)
	}
	broken := errors.New("broken")
	if _, err := rating.Bootstrap(groupsOf(2, rows), rating.BootstrapParams{Resamples: 20}, func(*rating.Groups) ([]float64, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := rating.Bootstrap(rating.NewGroups(2), rating.BootstrapParams{}, mean); !errors.Is(err, rating.ErrNoGames) {
		t.Error(err)
	}
}
