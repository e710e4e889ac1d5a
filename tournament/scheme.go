package tournament

import (
	"math/bits"
	"slices"
	"sort"

	"dryad/rating"
)

// A scheme is a schedule that looks at results.
type scheme interface {
	// next is given the round that has ended, nil at first, and returns the
	// meetings of the next one and how many groups each plays; none at the end.
	next(last *round) (meetings [][]int, groups int)
	// left is the number of groups after the present round, as far as it can be
	// said.
	left() int
}

// repeated has the same meetings in every round, each for one group.
type repeated [][]int

func (r repeated) next(*round) ([][]int, int) { return r, 1 }
func (r repeated) left() int                  { return 0 } // its end is a number of matches

// swiss pairs competitors with equal points.
type swiss struct {
	sides, groups, rounds int
	played                int
	points                []int // half points
	byes                  []int
	met                   [][]int
}

func newSwiss(competitors int, s Schedule) *swiss {
	rounds := s.Rounds
	if rounds == 0 {
		rounds = bits.Len(uint(competitors - 1))
	}
	w := &swiss{sides: s.sides(), groups: s.groups(), rounds: rounds,
		points: make([]int, competitors), byes: make([]int, competitors), met: make([][]int, competitors)}
	for i := range w.met {
		w.met[i] = make([]int, competitors)
	}
	return w
}

// full is the half points of one who wins every match of a round.
func (w *swiss) full() int { return 2 * (w.sides - 1) * w.sides * w.groups }

func (w *swiss) left() int {
	return (w.rounds - w.played) * (len(w.points) / w.sides) * w.groups
}

func (w *swiss) next(last *round) ([][]int, int) {
	w.take(last)
	if w.played == w.rounds {
		return nil, 0
	}
	w.played++
	order := w.order()
	order = w.rest(order)
	if w.sides == 2 {
		return w.pair(order), w.groups
	}
	var meetings [][]int
	for group := range slices.Chunk(order, w.sides) {
		meetings = append(meetings, group)
	}
	return meetings, w.groups
}

// take counts the points of a round.
func (w *swiss) take(last *round) {
	if last == nil {
		return
	}
	for m, meeting := range last.meetings {
		for side, c := range meeting {
			w.points[c] += last.points[m][side]
			for _, other := range meeting {
				if other != c {
					w.met[c][other]++
				}
			}
		}
	}
}

// order has the competitors, those with the most points first.
func (w *swiss) order() []int {
	order := make([]int, len(w.points))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return w.points[order[a]] > w.points[order[b]] })
	return order
}

// rest takes out those who do not play in this round because the number of
// competitors is no multiple of the sides: the last among those that have rested
// least. They have the points of a win.
func (w *swiss) rest(order []int) []int {
	for range len(order) % w.sides {
		idle := len(order) - 1
		for i := len(order) - 1; i >= 0; i-- {
			if w.byes[order[i]] < w.byes[order[idle]] {
				idle = i
			}
		}
		w.byes[order[idle]]++
		w.points[order[idle]] += w.full()
		order = slices.Delete(order, idle, idle+1)
	}
	return order
}

// pair lets neighbours meet that have met least often: no two who have met, if
// there is such a way, or else none more often than once, and so on.
func (w *swiss) pair(order []int) [][]int {
	for most := 0; ; most++ {
		tries := 20_000 // searching all ways could take for ever
		if meetings, ok := w.match(order, most, &tries); ok {
			return meetings
		}
	}
}

// match pairs the first of the order with the next it may meet, and then the
// rest.
func (w *swiss) match(order []int, most int, tries *int) ([][]int, bool) {
	if len(order) == 0 {
		return nil, true
	}
	for i := 1; i < len(order); i++ {
		if *tries--; *tries < 0 {
			return nil, false
		}
		if w.met[order[0]][order[i]] > most {
			continue
		}
		rest := append(append([]int(nil), order[1:i]...), order[i+1:]...)
		if meetings, ok := w.match(rest, most, tries); ok {
			return append([][]int{{order[0], order[i]}}, meetings...), true
		}
	}
	return nil, false
}

// playOffs is how many further groups a tie has that is not decided; then the
// competitor that was named first goes on.
const playOffs = 8

// knockout is a bracket in which the competitors are seeded in their order.
type knockout struct {
	groups int
	// alive are who is in, in the order of the bracket; -1 is an empty place.
	alive []int
	// ties are the meetings of the bracket's round that are not decided, as
	// indices of the pair in alive, with the half points so far.
	ties  []int
	score map[int][2]int
	extra int // play-offs that were played
	// out has for each competitor the round of the bracket in which it lost.
	out    []int
	stage  int
	winner int // -1 before the end
}

func newKnockout(competitors int, s Schedule) *knockout {
	k := &knockout{groups: s.groups(), out: make([]int, competitors), winner: -1, score: map[int][2]int{}}
	// The first two of the order can meet in the last round only, the first four
	// in the last but one, and so on.
	order := []int{0}
	for len(order) < competitors {
		size := 2 * len(order)
		var wider []int
		for _, seed := range order {
			wider = append(wider, seed, size-1-seed)
		}
		order = wider
	}
	for _, seed := range order {
		if seed >= competitors {
			seed = -1
		}
		k.alive = append(k.alive, seed)
	}
	k.draw()
	return k
}

