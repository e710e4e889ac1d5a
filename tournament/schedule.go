package tournament

import (
	"fmt"
	"sort"
	"strconv"

	"dryad/games"
	"dryad/rating"
)

// Kind is a way to decide who meets whom.
type Kind string

// The kinds of schedules.
const (
	// RoundRobin lets every competitor meet every other one.
	RoundRobin Kind = "round-robin"
	// Gauntlet lets the first competitors meet all the others, and nobody else.
	Gauntlet Kind = "gauntlet"
	// Swiss pairs competitors that have done equally well, in a number of rounds.
	Swiss Kind = "swiss"
	// Knockout is a bracket: who loses a tie is out.
	Knockout Kind = "knockout"
	// Ladder pairs those whose meeting says most about their ratings.
	Ladder Kind = "ladder"
)

// Kinds are all kinds of schedules, in the order in which help lists them.
func Kinds() []string {
	return []string{string(RoundRobin), string(Gauntlet), string(Swiss), string(Knockout), string(Ladder)}
}

// Schedule says who meets whom. Its zero value is a round-robin of two sides.
type Schedule struct {
	Kind Kind `json:"kind,omitempty"`
	// Sides is the number of competitors in a match; 0 for two. A group of as many
	// matches shares a seed and a map, and every competitor takes every side once.
	Sides int `json:"sides,omitempty"`
	// Groups is how many groups of matches those who meet play in a round of
	// another schedule than a round-robin or a gauntlet; 0 for one.
	Groups int `json:"groups,omitempty"`
	// Rounds is the number of rounds of a Swiss tournament; 0 for the logarithm of
	// the number of competitors to the base 2, rounded up.
	Rounds int `json:"rounds,omitempty"`
	// Heads is the number of competitors, from the first, that run a gauntlet; 0
	// for one.
	Heads int `json:"heads,omitempty"`
}

func (s Schedule) sides() int  { return max(2, s.Sides) }
func (s Schedule) groups() int { return max(1, s.Groups) }

// fixed reports whether the schedule looks at no result.
func (s Schedule) fixed() bool { return s.Kind == "" || s.Kind == RoundRobin || s.Kind == Gauntlet }

// counted reports whether the schedule ends by a number of matches, and not by
// itself.
func (s Schedule) counted() bool { return s.Kind != Swiss && s.Kind != Knockout }

// mostMeetings bounds a round of a fixed schedule.
const mostMeetings = 1_000_000

// check reports what is wrong with the schedule for a number of competitors.
func (s Schedule) check(competitors, matches int) error {
	known := s.Kind == ""
	for _, kind := range Kinds() {
		known = known || kind == string(s.Kind)
	}
	switch {
	case !known:
		return fmt.Errorf("there is no schedule %q; use round-robin, gauntlet, swiss, knockout or ladder", s.Kind)
	case s.Sides == 1 || s.Sides < 0 || s.Groups < 0 || s.Rounds < 0 || s.Heads < 0:
		return fmt.Errorf("a schedule of %d sides, %d groups, %d rounds and %d heads is none", s.Sides, s.Groups, s.Rounds, s.Heads)
	case s.sides() > competitors:
		return fmt.Errorf("a match of %d sides needs as many policies, %d are given", s.sides(), competitors)
	case s.sides() > 2 && (s.Kind == Gauntlet || s.Kind == Knockout):
		return fmt.Errorf("a %s is between two sides: use round-robin, swiss or ladder for %d", s.Kind, s.Sides)
	case s.Kind != Swiss && s.Rounds > 0:
		return fmt.Errorf("only a swiss tournament has a number of rounds")
	case s.Kind != Gauntlet && s.Heads > 0:
		return fmt.Errorf("only a gauntlet has heads")
	case s.Heads >= competitors:
		return fmt.Errorf("a gauntlet of %d heads needs an opponent, %d policies are given", s.Heads, competitors)
	case s.fixed() && s.Groups > 0:
		return fmt.Errorf("a round-robin and a gauntlet play one group a round: the number of matches says how many rounds there are")
	case s.counted() && matches < 1:
		return fmt.Errorf("a tournament needs one match at least")
	case !s.counted() && matches > 0:
		return fmt.Errorf("a %s tournament ends by itself: leave out the number of matches", s.Kind)
	case s.fixed() && choose(competitors, s.sides()) > mostMeetings:
		return fmt.Errorf("a round-robin of %d policies with %d to a match has more than %d meetings a round: use swiss or ladder", competitors, s.sides(), mostMeetings)
	}
	return nil
}

