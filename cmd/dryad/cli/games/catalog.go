package games

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/games/fps/arena"
)

// catalogResult is what games list --catalog ends with.
type catalogResult struct {
	Definitions []arena.Definition `json:"definitions"`
	Geometries  int                `json:"geometries,omitempty"` // different ones, when checked
	Faults      []string           `json:"faults,omitempty"`
}

// catalog lists the named definitions of a game.
func (c *listCommand) catalog(env *frame.Env) error {
	if c.Game != "arena" {
		return fmt.Errorf("games list: %q has no catalogue; arena has one", c.Game)
	}
	var result catalogResult
	for _, d := range arena.Catalog() {
		if c.Split == "" || d.Split == c.Split {
			result.Definitions = append(result.Definitions, d)
		}
	}
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
	env.Logf("%d definitions", len(result.Definitions))
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
	arena.Definition
	Rules []string `json:"rules_in_words"`
	Map   []string `json:"map"`
}

// definition shows a named definition: its rules in words and its map.
func (c *showCommand) definition(env *frame.Env, game, name string) error {
	if game != "arena" {
		return fmt.Errorf("games show: %q has no catalogue; arena has one", game)
	}
	d, ok := arena.Find(name)
	if !ok {
		return fmt.Errorf("games show: arena has no definition %q (dryad games list arena --catalog names them all)", name)
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