// draw begins a round of the bracket: who has no opponent goes on.
func (k *knockout) draw() {
	k.ties, k.extra = nil, 0
	clear(k.score)
	for tie := range len(k.alive) / 2 {
		if k.alive[2*tie] >= 0 && k.alive[2*tie+1] >= 0 {
			k.ties = append(k.ties, tie)
		}
	}
}

func (k *knockout) left() int {
	left := 0
	for places := len(k.alive) / 4; places > 0; places /= 2 {
		left += places * k.groups
	}
	return left
}

func (k *knockout) next(last *round) ([][]int, int) {
	groups := k.groups
	if last != nil {
		var open []int
		for m, tie := range k.ties {
			score := k.score[tie]
			score[0] += last.points[m][0]
			score[1] += last.points[m][1]
			k.score[tie] = score
			if score[0] == score[1] {
				open = append(open, tie)
			}
		}
		if k.ties = open; len(open) > 0 && k.extra < playOffs {
			k.extra++
			return k.meetings(), 1
		}
		k.advance()
		if len(k.alive) == 1 {
			k.winner = k.alive[0]
			return nil, 0
		}
		k.draw()
	}
	return k.meetings(), groups
}

func (k *knockout) meetings() [][]int {
	var meetings [][]int
	for _, tie := range k.ties {
		meetings = append(meetings, []int{k.alive[2*tie], k.alive[2*tie+1]})
	}
	return meetings
}

// advance ends a round of the bracket.
func (k *knockout) advance() {
	k.stage++
	var on []int
	for tie := range len(k.alive) / 2 {
		a, b := k.alive[2*tie], k.alive[2*tie+1]
		score := k.score[tie]
		if b >= 0 && (a < 0 || score[1] > score[0] || score[1] == score[0] && b < a) {
			a, b = b, a
		}
		on = append(on, a)
		if b >= 0 {
			k.out[b] = k.stage
		}
	}
	k.alive = on
}

// ladderScheme lets those meet whose result says most about their strengths, by
// the deviations of Glicko-2: a result says much where both could win and where
// little is known of either.
type ladderScheme struct {
	sides, groups int
	players       []rating.Glicko
	met           [][]int
}

func newLadderScheme(competitors int, s Schedule) *ladderScheme {
	l := &ladderScheme{sides: s.sides(), groups: s.groups(), players: make([]rating.Glicko, competitors), met: make([][]int, competitors)}
	for i := range l.players {
		l.players[i] = rating.NewGlicko()
		l.met[i] = make([]int, competitors)
	}
	return l
}

func (l *ladderScheme) left() int { return 0 } // its end is a number of matches

func (l *ladderScheme) next(last *round) ([][]int, int) {
	l.take(last)
	free := make([]int, len(l.players))
	for i := range free {
		free[i] = i
	}
	// Who is known least chooses first.
	sort.SliceStable(free, func(a, b int) bool { return l.players[free[a]].Deviation > l.players[free[b]].Deviation })
	var meetings [][]int
	for len(free) >= l.sides {
		first := free[0]
		rest := free[1:]
		sort.SliceStable(rest, func(a, b int) bool { return l.gain(first, rest[a]) > l.gain(first, rest[b]) })
		meetings = append(meetings, append([]int{first}, rest[:l.sides-1]...))
		free = rest[l.sides-1:]
		sort.SliceStable(free, func(a, b int) bool { return l.players[free[a]].Deviation > l.players[free[b]].Deviation })
	}
	return meetings, l.groups
}

// gain is the part of the variance of the difference of two ratings that one
// game between them is expected to take away.
func (l *ladderScheme) gain(i, j int) float64 {
	a, b := l.players[i], l.players[j]
	variance := float64(a.Deviation*a.Deviation) + float64(b.Deviation*b.Deviation)
	p := rating.EloScore(a.Rating - b.Rating)
	const natural = 0.005756462732485115 // ln(10)/400
	said := float64(float64(float64(p*(1-p))*natural) * natural)
	// Each further meeting of the same two says less, as their games are alike.
	return said * variance / (1 + float64(said*variance)) / float64(1+l.met[i][j])
}

// take rates the competitors after a round.
func (l *ladderScheme) take(last *round) {
	if last == nil {
		return
	}
	games := make([][]rating.GlickoGame, len(l.players))
	for m, meeting := range last.meetings {
		most := 0 // half points of one side
		for _, points := range last.points[m] {
			most += points
		}
		if most == 0 {
			continue // nothing of it counts
		}
		for a, i := range meeting {
			for b, j := range meeting {
				if a == b {
					continue
				}
				l.met[i][j]++
				// The points of a side are against all the others; two sides are
				// compared by the difference. What is not won counts as drawn: only
				// the sum matters.
				games[i] = append(games[i], gamesOf(l.players[j], l.sides*last.groups, (last.points[m][a]-last.points[m][b])/(2*(l.sides-1)))...)
			}
		}
	}
	after := make([]rating.Glicko, len(l.players))
	for i := range l.players {
		var err error
		if after[i], err = l.players[i].After(games[i], 0); err != nil {
			panic("tournament: bug: " + err.Error())
		}
	}
	l.players = after
}

// gamesOf are n games against an opponent of which so many more were won than
// lost.
func gamesOf(opponent rating.Glicko, n, ahead int) []rating.GlickoGame {
	games := make([]rating.GlickoGame, n)
	for i := range games {
		games[i] = rating.GlickoGame{Opponent: opponent, Outcome: rating.Draw}
		switch {
		case i < ahead:
			games[i].Outcome = rating.Win
		case i < -ahead:
			games[i].Outcome = rating.Loss
		}
	}
	return games
}
