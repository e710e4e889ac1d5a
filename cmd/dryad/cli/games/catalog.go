package games

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/games/fps/arena"
)

// catalogResult is what games list --catalog ends with.
type catalogResult struct {
	Game string `json:"game"`
	// Filter is what was asked for, as --games of other commands takes it.
	Filter string `json:"filter,omitempty"`
	// Matching is how many definitions match; Definitions are all of them or the
	// sample that was drawn.
	Matching    int                  `json:"matching"`
	Definitions []catalog.Definition `json:"definitions"`
	Geometries  int                  `json:"geometries,omitempty"` // different ones, when checked
	Faults      []string             `json:"faults,omitempty"`
}

// filter puts the flags into one filter.
func (c *listCommand) filter() (catalog.Filter, error) {
	text := c.Games
	for _, part := range []struct{ property, values string }{
		{"mode", c.Mode}, {"family", c.Family}, {"map", c.Map}, {"rules", c.Rules}, {"split", c.Split},
	} {
		if part.values != "" {
			text += " " + part.property + "=" + part.values
		}
	}
	return catalog.ParseFilter(text)
}

// catalog lists the named definitions of a game.
func (c *listCommand) catalog(env *frame.Env) error {
	if c.Game == "" {
		return errors.New("games list --catalog: whose? (dryad games list arena --catalog)")
	}
	row, err := catalog.Find(c.Game)
	if err != nil {
		return err
	}
	if row.Definitions == nil {
		return fmt.Errorf("games list: %q has no catalogue; arena has one", c.Game)
	}
	filter, err := c.filter()
	if err != nil {
		return err
	}
	matching, err := row.Choose(filter)
	if err != nil {
		return err
	}
	result := catalogResult{Game: row.Name, Filter: filter.String(), Matching: len(matching), Definitions: catalog.Sample(matching, c.Sample, c.Seed)}
	if c.Check {
		if err := c.check(env, &result); err != nil {
			return err
		}
	}
	if c.JSON {
		if err := env.JSON(result); err != nil {
			return err
		}
	} else if err := frame.Columns(env.Stdout, func(w io.Writer) {
		for _, d := range result.Definitions {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", d.Name, d.Config.Map, d.Mode, d.Variant, d.Split)
		}
	}); err != nil {
		return err
	}
	if len(result.Definitions) < result.Matching {
		env.Logf("%d of %d definitions", len(result.Definitions), result.Matching)
	} else {
		env.Logf("%d definitions", result.Matching)
	}
	if c.Check {
		env.Logf("%d different geometries, %d definitions cannot be played", result.Geometries, len(result.Faults))
		if len(result.Faults) > 0 {
			return frame.ExitCode(frame.ExitFailed)
		}
	}
	return nil
}

// check proves every definition playable.
func (c *listCommand) check(env *frame.Env, result *catalogResult) error {
	all := result.Definitions
	workers := c.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	// The definitions of a map lie side by side: a map is loaded once.
	var firsts []int
	for i := range all {
		if i == 0 || all[i].Config.Map != all[i-1].Config.Map {
			firsts = append(firsts, i)
		}
	}
	faults := make([]error, len(all))
	hashes := make([][32]byte, len(all))
	var done atomic.Int64
	began := time.Now()
	group, ctx := errgroup.WithContext(env.Context)
	group.SetLimit(workers)
	for k, first := range firsts {
		last := len(all)
		if k+1 < len(firsts) {
			last = firsts[k+1]
		}
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			var configs []games.Config
			for i := first; i < last; i++ {
				configs = append(configs, all[i].Config)
			}
			why, m := arena.Playable(all[first].Config.Map, configs)
			copy(faults[first:last], why)
			for i := first; i < last && m != nil; i++ {
				hashes[i] = m.Hash()
			}
			if n := done.Add(1); n%200 == 0 {
				left := time.Since(began) * time.Duration(int64(len(firsts))-n) / time.Duration(n)
				env.Logf("checked %d of %d maps, about %s left", n, len(firsts), left.Round(time.Second))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	different := map[[32]byte]bool{}
	for i := range all {
		if faults[i] != nil {
			fault := fmt.Sprintf("%s: %v", all[i].Name, faults[i])
			result.Faults = append(result.Faults, fault)
			env.Logf("%s", fault)
		} else {
			different[hashes[i]] = true
		}
	}
	result.Geometries = len(different)
	return nil
}

// definitionResult is what games show GAME/NAME ends with.
type definitionResult struct {
	catalog.Definition
	Rules []string `json:"rules_in_words"`
	Map   []string `json:"map"`
}

// definition shows a named definition: its rules in words and its map.
func (c *showCommand) definition(env *frame.Env, game, name string) error {
	row, err := catalog.Find(game)
	if err != nil {
		return err
	}
	d, err := row.Define(name)
	if err != nil {
		return err
	}
	if row.Name != "arena" {
		return fmt.Errorf("games show: the rules of %s cannot be put into words", row.Name)
	}
	rules, err := arena.Describe(d.Config)
	if err != nil {
		return err
	}
	sketch, err := arena.Sketch(d.Config, 76)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(definitionResult{d, rules, sketch})
	}
	env.Printf("arena/%s (%s)\n\n", d.Name, d.Split)
	for _, line := range rules {
		env.Printf("  %s\n", line)
	}
	env.Printf("\n%s\n\n  S start   + health   ] armour   : ammunition   w weapon   * power   O place of the mode   . floor\n", strings.Join(sketch, "\n"))
	return nil
}
