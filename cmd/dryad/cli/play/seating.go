package play

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games"
	"dryad/internal/english"
	"dryad/match"
)

// configure puts what the flags say over a configuration. One that is changed so
// is no longer the definition of its name.
func (c *Command) configure(config games.Config) (games.Config, error) {
	if c.Map != "" || c.Mode != "" || c.Rules != "" {
		config.Name = ""
	}
	if c.Map != "" {
		config.Map = c.Map
	}
	if c.Mode != "" {
		config.Mode = c.Mode
	}
	if c.Ticks != 0 {
		config.Ticks = c.Ticks
	}
	if c.Rules != "" {
		if config.Rules = json.RawMessage(c.Rules); !json.Valid(config.Rules) {
			return config, fmt.Errorf("--rules: %s is no JSON", c.Rules)
		}
	}
	return config, nil
}

// seat gives the seats to the policies of the command line, or to those that
// dryad ships. A definition has seats of its own, which fewer policies take in
// turns team by team.
func (c *Command) seat(env *frame.Env, row *catalog.Row, p *match.Params, more map[string]*seats.Agent, show *show) (err error) {
	if len(c.Seat) == 0 {
		p.Sides, err = shippedSides(env, row)
		return err
	}
	paths := c.Seat
	if show != nil && show.offered {
		paths = slices.DeleteFunc(slices.Clone(paths), func(s string) bool { return s == seats.Person })
	}
	entrants, err := seats.SeatEntrants(env, paths, row.Game(), more)
	if err != nil {
		return err
	}
	if show != nil && show.offered {
		entrants = slices.Insert(entrants, slices.Index(c.Seat, seats.Person), person(show.server))
	}
	p.Entrants = entrants
	if p.Config.Name == "" {
		return nil
	}
	complete, err := row.Game().Complete(p.Config)
	if err != nil {
		return err
	}
	if len(entrants) < complete.Seats {
		if show != nil && show.offered {
			return fmt.Errorf("a person plays one seat of %d: give a policy for each of the others too", complete.Seats)
		}
		p.Entrants, p.Sides = nil, entrants
	}
	return nil
}

// shippedSides returns the policies that dryad ships for a game.
func shippedSides(env *frame.Env, row *catalog.Row) ([]match.Entrant, error) {
	shipped, err := row.Shipped()
	if err != nil {
		return nil, err
	}
	if len(shipped) == 0 {
		return nil, errors.New("nobody plays: give a policy for each seat with --seat FILE")
	}
	checker := seats.CheckerOf(env, row.Game())
	var sides []match.Entrant
	for _, p := range shipped {
		tree, faults := checker.Parse(p.Name, p.Source)
		if tree == nil {
			return nil, fmt.Errorf("the shipped policy %s: %w", p.Name, faults.Err())
		}
		sides = append(sides, match.Tree(tree))
	}
	return sides, nil
}

// tellSides says who plays which seats where the policies take turns.
func tellSides(env *frame.Env, m *match.Match) {
	o := m.Outcome()
	var names []string
	held := map[string][]string{}
	for s, name := range o.Names {
		if held[name] == nil {
			names = append(names, name)
		}
		held[name] = append(held[name], fmt.Sprint(s))
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%s plays %s", name, strings.Join(held[name], ", "))
	}
	env.Logf("%s, the policies take turns team by team: %s", english.Number(len(o.Names), "seat"), strings.Join(names, "; "))
}

// paths returns the files of the policies by seat, for watching them; "" for one
// that has none.
func (c *Command) paths(m *match.Match) []string {
	paths := make([]string, m.World().Seats())
	if len(c.Seat) == 0 {
		return paths
	}
	for s := range paths {
		if len(c.Seat) == len(paths) {
			paths[s] = c.Seat[s]
		} else {
			paths[s] = c.Seat[m.World().Team(games.Seat(s))%len(c.Seat)]
		}
	}
	return paths
}
