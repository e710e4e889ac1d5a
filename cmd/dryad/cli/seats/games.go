package seats

import (
	"errors"
	"fmt"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/nn"
	"dryad/policy"
)

// CheckerOf judges the policies of a game, which use the networks of the command
// line where there are any.
func CheckerOf(env *frame.Env, game games.Game) *policy.Checker {
	return policy.NewChecker(game, paramsOf(env)(game.Vocabulary().Game))
}

// paramsOf says what policies of a game may use beside its words.
func paramsOf(env *frame.Env) func(game string) policy.Params {
	return func(game string) policy.Params {
		row, err := catalog.Find(game)
		if err != nil {
			return policy.Params{Net: func(string) (*nn.Network, error) { return nil, err }}
		}
		return row.Params(env.Networks)
	}
}

// GamesFlag chooses named games of a catalogue.
type GamesFlag struct {
	Games  string `help:"Named games to play on, by conditions: 'mode=capture_the_flag split=training'. Properties are mode, family, map, rules and split; values are separated by commas." placeholder:"FILTER"`
	Sample int    `help:"With --games: how many of them, drawn by the seed; 0 for the command's own number." placeholder:"N"`
}

// Filter reads the conditions.
func (f *GamesFlag) Filter() (catalog.Filter, error) {
	filter, err := catalog.ParseFilter(f.Games)
	if err != nil {
		return nil, fmt.Errorf("--games: %w", err)
	}
	return filter, nil
}

// Chosen reports whether games are chosen by the flag, and refuses a number
// without a choice.
func (f *GamesFlag) Chosen() (bool, error) {
	if f.Sample < 0 {
		return false, fmt.Errorf("--sample %d: it must be 1 at least", f.Sample)
	}
	if f.Games == "" && f.Sample != 0 {
		return false, errors.New("--sample goes with --games")
	}
	return f.Games != "", nil
}

// Draw chooses definitions of a row and draws as many as the flag says, or else n
// of them. Conditions that are given beside the filter hold too.
func (f *GamesFlag) Draw(row *catalog.Row, named games.Config, n int, seed uint64, more ...catalog.Condition) ([]catalog.Definition, error) {
	if named.Name != "" {
		return nil, errors.New("--games chooses among all games: name the game without a definition")
	}
	filter, err := f.Filter()
	if err != nil {
		return nil, err
	}
	for _, c := range more {
		if !filter.Has(c.Property) {
			filter = append(filter, c)
		}
	}
	all, err := row.Choose(filter)
	if err != nil {
		return nil, fmt.Errorf("--games: %w", err)
	}
	if f.Sample > 0 {
		n = f.Sample
	}
	return catalog.Sample(all, n, seed), nil
}
