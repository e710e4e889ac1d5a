package tournament

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/atomicfile"
	"dryad/internal/terminal"
	"dryad/job"
	"dryad/store"
	"dryad/tournament"
)

// gameFilter chooses matches.
type gameFilter struct {
	Policy   []string `help:"Only matches of this policy; with two, only those between them." placeholder:"NAME" sep:"none"`
	Map      string   `help:"Only matches on this map or named game." placeholder:"MAP"`
	Round    int      `help:"Only matches of this round, counted from 1." placeholder:"N"`
	Forfeits bool     `help:"Only matches in which a seat was taken out."`
}

func (f *gameFilter) matches(g *tournament.Game) bool {
	for _, name := range f.Policy {
		if !slices.Contains(g.Policies, name) {
			return false
		}
	}
	return (f.Map == "" || g.Map == f.Map) && (f.Round == 0 || g.Round == f.Round-1) && (!f.Forfeits || len(g.Forfeits) > 0)
}

// walk calls each for the matches of a run that the filter chooses.
func (f *gameFilter) walk(env *frame.Env, dir string, each func(settings *tournamentSettings, g tournament.Game) error) error {
	settings, params, err := inspect(env, dir)
	if err != nil {
		return err
	}
	for _, name := range f.Policy {
		if !slices.ContainsFunc(settings.Policies, func(p tournamentPolicy) bool { return p.Name == name }) {
			var names []string
			for _, p := range settings.Policies {
				names = append(names, p.Name)
			}
			return fmt.Errorf("%s has no policy %q; there are %s", dir, name, strings.Join(names, ", "))
		}
	}
	db, err := store.OpenReadOnly(job.Database(dir))
	if err != nil {
		return err
	}
	defer db.Close()
	params.Store = db
	return tournament.Games(env.Context, params, func(g tournament.Game) error {
		if !f.matches(&g) {
			return nil
		}
		return each(settings, g)
	})
}

type gamesCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of the run."`
	gameFilter
	Limit int `help:"Show so many at most; 0 for all." default:"100" placeholder:"N"`
	frame.JSONFlag
}

func (c *gamesCommand) Run(env *frame.Env) error {
	shown, more := 0, 0
	list := func(w io.Writer) error {
		fmt.Fprint(w, "match\tround\tmap\tpolicies\tresult\tticks\treason\treplay\n")
		return c.walk(env, c.Folder, func(_ *tournamentSettings, g tournament.Game) error {
			if c.Limit > 0 && shown == c.Limit {
				more++
				return nil
			}
			shown++
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%d\t%s\t%s\n", g.Key, g.Round+1, g.Map, strings.Join(g.Policies, ", "), result(&g), g.Ticks, remark(&g), g.Replay)
			return nil
		})
	}
	if c.JSON {
		return c.walk(env, c.Folder, func(_ *tournamentSettings, g tournament.Game) error {
			if c.Limit > 0 && shown == c.Limit {
				return nil
			}
			shown++
			return env.JSON(g)
		})
	}
	var err error
	if e := frame.Columns(env.Stdout, func(w io.Writer) { err = list(w) }); err == nil {
		err = e
	}
	if more > 0 {
		env.Logf("%d further matches; --limit 0 shows all", more)
	}
	return err
}

// result is "1-0", "1/2-1/2" or "0-1" of two sides, and the places of more, counted
// from 1; "*" for a match that is not counted.
func result(g *tournament.Game) string {
	switch {
	case g.Void:
		return "*"
	case len(g.Places) == 2:
		return map[int]string{-1: "1-0", 0: "1/2-1/2", 1: "0-1"}[g.Places[0]-g.Places[1]]
	}
	places := make([]string, len(g.Places))
	for i, p := range g.Places {
		places[i] = strconv.Itoa(p + 1)
	}
	return strings.Join(places, ",")
}

// remark is why the match ended, and who was taken out.
func remark(g *tournament.Game) string {
	text := g.Reason
	for _, f := range g.Forfeits {
		text += fmt.Sprintf("; %s forfeits (%s)", g.Policies[f.Side], f.Class)
	}
	return text
}

type exportCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of the run."`
	Format string `help:"json (a line for each match), csv, pgn (a log in the manner of PGN) or text; by default what the ending of --output says." placeholder:"FORMAT"`
	Output string `short:"o" help:"File to write; standard output by default." placeholder:"FILE"`
	gameFilter
}

