package train

import (
	"context"
	"encoding/json"
	"fmt"

	"golang.org/x/sync/errgroup"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/policy"
)

// ShootingParams says whose shooting to measure. Zero values take the defaults.
type ShootingParams struct {
	// Hands are whoever aims, by name; nil for the rule, the network shoot and the
	// network aim.
	Hands []Hand
	// Weapons are measured one at a time; nil for all that reach further than a hand.
	Weapons []string
	// Matches of two seats for each hand and weapon; 0 for 16.
	Matches int
	// Ticks of a match; 0 for 2100.
	Ticks int
	Seed  uint64
	// Policy says what the hands may use: the networks of neural tasks, by default those
	// that dryad ships, and their deadline.
	Policy policy.Params
	// Workers is the number of matches at a time; 0 for 1. It never changes the result.
	Workers int
	// Worked, if any, is called after every match, from several goroutines.
	Worked func()
}

// Hand is a way to aim and fire.
type Hand struct {
	Name string
	// Lines are leaves of the language that aim at nearest_enemy_in_view.
	Lines []string
}

// Hands are the rule and the shipped networks.
func Hands() []Hand {
	const at = " nearest_enemy_in_view"
	return []Hand{
		{"rule", []string{"task: shoot" + at}},
		{"shoot", []string{"net: shoot" + at}},
		{"aim", []string{"net: aim" + at, "task: shoot" + at}},
	}
}

// Bands are the distances told apart: each holds what is nearer than so many map
// units, and the last has no end.
var Bands = []int{256, 512, 1024, 0}

// Shooting is how a hand shoots with a weapon from a distance.
type Shooting struct {
	Hand   string `json:"hand"`
	Weapon string `json:"weapon"`
	// Distance names the band, in map units; "all" for all of them.
	Distance string `json:"distance"`
	Shots    int    `json:"shots"`
	// Accuracy is the share of shots that hit, in percent, by the distance at the time
	// of the hit. Its interval, as that of the time, is at 95 %, over matches.
	Accuracy Measure `json:"accuracy"`
	// Fights are sights of an enemy that was not in view before; Hit are those in which
	// the seat hit before the enemy was out of view. The bands are those at the first
	// sight.
	Fights int `json:"fights"`
	Hit    int `json:"hit"`
	// FirstHit is the mean time from the sight to the first hit in ticks, of fights
	// with one.
	FirstHit Measure `json:"first_hit"`
}

// tallies are what one match counts in each band, and in all of them last.
type tallies struct{ shots, hits, fights, hit, ticks []int }

func newTallies() *tallies {
	n := len(Bands) + 1
	return &tallies{make([]int, n), make([]int, n), make([]int, n), make([]int, n), make([]int, n)}
}

// count adds to a band and to all of them.
func count(list []int, band, by int) {
	list[band] += by
	list[len(list)-1] += by
}

