package tournament

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/match"
	"dryad/replay"
)

// drawn is a plan of n competitors on a number of maps.
func drawn(t interface{ Fatal(...any) }, n, maps, matches int, s Schedule) *plan {
	p := &Params{Seed: 1, Matches: matches, Schedule: s}
	for i := range n {
		p.Competitors = append(p.Competitors, match.Entrant{Record: replay.Policy{Name: fmt.Sprint("p", i)}})
	}
	for i := range maps {
		p.Maps = append(p.Maps, fmt.Sprint("m", i))
	}
	if err := s.check(n, matches); err != nil {
		t.Fatal(err)
	}
	return p.newPlan()
}

// better is the result of a match in which the lower number always wins.
func better(f Fixture) record {
	places := make([]int, len(f.Sides))
	for a := range places {
		for b := range places {
			if f.Sides[b] < f.Sides[a] {
				places[a]++
			}
		}
	}
	if len(places) > 2 {
		return record{Sides: f.Sides, Places: places}
	}
	return record{Home: f.Sides[0], Away: f.Sides[1], Result: outcomeOf(places[0], places[1]).String()}
}

// all plays a plan to its end by a rule, round after round, and returns the
// fixtures.
func all(t interface{ Fatal(...any) }, pl *plan, rule func(Fixture) record) (fixtures []Fixture) {
	for {
		known := pl.known()
		// The last first: the order in which matches end must not matter.
		for index := known - 1; index >= len(fixtures); index-- {
			if err := pl.add(index, rule(pl.fixture(index))); err != nil {
				t.Fatal(err)
			}
		}
		for index := len(fixtures); index < known; index++ {
			fixtures = append(fixtures, pl.fixture(index))
		}
		if pl.known() == known {
			return fixtures
		}
	}
}

func TestEveryMeetingSeesEveryMap(t *testing.T) {

	rapid.Check(t, func(t *rapid.T) {
		n, maps := rapid.IntRange(2, 6).Draw(t, "competitors"), rapid.IntRange(1, 12).Draw(t, "maps")
		meetings := n * (n - 1) / 2
		pl := drawn(t, n, maps, 2*meetings*maps, Schedule{})
		seen := map[string]int{}
		first := map[string]bool{}
		for index, f := range all(t, pl, better) {
			seen[fmt.Sprint(min(f.Sides[0], f.Sides[1]), max(f.Sides[0], f.Sides[1]), f.Map)]++
			if index < 2*maps {
				first[f.Map] = true
			}
		}
		if len(seen) != meetings*maps || len(first) != maps {
			t.Fatalf("%d of %d meetings on maps; %d of %d maps in the first groups", len(seen), meetings*maps, len(first), maps)
		}
	})
}

func TestSwissPairsNobodyTwice(t *testing.T) {

	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "competitors")
		pl := drawn(t, n, 3, 0, Schedule{Kind: Swiss, Groups: 2})
		before := pl.total()
		fixtures := all(t, pl, better)
		if len(fixtures) != before || !pl.ended {
			t.Fatalf("%d matches, %d were planned", len(fixtures), before)
		}
		met, rounds := map[string]int{}, map[string]int{}
		for _, f := range fixtures {
			met[fmt.Sprint(min(f.Sides[0], f.Sides[1]), max(f.Sides[0], f.Sides[1]))]++
			for _, c := range f.Sides {
				rounds[fmt.Sprint(f.Round, c)]++
			}
		}
		for pair, times := range met {
			if times != 4 && n > 3 { // three have to meet again
				t.Fatalf("%s met in %d matches", pair, times)
			}
		}
		for key, times := range rounds {
			if times != 4 {
				t.Fatalf("%s has %d matches in a round", key, times)
			}
		}
		_, standing := pl.progress()
		if standing[0].Policy != "p0" || standing[0].Place != 1 {
			t.Fatalf("the best is not first: %+v", standing[0])
		}
		byes := pl.scheme.(*swiss).byes
		if slices.Max(byes)-slices.Min(byes) > 1 {
			t.Fatalf("byes %v", byes)
		}
	})
}

func TestKnockoutFindsTheBest(t *testing.T) {

	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 33).Draw(t, "competitors")
		pl := drawn(t, n, 2, 0, Schedule{Kind: Knockout})
		before := pl.total()
		fixtures := all(t, pl, better)
		_, standing := pl.progress()
		if len(fixtures) != 2*(n-1) || before < len(fixtures) || standing[0].Policy != "p0" || standing[0].Out != 0 || standing[1].Policy != "p1" {
			t.Fatalf("%d matches, %d were planned, %+v", len(fixtures), before, standing[:2])
		}
		// Where nobody wins, ties have play-offs, and then the first named goes on.
		pl = drawn(t, n, 2, 0, Schedule{Kind: Knockout})
		fixtures = all(t, pl, func(f Fixture) record { return record{Home: f.Sides[0], Away: f.Sides[1], Result: "draw"} })
		_, standing = pl.progress()
		if len(fixtures) != 2*(n-1)*(1+playOffs) || standing[0].Policy != "p0" {
			t.Fatalf("draws: %d matches, %+v", len(fixtures), standing[0])
		}
	})
}

