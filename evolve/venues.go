package evolve

import (
	"context"
	"errors"
	"fmt"

	"dryad/games"
)

// venues are the training games of a local search, and on which of them the pairs
// of a generation are played.
type venues struct {
	configs []games.Config // those of the parameters, then those that were sought
	labels  []string
	// screening and testing list games by their index. Pairs go through them in
	// turn.
	screening, testing []int
	curriculum         *curriculum // nil without one
	pool               []int       // games of Params.Pool that were not tried, in the order of trial
}

func newVenues(p *Params) venues {
	v := venues{}
	if p.Curriculum {
		v.curriculum = newCurriculum(p.Training)
	}
	for _, c := range p.Training {
		v.add(c)
	}
	if p.Aim != AimMean {
		v.pool = games.Stream(games.Mix(p.Seed, purposeSeek)).Perm(len(p.Pool))
	}
	return v
}

func (v *venues) add(c games.Config) {
	v.configs = append(v.configs, c)
	v.labels = append(v.labels, GameLabel(c))
	if v.curriculum != nil {
		v.curriculum.add(c)
	}
}

// lay chooses the games of a generation's pairs. Under AimMean a sequential test
// goes through all games alike; under another aim every second pair of pairs is on
// one of the games that the aim looks at. Screening does the same, or follows the
// curriculum.
func (s *search) lay() {
	v := &s.venues
	all := v.within(s.focus)
	v.testing = all
	if s.focus != "" {
		v.screening = all
		return
	}
	if worst := s.worst(); len(worst) > 0 {
		v.testing = nil
		for i := range max(len(all), len(worst)) {
			v.testing = append(v.testing, all[i%len(all)], worst[i%len(worst)])
		}
	}
	v.screening = v.testing
	if v.curriculum != nil {
		v.screening = v.curriculum.list(s.screenPairs())
	}
}

// game is the index of the game that pair index of a purpose is played on. Direct
// pairs, the even ones, and those against a third policy both go through the whole
// list; the latter are half a list ahead.
func (s *search) game(purpose uint64, index int) int {
	list := s.venues.testing
	if purpose == purposeScreen {
		list = s.venues.screening
	}
	at := index / 2
	if index%2 == 1 {
		at += len(list) / 2
	}
	return list[at%len(list)]
}

// listed is the place in the list of training games at which pair index of a genetic
// search is played. Pairs against the champion and those against the field both go
// through the whole list, and each of the field meets all modes: the list moves on
// by one when the field is through.
func (s *search) listed(index int) int {
	at := index / 2
	if index%2 == 1 && len(s.field) > 0 {
		at += at/len(s.field) + len(s.p.Training)/2
	}
	return at
}

// scenario is the match that pair index of screening or of a test plays.
func (s *search) scenario(purpose uint64, index int) (games.Config, uint64) {
	if s.p.Search == SearchGenetic {
		config, _ := scenarioOf(s.p.Training, s.p.Seed, purpose, s.listed(index))
		return config, games.Mix(s.p.Seed, purpose, uint64(index))
	}
	return s.venues.configs[s.game(purpose, index)], games.Mix(s.p.Seed, purpose, uint64(index))
}

// What a new champion plays to find games that are hard for it.
const (
	soughtGames = 6 // of the pool, a champion
	soughtPairs = 2 // on each
)

// seek tries the new champion on games of the pool. The one on which it does worst
// joins the training games, if it does worse there than it does on the mean of
// them. At most as many join as there were to begin with.
func (s *search) seek(ctx context.Context) error {
	v := &s.venues
	if len(v.pool) == 0 || len(v.configs) >= 2*len(s.p.Training) {
		return nil
	}
	tried := v.pool[:min(len(v.pool), soughtGames)]
	opponents := s.rivals()
	var fixtures []Fixture
	for i, game := range tried {
		for k := range soughtPairs {
			n := i*soughtPairs + k
			seed := games.Mix(s.p.Seed, purposeSeek, uint64(len(v.pool)), uint64(n))
			opponent := opponents[n%len(opponents)]
			fixtures = append(fixtures, s.fixture(s.p.Pool[game], seed, s.champion, opponent), s.fixture(s.p.Pool[game], seed, opponent, s.champion))
		}
	}
	if err := s.mayGoOn(ctx, len(fixtures)); err != nil {
		return err
	}
	outcomes, err := s.play(ctx, fmt.Sprintf("seek/%d/%d", s.number, len(v.pool)), fixtures)
	if err != nil {
		return err
	}
	var all Tally
	for _, label := range v.labels {
		all.Points += s.champion.Games[label].Points
		all.Games += s.champion.Games[label].Games
	}
	worst, least := -1, all.Score()
	for i, game := range tried {
		for k := range soughtPairs {
			at := 2 * (i*soughtPairs + k)
			s.champion.notePair(fixtures[at], outcomes[at], outcomes[at+1])
		}
		if score := s.champion.Games[GameLabel(s.p.Pool[game])].Score(); score < least {
			worst, least = game, score
		}
	}
	v.pool = v.pool[len(tried):]
	if worst >= 0 {
		v.add(s.p.Pool[worst])
		s.p.Progress.Say("%s joins the training games: the champion scored %.2f there, %.2f over the others", GameLabel(s.p.Pool[worst]), least, all.Score())
	}
	return nil
}

// unlessEnded is err, but for the end of a budget: a champion is one also when the
// matches that would have told more about it are not played.
func unlessEnded(err error) error {
	var end StopError
	if errors.As(err, &end) {
		return nil
	}
	return err
}
