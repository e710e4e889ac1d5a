package evolve

import (
	"errors"
	"fmt"
	"slices"

	"dryad/catalog"
	"dryad/evolve"
	"dryad/games"
)

// How many named games a search trains on, and how many its finals are played on,
// when nobody says.
const (
	defaultGames = 48
	finalGames   = 24
	// A search of manyMatches or more trains on manyGames.
	manyMatches, manyGames = 100_000, 120
)

// namedGames takes the scenarios out of the catalogue: one definition, or those
// that the filter chooses. The finals are on held-out games that match too, on
// maps that are not trained on.
func (s *settings) namedGames(c *runCommand, row *catalog.Row, named games.Config) error {
	if len(c.Maps)+len(c.Unseen)+len(c.Modes) > 0 {
		return errors.New("a named game has its own map and mode: leave out --map, --held-out-map and --mode")
	}
	finals := catalog.Filter{{Property: "split", Values: []string{"held-out"}}}
	var training []catalog.Definition
	if named.Name != "" && c.Games == "" {
		d, err := row.Define(named.Name)
		if err != nil {
			return err
		}
		training = []catalog.Definition{d}
		finals = finals.With("mode", d.Mode).With("rules", d.Variant)
	} else {
		var err error
		if training, err = c.Draw(row, named, gamesFor(c.MaxMatches), c.Seed, catalog.Condition{Property: "split", Values: []string{"training"}}); err != nil {
			return err
		}
		given, err := c.Filter()
		if err != nil {
			return err
		}
		for _, condition := range given {
			if condition.Property != "split" && condition.Property != "map" {
				finals = append(finals, condition)
			}
		}
	}
	s.Curriculum = c.Curriculum == "bandit" || c.Curriculum == "auto" && c.Games != "" && s.Search != evolve.SearchGenetic
	var err error
	if s.Training, err = played(row, training, c.Ticks); err != nil {
		return err
	}
	heldOut, err := row.Choose(finals)
	if err != nil {
		return fmt.Errorf("the finals: %w", err)
	}
	heldOut = slices.DeleteFunc(slices.Clone(heldOut), func(d catalog.Definition) bool {
		return slices.ContainsFunc(training, func(t catalog.Definition) bool { return t.Config.Map == d.Config.Map })
	})
	if len(heldOut) == 0 {
		return errors.New("the search trains on all maps that its finals could be played on: choose fewer games")
	}
	if s.HeldOut, err = played(row, catalog.Sample(heldOut, finalGames, c.Seed), c.Ticks); err != nil || !s.seeks() || c.Games == "" {
		return err
	}
	return s.pool(c, row, training)
}

// gamesFor is how many named games a search of so many matches trains on.
func gamesFor(matches int) int {
	if matches >= manyMatches {
		return manyGames
	}
	return defaultGames
}

// pool takes further games that the filter chooses, to look for hard ones among.
func (s *settings) pool(c *runCommand, row *catalog.Row, training []catalog.Definition) error {
	filter, err := c.Filter()
	if err != nil {
		return err
	}
	if !filter.Has("split") {
		filter = filter.With("split", "training")
	}
	all, err := row.Choose(filter)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(d catalog.Definition) bool {
		return slices.ContainsFunc(training, func(t catalog.Definition) bool { return t.Name == d.Name }) ||
			slices.ContainsFunc(s.HeldOut, func(h games.Config) bool { return h.Map == d.Config.Map })
	})
	s.Pool, err = played(row, catalog.Sample(all, poolGames, c.Seed), c.Ticks)
	return err
}

// played returns the completed configurations of games.
func played(row *catalog.Row, definitions []catalog.Definition, ticks int) ([]games.Config, error) {
	var configs []games.Config
	for _, d := range definitions {
		config := d.Config
		config.Ticks = ticks
		complete, err := row.Game().Complete(config)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name, err)
		}
		configs = append(configs, complete)
	}
	return configs, nil
}