// choose is the number of choices of k out of n, as far as it is needed.
func choose(n, k int) int {
	c := 1
	for i := range k {
		if c = c * (n - i) / (i + 1); c > mostMeetings {
			return c
		}
	}
	return c
}

// Fixture is one match of the schedule.
type Fixture struct {
	// Index is the match's place in the schedule. As many matches as it has sides
	// are a group: two are a pair.
	Index int
	// Round is the number of the round.
	Round int
	// Sides has the competitor on every side.
	Sides []int
	// Members has for every side the member that a portfolio has chosen, -1 for a
	// competitor that is none; nil where there are no portfolios.
	Members []int
	// Scenario is the index of what is played among the maps or scenarios, Map
	// its name.
	Scenario int
	Map      string
	Seed     uint64
}

// Key names the match in the store.
func (f Fixture) Key() string { return fmt.Sprintf("%0*d", keyDigits, f.Index) }

// keyDigits is how many digits a key has at least.
const keyDigits = 8

// A round is who meets whom before anything new is learned.
type round struct {
	first    int // its first group, counted over all rounds
	meetings [][]int
	groups   int // that each meeting plays
	// points has the half points of every side of every meeting.
	points [][]int
	// choices are those of the portfolios, of each group and side; nil without
	// portfolios.
	choices [][]choice
}

// size is the number of groups.
func (r *round) size() int { return len(r.meetings) * r.groups }

// A plan is the schedule as far as it is known.
type plan struct {
	p     *Params
	sides int
	// meetings is what every round of a fixed schedule has; nil for others, whose
	// rounds come from the scheme.
	meetings [][]int
	scheme   scheme
	rounds   []*round
	ended    bool
	results  map[int]record            // of matches not yet taken in, by index
	next     int                       // the first group not yet taken in
	series   map[[2]int]*rating.Bandit // of a portfolio against an opponent
}

// newPlan is the plan before any match.
func (p *Params) newPlan() *plan {
	pl := &plan{p: p, sides: p.Schedule.sides(), results: map[int]record{}}
	n := len(p.Competitors)
	switch p.Schedule.Kind {
	case Gauntlet:
		heads := max(1, p.Schedule.Heads)
		for head := range heads {
			for other := heads; other < n; other++ {
				pl.meetings = append(pl.meetings, []int{head, other})
			}
		}
	case Swiss:
		pl.scheme = newSwiss(n, p.Schedule)
	case Knockout:
		pl.scheme = newKnockout(n, p.Schedule)
	case Ladder:
		pl.scheme = newLadderScheme(n, p.Schedule)
	default:
		pl.meetings = combinations(n, pl.sides)
	}
	if len(p.Portfolios) > 0 && pl.scheme == nil {
		// What a portfolio chooses in a round depends on the rounds before.
		pl.scheme = repeated(pl.meetings)
	}
	if pl.scheme != nil {
		pl.extend(nil)
	}
	return pl
}

// combinations are all choices of k out of n, in order.
func combinations(n, k int) (all [][]int) {
	chosen := make([]int, 0, k)
	var grow func(from int)
	grow = func(from int) {
		if len(chosen) == k {
			all = append(all, append([]int(nil), chosen...))
			return
		}
		for i := from; i < n; i++ {
			chosen = append(chosen, i)
			grow(i + 1)
			chosen = chosen[:len(chosen)-1]
		}
	}
	grow(0)
	return all
}

// extend asks the scheme for a further round.
func (pl *plan) extend(last *round) {
	meetings, groups := pl.scheme.next(last)
	if len(meetings) == 0 {
		pl.ended = true
		return
	}
	r := &round{meetings: meetings, groups: groups, points: make([][]int, len(meetings))}
	if last != nil {
		r.first = last.first + last.size()
	}
	for m := range r.points {
		r.points[m] = make([]int, pl.sides)
	}
	pl.choose(r)
	pl.rounds = append(pl.rounds, r)
}

// known is the number of matches of which it is known who plays them.
func (pl *plan) known() int {
	if pl.scheme == nil {
		return pl.p.limit()
	}
	last := pl.rounds[len(pl.rounds)-1]
	known := (last.first + last.size()) * pl.sides
	if pl.p.Schedule.counted() {
		known = min(known, pl.p.limit())
	}
	return known
}