// Help is the long help of the command.
func (exportCommand) Help() string {
	return strings.TrimSpace(`
All matches of a tournament in the order of the schedule, each with its policies,
seed, map, places, length and forfeits. The log in the manner of PGN has a block of
tags for each match, which tools that count results of chess programs read.`)
}

// formats write a match, and may write something before the first.
var formats = map[string]struct {
	head  func(w io.Writer) error
	write func(w io.Writer, s *tournamentSettings, g *tournament.Game) error
}{
	"json": {nil, func(w io.Writer, _ *tournamentSettings, g *tournament.Game) error {
		return json.NewEncoder(w).Encode(g)
	}},
	"csv": {csvHead, csvLine},
	"pgn": {nil, pgn},
	"text": {nil, func(w io.Writer, _ *tournamentSettings, g *tournament.Game) error {
		_, err := fmt.Fprintf(w, "%s round %d on %s seed %d: %s %s after %d ticks (%s)\n", g.Key, g.Round+1, g.Map, g.Seed, strings.Join(g.Policies, " - "), result(g), g.Ticks, remark(g))
		return err
	}},
}

func (c *exportCommand) Run(env *frame.Env) error {
	name := c.Format
	if name == "" {
		name = map[string]string{".json": "json", ".jsonl": "json", ".csv": "csv", ".pgn": "pgn", ".txt": "text"}[filepath.Ext(c.Output)]
	}
	format, known := formats[name]
	if !known {
		return errors.New("name the format: --format json, csv, pgn or text")
	}
	var text strings.Builder
	var out io.Writer = &text
	buffered := bufio.NewWriter(env.Stdout)
	if c.Output == "" {
		out = buffered
	}
	if format.head != nil {
		if err := format.head(out); err != nil {
			return err
		}
	}
	if err := c.walk(env, c.Folder, func(s *tournamentSettings, g tournament.Game) error { return format.write(out, s, &g) }); err != nil {
		return err
	}
	if c.Output != "" {
		return atomicfile.Write(c.Output, []byte(text.String()))
	}
	return buffered.Flush()
}

var csvColumns = []string{"match", "round", "map", "seed", "policies", "members", "places", "ticks", "reason", "void", "forfeits", "state_hash", "replay"}

func csvHead(w io.Writer) error { return csvWrite(w, csvColumns) }

func csvLine(w io.Writer, _ *tournamentSettings, g *tournament.Game) error {
	places, forfeits := make([]string, len(g.Places)), make([]string, len(g.Forfeits))
	for i, p := range g.Places {
		places[i] = strconv.Itoa(p)
	}
	for i, f := range g.Forfeits {
		forfeits[i] = fmt.Sprintf("%s:%s", g.Policies[f.Side], f.Class)
	}
	return csvWrite(w, []string{g.Key, strconv.Itoa(g.Round + 1), g.Map, strconv.FormatUint(g.Seed, 10), strings.Join(g.Policies, ";"), strings.Join(g.Members, ";"),
		strings.Join(places, ";"), strconv.Itoa(g.Ticks), g.Reason, strconv.FormatBool(g.Void), strings.Join(forfeits, ";"), g.Hash, g.Replay})
}

func csvWrite(w io.Writer, cells []string) error {
	lines := csv.NewWriter(w)
	if err := lines.Write(cells); err != nil {
		return err
	}
	lines.Flush()
	return lines.Error()
}

// pgn writes a block of tags. Matches of more than two sides have a tag for each.
func pgn(w io.Writer, s *tournamentSettings, g *tournament.Game) error {
	tag := func(name, value string) {
		value = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(terminal.Clean(value))
		fmt.Fprintf(w, "[%s \"%s\"]\n", name, value)
	}
	tag("Event", "dryad "+s.Game)
	tag("Site", g.Map)
	tag("Round", strconv.Itoa(g.Round+1))
	if len(g.Policies) == 2 {
		tag("White", g.Policies[0])
		tag("Black", g.Policies[1])
		tag("Result", result(g))
	} else {
		for side, policy := range g.Policies {
			tag(fmt.Sprintf("Side%d", side+1), policy)
			tag(fmt.Sprintf("Place%d", side+1), strconv.Itoa(g.Places[side]+1))
		}
		tag("Result", "*")
	}
	tag("Seed", strconv.FormatUint(g.Seed, 10))
	tag("PlyCount", strconv.Itoa(g.Ticks))
	tag("Termination", remark(g))
	end := "*"
	if len(g.Policies) == 2 {
		end = result(g)
	}
	_, err := fmt.Fprintf(w, "\n{match %s} %s\n\n", g.Key, end)
	return err
}