func TestLadderPlaysThoseWhoAreUncertain(t *testing.T) {
	pl := drawn(t, 8, 3, 400, Schedule{Kind: Ladder})
	fixtures := all(t, pl, better)
	if len(fixtures) != 400 {
		t.Fatalf("%d matches", len(fixtures))
	}
	met := map[int]int{} // matches by the distance of the two
	for _, f := range fixtures {
		met[max(f.Sides[0]-f.Sides[1], f.Sides[1]-f.Sides[0])]++
	}
	// Of 28 pairs 7 are neighbours and one is of the first and the last.
	if float64(met[1])/7 <= 2*float64(met[7]) {
		t.Errorf("neighbours do not meet oftener than the first and the last: %v", met)
	}
	ratings := pl.scheme.(*ladderScheme).players
	for i := 1; i < len(ratings); i++ {
		if ratings[i].Rating >= ratings[i-1].Rating {
			t.Errorf("rating %d is above the one before: %v", i, ratings)
		}
	}
}

func TestSidesRotate(t *testing.T) {
	for _, s := range []Schedule{{Sides: 3}, {Kind: Swiss, Sides: 3, Rounds: 3}, {Kind: Ladder, Sides: 4}} {
		matches := 0
		if s.counted() {
			matches = 240
		}
		pl := drawn(t, 7, 5, matches, s)
		places := map[string]int{}
		for _, f := range all(t, pl, better) {
			for side, c := range f.Sides {
				places[fmt.Sprint(f.Seed, c, side)]++
			}
		}
		for key, times := range places {
			if times != 1 {
				t.Errorf("%+v: %s %d times", s, key, times)
			}
		}
	}
}

func TestGauntlet(t *testing.T) {
	pl := drawn(t, 5, 2, 24, Schedule{Kind: Gauntlet, Heads: 2})
	for _, f := range all(t, pl, better) {
		if min(f.Sides[0], f.Sides[1]) > 1 || max(f.Sides[0], f.Sides[1]) < 2 {
			t.Errorf("%v meet in a gauntlet of the first two", f.Sides)
		}
	}
}

// A portfolio comes to play the member that does best against the opponent at hand:
// here one beats the odd opponents and the other the even ones.
func TestPortfolioLearnsWhomToPlay(t *testing.T) {
	pl := drawn(t, 5, 4, 4000, Schedule{})
	pl.p.Portfolios = map[int][]match.Entrant{4: make([]match.Entrant, 2)}
	pl = pl.p.newPlan()
	fixtures := all(t, pl, func(f Fixture) record {
		r := better(f)
		for side, competitor := range f.Sides {
			if competitor == 4 {
				win := f.Members[side] == f.Sides[1-side]%2
				r.Result = outcomeOf(0, 0).String()
				if win == (side == 0) {
					r.Result = outcomeOf(0, 1).String()
				} else {
					r.Result = outcomeOf(1, 0).String()
				}
			}
		}
		return r
	})
	right, of := 0, 0
	for _, f := range fixtures[len(fixtures)/2:] {
		for side, competitor := range f.Sides {
			if competitor == 4 {
				of++
				if f.Members[side] == f.Sides[1-side]%2 {
					right++
				}
			}
		}
	}
	if float64(right) < 0.9*float64(of) {
		t.Errorf("%d of %d matches of the second half are played with the right member", right, of)
	}
}

func TestNonDominated(t *testing.T) {
	r := &Result{Table: []Row{{Policy: "rock"}, {Policy: "paper"}, {Policy: "scissors"}, {Policy: "pebble"}},
		Payoff: [][]float64{{.5, 0, 1, .6}, {1, .5, 0, 1}, {0, 1, .5, .1}, {.4, 0, .9, .5}}}
	if got := NonDominated(r); !slices.Equal(got, []string{"rock", "paper", "scissors"}) {
		t.Error(got)
	}
}

// Matches are handed out in blocks of groups, the first of each group before the second
// of any; none is lost.
func TestInterleave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(2, 4).Draw(t, "sides")
		chosen := rapid.SliceOfN(rapid.Bool(), 0, 200).Draw(t, "chosen")
		var indices []int
		for i, in := range chosen {
			if in {
				indices = append(indices, i)
			}
		}
		order := interleave(indices, sides)
		for at := 1; at < len(order); at++ {
			a, b := order[at-1], order[at]
			block := sides * interleaved
			if a/block > b/block || a/block == b/block && (a%sides > b%sides || a%sides == b%sides && a > b) {
				t.Fatalf("match %d is handed out before match %d", a, b)
			}
		}
		slices.Sort(order)
		if !slices.Equal(order, indices) {
			t.Fatalf("of %v there are %v", indices, order)
		}
	})
}