// total is the number of matches of all rounds, as far as it can be said.
func (pl *plan) total() int {
	if pl.p.Schedule.counted() {
		return pl.p.limit()
	}
	if pl.ended {
		return pl.known()
	}
	return pl.known() + pl.scheme.left()*pl.sides
}

// complete reports whether there will be no further matches than those known.
func (pl *plan) complete() bool {
	return pl.scheme == nil || pl.ended || pl.p.Schedule.counted() && pl.known() >= pl.p.limit()
}

// limit is the number of matches of a schedule that has one, whole groups.
func (p *Params) limit() int {
	sides := p.Schedule.sides()
	return (p.Matches + sides - 1) / sides * sides
}

// fixture returns the match at an index that is known.
func (pl *plan) fixture(index int) Fixture {
	group := index / pl.sides
	f := Fixture{Index: index, Seed: games.Mix(pl.p.Seed, uint64(group))}
	var meeting []int
	var choices []choice
	place, size := 0, len(pl.meetings)
	if pl.scheme == nil {
		// The groups of a meeting follow each other round after round.
		f.Round, place = group/size, group%size
		meeting = pl.meetings[place]
	} else {
		f.Round = sort.Search(len(pl.rounds), func(r int) bool { return pl.rounds[r].first > group }) - 1
		r := pl.rounds[f.Round]
		place, size = group-r.first, len(pl.rounds[0].meetings)
		meeting = r.meetings[place%len(r.meetings)]
		if r.choices != nil {
			choices = r.choices[place]
		}
	}
	f.Scenario = spread(group, group/size, size, len(pl.p.Maps))
	f.Map = pl.p.Maps[f.Scenario]
	f.Sides = make([]int, pl.sides)
	turn := index % pl.sides
	for side := range f.Sides {
		f.Sides[side] = meeting[(side+turn)%pl.sides]
		if choices != nil {
			f.Members = append(f.Members, choices[(side+turn)%pl.sides].member)
		}
	}
	return f
}

// spread chooses the map of a group so that the groups go through all maps, and
// those of one meeting, of which there are size a round, do so too in as many
// rounds as there are maps: where both numbers have a common divisor, the order
// is shifted by one when it would begin to repeat itself.
func spread(group, round, size, maps int) int {
	common := gcd(size, maps)
	shift := round / (maps / common) % common
	return (group + shift) % maps
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// indexOf is the index of the match of a key; false if it is none.
func (pl *plan) indexOf(key string) (int, bool) {
	if len(key) < keyDigits || len(key) > keyDigits && key[0] == '0' || key[0] < '0' {
		return 0, false // Fixture.Key writes no such one
	}
	index, err := strconv.Atoi(key)
	return index, err == nil && index < pl.known()
}

// fixtureOf is the inverse of [Fixture.Key].
func (pl *plan) fixtureOf(key string) Fixture {
	index, ok := pl.indexOf(key)
	if !ok {
		panic("tournament: bug: the match " + key + " is not planned")
	}
	return pl.fixture(index)
}

// add hands in a match. When all of a round are there, the next one is known.
func (pl *plan) add(index int, r record) error {
	if pl.scheme == nil {
		return nil
	}
	pl.results[index] = r
	for !pl.ended {
		last := pl.rounds[len(pl.rounds)-1]
		for ; pl.next < last.first+last.size(); pl.next++ {
			group := make([]record, pl.sides)
			for turn := range group {
				one, have := pl.results[pl.next*pl.sides+turn]
				if !have {
					return nil
				}
				group[turn] = one
			}
			for turn := range group {
				delete(pl.results, pl.next*pl.sides+turn)
			}
			m := (pl.next - last.first) % len(last.meetings)
			points := make([]int, pl.sides)
			if err := credit(points, last.meetings[m], group); err != nil {
				return err
			}
			for side := range points {
				last.points[m][side] += points[side]
			}
			pl.reward(last, pl.next-last.first, points)
		}
		pl.extend(last)
	}
	return nil
}

// credit adds the half points of a group of matches: two for each opponent that
// ended behind, one for each that ended beside. A group with a match that says
// nothing adds none.
func credit(points, meeting []int, group []record) error {
	for i := range group {
		if group[i].Void {
			return nil
		}
	}
	settle(group)
	for i := range group {
		sides, places, err := group[i].standings()
		if err != nil {
			return err
		}
		for a, first := range sides {
			for b := range sides {
				if a == b {
					continue
				}
				for m, competitor := range meeting {
					if competitor == first {
						points[m] += int(outcomeOf(places[a], places[b]))
					}
				}
			}
		}
	}
	return nil
}