// MeasureShooting plays matches of two seats with one weapon and endless ammunition on
// maps that no network learns on. Both seats fight in the same way and are told apart by
// nothing but the hand of one of them; the other's is the rule.
func MeasureShooting(ctx context.Context, p ShootingParams) ([]Shooting, error) {
	fill(&p.Matches, 16)
	fill(&p.Ticks, 2100)
	fill(&p.Workers, 1)
	if p.Hands == nil {
		p.Hands = Hands()
	}
	if p.Policy.Net == nil {
		p.Policy.Net = fps.Network
	}
	if p.Weapons == nil {
		for w := fps.Pistol; w < fps.Weapons; w++ {
			p.Weapons = append(p.Weapons, w.String())
		}
	}
	game := arena.New()
	trees := make([]*policy.Policy, len(p.Hands)+1)
	for i, h := range append(append([]Hand(nil), p.Hands...), Hands()[0]) {
		tree, faults := policy.Parse(h.Name, []byte(fps.FightDrill(h.Lines...)), game, p.Policy)
		if tree == nil {
			return nil, fmt.Errorf("the hand %s: %w", h.Name, faults.Err())
		}
		trees[i] = tree
	}
	for _, w := range p.Weapons {
		if _, ok := fps.ParseWeapon(w); !ok {
			return nil, unknown("weapon", w, fps.WeaponNames())
		}
	}
	all := make([]*tallies, len(p.Hands)*len(p.Weapons)*p.Matches)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(p.Workers)
	for k := range all {
		group.Go(func() (err error) {
			// All hands meet the same maps from the same seeds.
			hand, weapon, number := k/(len(p.Weapons)*p.Matches), k/p.Matches%len(p.Weapons), k%p.Matches
			seed := games.Mix(p.Seed, uint64(weapon), uint64(number))
			if all[k], err = shooting(ctx, game, trees[hand], trees[len(p.Hands)], p.Weapons[weapon], number, p.Ticks, seed); err != nil {
				return fmt.Errorf("%s with the %s: %w", p.Hands[hand].Name, p.Weapons[weapon], err)
			}
			if p.Worked != nil {
				p.Worked()
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var rows []Shooting
	for hand := range p.Hands {
		for weapon := range p.Weapons {
			from := (hand*len(p.Weapons) + weapon) * p.Matches
			rows = append(rows, shootingRows(p.Hands[hand].Name, p.Weapons[weapon], all[from:from+p.Matches])...)
		}
	}
	return rows, nil
}

// shootingRows joins the matches of a hand with a weapon: a row a band.
func shootingRows(hand, weapon string, matches []*tallies) []Shooting {
	var rows []Shooting
	for band := range len(Bands) + 1 {
		r := Shooting{Hand: hand, Weapon: weapon, Distance: bandName(band)}
		var hits, ticks []float64
		var shots, hit []int
		for _, m := range matches {
			r.Shots, r.Fights, r.Hit = r.Shots+m.shots[band], r.Fights+m.fights[band], r.Hit+m.hit[band]
			hits, shots = append(hits, float64(m.hits[band])), append(shots, m.shots[band])
			ticks, hit = append(ticks, float64(m.ticks[band])/100), append(hit, m.hit[band])
		}
		r.Accuracy, r.FirstHit = measure(hits, shots), measure(ticks, hit)
		rows = append(rows, r)
	}
	return rows
}

// bandName names a band of distances.
func bandName(band int) string {
	switch {
	case band == len(Bands):
		return "all"
	case Bands[band] == 0:
		return fmt.Sprintf("from %d", Bands[band-1])
	}
	return fmt.Sprintf("below %d", Bands[band])
}

// bandOf returns the band of a distance in map units.
func bandOf(far int) int {
	for i, limit := range Bands {
		if far < limit {
			return i
		}
	}
	return len(Bands) - 1
}

// shooting plays one match, with the hand on the seat of the match's parity.
func shooting(ctx context.Context, game games.Game, hand, rule *policy.Policy, weapon string, number, ticks int, seed uint64) (*tallies, error) {
	rules, err := json.Marshal(map[string]any{"weapon": weapon, "only_weapon": true})
	if err != nil {
		return nil, err
	}
	mine := games.Seat(number % 2)
	entrants := []match.Entrant{match.Tree(rule), match.Tree(rule)}
	entrants[mine] = match.Tree(hand)
	w := &watcher{tallies: newTallies()}
	made := entrants[mine].Make
	entrants[mine].Make = func(at match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
		w.body = at.Body().(*fps.Body)
		return made(at, seat, seed)
	}
	outcome, err := match.Run(ctx, match.Params{Game: game, Seed: seed, Entrants: entrants,
		Config:  games.Config{Map: fmt.Sprintf("generated:%d", heldOutMap+number), Seats: 2, Ticks: ticks, Rules: rules},
		Observe: func(*match.Match) { w.look() },
	})
	if err != nil {
		return nil, err
	}
	for _, f := range outcome.Forfeits {
		return nil, fmt.Errorf("seat %d failed: %s", f.Seat, f.Text)
	}
	return w.tallies, nil
}

// watcher counts what a seat's shots come to, from the seat's own percept.
type watcher struct {
	*tallies
	body        *fps.Body
	shots, hits int32 // so far
	band        int   // of the enemy when it was last in view
	since       int32 // tick of the sight of the fight, plus 1; 0 for no fight
	first       int   // band of the fight
	struck      bool  // the fight has had a hit
}

// look counts a tick.
func (w *watcher) look() {
	p := &w.body.Percept
	s := p.Self
	if s.Alive == 0 { // what it perceives is what it last perceived
		w.since = 0
	} else if len(p.Enemies) > 0 {
		w.band = bandOf(int(p.Distance(p.Enemies[0]) >> 16))
		if since := p.Contacts[p.Enemies[0]].Since + 1; since != w.since {
			w.since, w.first, w.struck = since, w.band, false
			count(w.fights, w.first, 1)
		}
	}
	count(w.tallies.shots, w.band, int(s.Shots-w.shots))
	if by := int(s.Hits - w.hits); by > 0 {
		count(w.tallies.hits, w.band, by)
		if w.since > 0 && !w.struck {
			w.struck = true
			count(w.hit, w.first, 1)
			count(w.ticks, w.first, int(p.Tick-w.since+1))
		}
	}
	w.shots, w.hits = s.Shots, s.Hits
}
