package evolve

import (
	"context"
	"encoding/json"
	"fmt"

	"dryad/games"
	"dryad/match"
	"dryad/rating"
)

// Fixture is one match between two policies. Home plays the even teams, away
// the odd ones.
type Fixture struct {
	Config     games.Config
	Seed       uint64
	Home, Away *Entry
	// Measure names metrics whose mean over each side's seats the outcome is to
	// have.
	Measure []string
	// Scoring says how it compares policies: home plays alone by match.Alone.
	Scoring match.Scoring
}

// Outcome is how a fixture ended, seen from home.
type Outcome struct {
	Home rating.Outcome `json:"o"`
	// Margin is home's points less away's, each the mean over its seats.
	Margin float64 `json:"m"`
	// Hash is the digest of the last state of the world.
	Hash uint64 `json:"h"`
	// Achieved is what home has achieved, where that is what counts.
	Achieved []float64 `json:"a,omitempty"`
	// HomeDid and AwayDid are the metrics that the fixture named.
	HomeDid []float64 `json:"hd,omitempty"`
	AwayDid []float64 `json:"ad,omitempty"`
}

// Judge plays matches. The outcomes come in the order of the fixtures,
// whatever the number of workers; an error means that not all could be played.
type Judge interface {
	Play(ctx context.Context, fixtures []Fixture) ([]Outcome, error)
}

// Memory keeps the outcomes of finished chunks of matches, by key.
type Memory interface {
	Work(ctx context.Context, key string) ([]byte, bool, error)
	PutWork(ctx context.Context, key string, result []byte) error
}

// play plays a chunk of fixtures, or takes their outcomes from the memory of an
// earlier session.
func (s *search) play(ctx context.Context, key string, fixtures []Fixture) ([]Outcome, error) {
	s.matches += len(fixtures)
	text, have, err := s.p.Memory.Work(ctx, key)
	if err != nil {
		return nil, err
	}
	if have {
		var outcomes []Outcome
		if err := json.Unmarshal(text, &outcomes); err != nil || len(outcomes) != len(fixtures) {
			return nil, fmt.Errorf("the stored outcomes of %s do not fit this run: begin a new one", key)
		}
		s.p.Progress.Add(len(fixtures))
		return outcomes, nil
	}
	outcomes, err := s.p.Judge.Play(ctx, fixtures)
	if err != nil {
		return nil, err
	}
	if text, err = json.Marshal(outcomes); err != nil {
		return nil, fmt.Errorf("keep the outcomes of %s: %w", key, err)
	}
	if err := s.p.Memory.PutWork(ctx, key, text); err != nil {
		return nil, err
	}
	s.p.Progress.Add(len(fixtures))
	return outcomes, nil
}

// fixture is a match on a scenario.
func (s *search) fixture(config games.Config, seed uint64, home, away *Entry) Fixture {
	return Fixture{Config: config, Seed: seed, Home: home, Away: away, Scoring: s.scoring(config)}
}

// scoring says how a scenario compares policies.
func (s *search) scoring(config games.Config) match.Scoring {
	if s.p.Scoring == nil {
		return match.Scoring{}
	}
	return s.p.Scoring(config)
}

// direct reads two matches of one seed between the same two policies, of which the
// one was at home in the first and the other in the second, as the first sees it.
func direct(one, other Outcome) (first, second rating.Outcome) {
	if one.Achieved != nil {
		result := match.Better(one.Achieved, other.Achieved)
		return result, result
	}
	return one.Home, other.Home.Reversed()
}

// comparison is pair number index of a candidate against the champion: even
// pairs are direct, both seats of one seed; odd ones compare what each does
// against the same third policy on the same seed.
type comparison struct {
	index    int
	config   games.Config
	seed     uint64
	opponent *Entry // nil for a direct pair
	scoring  match.Scoring
}

// comparison returns what pair index of a purpose compares. The field is empty in
// the first generation, when all pairs are direct; so are those in which each plays
// alone.
func (s *search) comparison(purpose uint64, index int) comparison {
	config, seed := s.scenario(purpose, index)
	c := comparison{index: index, config: config, seed: seed, scoring: s.scoring(config)}
	if index%2 == 1 && len(s.field) > 0 && c.scoring.By != match.Alone {
		c.opponent = s.field[index/2%len(s.field)]
	}
	return c
}

// fixtures returns the two matches of a comparison between candidate and
// champion.
func (s *search) fixtures(c comparison, candidate, champion *Entry) [2]Fixture {
	config, seed := c.config, c.seed
	if c.opponent == nil {
		return [2]Fixture{s.fixture(config, seed, candidate, champion), s.fixture(config, seed, champion, candidate)}
	}
	if c.index/2%2 == 0 {
		return [2]Fixture{s.fixture(config, seed, candidate, c.opponent), s.fixture(config, seed, champion, c.opponent)}
	}
	return [2]Fixture{s.fixture(config, seed, c.opponent, candidate), s.fixture(config, seed, c.opponent, champion)}
}

// pair reads the two outcomes of a comparison from the candidate's side, and
// the candidate's mean margin over the champion.
func (c comparison) pair(outcomes [2]Outcome) (rating.Pair, float64) {
	a, b := outcomes[0], outcomes[1]
	if c.scoring.By != match.Duelling {
		if c.opponent != nil && c.index/2%2 == 1 { // the less the opponent achieved
			a, b = b, a
		}
		first, second := direct(a, b)
		return rating.PairOf(first, second), match.MarginOf(c.scoring, a.Achieved, b.Achieved)
	}
	if c.opponent == nil {
		return rating.PairOf(a.Home, b.Home.Reversed()), (a.Margin - b.Margin) / 2
	}
	if c.index/2%2 == 0 {
		return rating.DifferenceOf(a.Home, b.Home), a.Margin - b.Margin
	}
	return rating.DifferenceOf(a.Home.Reversed(), b.Home.Reversed()), b.Margin - a.Margin
}
