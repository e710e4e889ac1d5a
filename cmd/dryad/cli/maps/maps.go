package maps

import (
	"fmt"
	"path"
	"strings"
	"time"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/walk"
	"dryad/internal/english"
	"dryad/rating"
)

type Command struct {
	List mapsListCommand `cmd:"" help:"List maps with what is in them: of WAD files, or of named games."`
	Walk mapsWalkCommand `cmd:"" help:"Measure navigation: walk between random starts and pick-ups."`
}

type mapsListCommand struct {
	WAD  []string `arg:"" optional:"" name:"wad" help:"WAD files, on the search path or by path (default: freedm.wad freedoom1.wad freedoom2.wad); single maps such as freedm.wad:MAP01 or generated:caves:3; named games such as arena/caves-62-domination-fog."`
	JSON bool     `name:"json" help:"End with one JSON object on the last line."`
}

var knownWADs = []string{"freedm.wad", "freedoom1.wad", "freedoom2.wad"}

type mapRow struct {
	Map     string   `json:"map"`
	Hash    string   `json:"hash"`
	Lines   int      `json:"lines"`
	Sectors int      `json:"sectors"`
	Things  int      `json:"things"`
	Starts  int      `json:"deathmatch_starts"`
	Unknown []string `json:"unknown_specials"`
}

func (c *mapsListCommand) Run(env *frame.Env) error {
	files := c.WAD
	if len(files) == 0 {
		files = knownWADs
	}
	rows, bad := []mapRow{}, 0
	for _, file := range files {
		names, err := mapsOf(file)
		if err != nil {
			return err
		}
		for _, name := range names {
			m, err := library.Load(name)
			if err != nil {
				bad++
				env.Logf("%v", err)
				continue
			}
			hash := m.Hash()
			row := mapRow{
				Map: m.Name, Hash: fmt.Sprintf("%x", hash[:8]), Lines: len(m.Lines), Sectors: len(m.Sectors),
				Things: len(m.Things), Starts: len(m.DeathmatchStarts()), Unknown: []string{},
			}
			for _, u := range m.Unknown {
				where := fmt.Sprintf("line %d", u.Line)
				if u.Line < 0 {
					where = fmt.Sprintf("sector %d", u.Sector)
				}
				row.Unknown = append(row.Unknown, fmt.Sprintf("%s: %s (%d)", where, u.Name, u.Number))
			}
			rows = append(rows, row)
			env.Printf("%-24s %s %5d lines %5d sectors %5d things %3d starts\n", row.Map, row.Hash, row.Lines, row.Sectors, row.Things, row.Starts)
			for _, w := range m.Warnings {
				env.Logf("warning: %s", w)
			}
			for _, u := range row.Unknown {
				env.Printf("  not run: %s\n", u)
			}
		}
	}
	if c.JSON {
		if err := env.JSON(map[string]any{"maps": rows}); err != nil {
			return err
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %s cannot be read: the reasons are above", bad, english.Number(bad+len(rows), "map"))
	}
	return nil
}

// mapsOf returns the maps of a file, the map of a named game, or the map itself.
func mapsOf(name string) ([]string, error) {
	if isGame(name) {
		_, config, err := catalog.Select(name)
		return []string{config.Map}, err
	}
	if strings.HasPrefix(name, "generated:") || strings.Contains(name, ".wad:") {
		return []string{name}, nil
	}
	w, err := library.File(name)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, lump := range w.Maps() {
		names = append(names, name+":"+lump)
	}
	return names, nil
}

// isGame reports whether a name is that of a named game and not of a file.
func isGame(name string) bool {
	return strings.HasPrefix(name, "arena/") && !strings.Contains(name, ".wad")
}

type mapsWalkCommand struct {
	Map   string `default:"*" help:"Only maps whose name matches this pattern, such as 'freedm.wad:*' or 'generated:caves:3'; or the map of a named game, such as arena/caves-62-domination-fog."`
	Pairs int    `default:"30" help:"Walks on each map."`
	Seed  uint64 `default:"1" help:"Seed of the pairs."`
	Fails bool   `help:"Describe each walk that failed and each pair to which no way is known."`
	JSON  bool   `name:"json" help:"End with one JSON object on the last line."`
}

func (c *mapsWalkCommand) Run(env *frame.Env) error {
	names, err := c.names()
	if err != nil {
		return err
	}
	var total walk.Result
	results := []walk.Result{}
	for i, name := range names {
		if err := env.Context.Err(); err != nil {
			return err
		}
		m, err := library.Load(name)
		if err != nil {
			return err
		}
		began := time.Now()
		g := nav.New(m)
		built := time.Since(began)
		r := walk.Try(g, walk.Params{Pairs: c.Pairs, Seed: c.Seed})
		if r.Pairs == 0 {
			env.Printf("%-24s no deathmatch starts\n", name)
			continue
		}
		results = append(results, r)
		total.Pairs, total.Arrived = total.Pairs+r.Pairs, total.Arrived+r.Arrived
		total.NoWay, total.Impossible = total.NoWay+r.NoWay, total.Impossible+r.Impossible
		env.Printf("%-24s %5d nodes in %4d ms  arrived %3d of %3d begun, %3d no way known, %3d ruled out\n", name, r.Nodes, built.Milliseconds(),
			r.Arrived, r.Pairs-r.NoWay, r.NoWay-r.Impossible, r.Impossible)
		if c.Fails {
			for _, f := range r.Failures {
				env.Printf("  failed: %s\n", f)
			}
			for _, u := range r.Unknown {
				env.Printf("  no way known: %s\n", u)
			}
		}
		if env.Terminal {
			env.Logf("%d of %d maps", i+1, len(names))
		}
	}
	if begun := total.Pairs - total.NoWay; begun > 0 {
		env.Printf("arrived %s of the walks that were begun\n", share(total.Arrived, begun))
	}
	if total.Pairs > 0 {
		env.Printf("arrived %s of the pairs that are not ruled out; %d of %d pairs are ruled out\n",
			share(total.Arrived, total.Possible()), total.Impossible, total.Pairs)
	}
	if c.JSON {
		return env.JSON(map[string]any{"pairs": total.Pairs, "arrived": total.Arrived, "no_way": total.NoWay, "impossible": total.Impossible, "maps": results})
	}
	return nil
}

// share writes a part of a number with its 95 % interval.
func share(part, of int) string {
	if of == 0 {
		return "0 of 0"
	}
	ci := rating.Wilson(float64(part), of, 0.95)
	return fmt.Sprintf("%d of %d (%.1f %%, 95 %% interval %.1f to %.1f)", part, of, 100*float64(part)/float64(of), 100*ci.Low, 100*ci.High)
}

// names lists the maps that match the pattern.
func (c *mapsWalkCommand) names() ([]string, error) {
	if strings.HasPrefix(c.Map, "generated:") || isGame(c.Map) {
		return mapsOf(c.Map)
	}
	var names []string
	files := knownWADs
	if file, _, ok := strings.Cut(c.Map, ":"); ok && !strings.ContainsAny(file, `*?[\`) {
		files = []string{file}
	}
	for _, file := range files {
		w, err := library.File(file)
		if err != nil {
			return nil, err
		}
		for _, name := range w.Maps() {
			matched, err := path.Match(c.Map, file+":"+name)
			if err != nil {
				return nil, fmt.Errorf("pattern %q: %w", c.Map, err)
			}
			if matched {
				names = append(names, file+":"+name)
			}
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no map matches %q", c.Map)
	}
	return names, nil
}
