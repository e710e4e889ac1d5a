package games

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"dryad/catalog"
	"dryad/catalog/gamefile"
	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/internal/english"
	"dryad/vocab"
)

type Command struct {
	List    listCommand    `cmd:"" help:"Name the games."`
	Show    showCommand    `cmd:"" help:"Show what a policy may say about a game."`
	Schema  schemaCommand  `cmd:"" help:"Print the JSON Schema of games show --json."`
	New     newCommand     `cmd:"" help:"Write a first game in Lua to go on from."`
	Check   checkCommand   `cmd:"" help:"Say all that is wrong with a game in Lua."`
	Measure measureCommand `cmd:"" help:"Measure what the words of a game are worth beside their neighbours."`
}

type listCommand struct {
	Game    string `arg:"" optional:"" help:"Game whose catalogue is meant."`
	Catalog bool   `help:"List the named definitions of the game."`
	Check   bool   `help:"With --catalog: prove each definition playable."`
	Mode    string `help:"With --catalog: only these rule sets, separated by commas." placeholder:"MODE"`
	Family  string `help:"With --catalog: only maps of these families, such as caves or freedm." placeholder:"FAMILY"`
	Map     string `help:"With --catalog: only this map." placeholder:"MAP"`
	Rules   string `help:"With --catalog: only these variants of the rules, such as fog." placeholder:"VARIANT"`
	Split   string `help:"With --catalog: only training, validation or held-out ones." placeholder:"PART"`
	Games   string `help:"With --catalog: all of the above in one filter, as other commands take it." placeholder:"FILTER"`
	Sample  int    `help:"With --catalog: draw so many by the seed." placeholder:"N"`
	frame.SeedFlag
	frame.WorkersFlag
	frame.JSONFlag
}

// gameLine is a line of games list.
type gameLine struct {
	Name       string `json:"name"`
	Version    int    `json:"version"`
	TickRate   int    `json:"ticks_per_second"`
	Features   int    `json:"features"`
	Conditions int    `json:"conditions"`
	Choosers   int    `json:"choosers"`
	Tasks      int    `json:"tasks"`
	Nets       int    `json:"nets"`
}

func (c *listCommand) Run(env *frame.Env) error {
	if c.Catalog {
		return c.catalog(env)
	}
	if c.Game != "" || c.Check || c.Mode+c.Family+c.Map+c.Rules+c.Split+c.Games != "" || c.Sample != 0 {
		return errors.New("games list: a game, --check, --sample and filters go with --catalog")
	}
	var lines []gameLine
	for _, name := range catalog.Names() {
		game, err := catalog.Game(name)
		if err != nil {
			return err
		}
		v := game.Vocabulary()
		lines = append(lines, gameLine{name, v.Version, v.TicksPerSecond, len(v.Features), len(v.Conditions), len(v.Choosers), len(v.Tasks), len(v.Nets)})
	}
	if c.JSON {
		return env.JSON(struct {
			Games []gameLine `json:"games"`
		}{lines})
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintln(w, "game\tticks/s\tfeatures\tconditions\tchoosers\ttasks\tneural tasks")
		for _, l := range lines {
			fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\n", l.Name, l.TickRate, l.Features, l.Conditions, l.Choosers, l.Tasks, l.Nets)
		}
	})
}

type showCommand struct {
	Game string `arg:"" help:"Name of the game, or GAME/NAME for a definition of its catalogue."`
	frame.JSONFlag
}

func (c *showCommand) Run(env *frame.Env) error {
	if game, name, named := strings.Cut(c.Game, "/"); named && !gamefile.Is(c.Game) {
		return c.definition(env, game, name)
	}
	row, _, err := catalog.Select(c.Game)
	if err != nil {
		return err
	}
	game := row.Game()
	config, err := game.Complete(games.Config{})
	if err != nil {
		return err
	}
	v := game.Vocabulary()
	if c.JSON {
		return env.JSON(describe(v, config))
	}
	return frame.Columns(env.Stdout, func(w io.Writer) { showGame(w, v, config) })
}

// showGame writes the words of a game, a list for each kind.
func showGame(w io.Writer, v *vocab.Vocabulary, config games.Config) {
	rate := fmt.Sprintf("%s a second", english.Number(v.TicksPerSecond, "tick"))
	if v.TicksPerSecond == 0 {
		rate = "in turns"
	}
	unit, place := "tick", ""
	if v.TicksPerSecond == 0 {
		unit = "turn"
	}
	if config.Map != "" {
		place = config.Map + ", "
	}
	if config.Mode != "" {
		place += "mode " + config.Mode + ", "
	}
	fmt.Fprintf(w, "%s, version %d: %s; by default %s%s, %s\n",
		v.Game, v.Version, rate, place, english.Number(config.Seats, "seat"), english.Number(config.Ticks, unit))
	fmt.Fprintln(w, "\nfeatures")
	for _, f := range v.Features {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", f.Name, f.Kind, featureRange(f), f.Description)
	}
	list := func(title string, n int, line func(i int) string) {
		if n == 0 {
			return
		}
		fmt.Fprintf(w, "\n%s\n", title)
		for i := range n {
			fmt.Fprintf(w, "  %s\n", line(i))
		}
	}
	list("conditions", len(v.Conditions), func(i int) string { return v.Conditions[i].Name + "\t" + v.Conditions[i].Description })
	list("choosers", len(v.Choosers), func(i int) string {
		c := v.Choosers[i]
		return fmt.Sprintf("%s\t%s\t%s", c.Name, c.Kind, c.Description)
	})
	list("tasks", len(v.Tasks), func(i int) string { return taskLine(v, v.Tasks[i]) })
	list("neural tasks", len(v.Nets), func(i int) string {
		n := v.Nets[i]
		return fmt.Sprintf("%s\t%s -> %s\tinstead of %s: %s", n.Name, shape(n.Inputs), shape(n.Outputs), n.Rule, n.Description)
	})
	list("to know", len(v.Notes), func(i int) string { return v.Notes[i] })
}

// featureRange says which values a feature takes.
func featureRange(f vocab.Feature) string {
	switch {
	case f.Kind == vocab.Enum:
		return strings.Join(f.Values, "|")
	case f.Kind == vocab.Bool:
		return ""
	}
	return strings.TrimSpace(frame.Plain(f.Min) + " to " + frame.Plain(f.Max) + " " + f.Unit)
}

// taskLine shows a task with its parameters and the channels that it uses.
func taskLine(v *vocab.Vocabulary, t vocab.Task) string {
	call := t.Name
	for _, p := range t.Params {
		var kinds []string
		for _, k := range p.Kinds {
			kinds = append(kinds, k.String())
		}
		text := p.Name + ":" + strings.Join(kinds, "|")
		if p.Optional {
			text = "[" + text + "]"
		}
		call += " " + text
	}
	var channels []string
	for i, c := range v.Channels {
		if t.Channels&(1<<i) != 0 {
			channels = append(channels, c)
		}
	}
	return fmt.Sprintf("%s\t%s\t%s", call, strings.Join(channels, ","), t.Description)
}

// shape writes a tensor's shape as 3x16x16.
func shape(dims []int) string {
	parts := make([]string, len(dims))
	for i, d := range dims {
		parts[i] = fmt.Sprint(d)
	}
	return strings.Join(parts, "x")
}
