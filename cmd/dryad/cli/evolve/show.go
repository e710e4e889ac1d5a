package evolve

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve"
	"dryad/evolve/session"
	"dryad/internal/english"
	"dryad/job"
	"dryad/llm"
	"dryad/store"
)

// account is what a run's folder says of the run.
type account struct {
	Run         string `json:"run"`
	Game        string `json:"game"`
	Seed        uint64 `json:"seed"`
	Search      string `json:"search"`
	Proposer    string `json:"proposer"`
	Critic      string `json:"critic,omitempty"`
	Asked       spent  `json:"asked"`
	AskedCritic spent  `json:"asked_critic"`
	// Authors says what came of the proposals of each.
	Authors     []evolve.AuthorTally `json:"authors"`
	Status      string               `json:"status"`
	Stopped     string               `json:"stopped"`
	Generations int                  `json:"generations"`
	MaxMatches  int                  `json:"max_matches"`
	Fates       map[evolve.Fate]int  `json:"fates"`
	Champions   []championRow        `json:"champions"`
	HeldOut     []evolve.HeldOut     `json:"held_out"`

	source string
	flags  string // those of the command line, but for seed, budget and finals
}

// championRow is one of the champions of a run.
type championRow struct {
	Generation int      `json:"generation"`
	Slot       int      `json:"slot"`
	Nodes      int      `json:"nodes"`
	How        []string `json:"how"`
	Score      float64  `json:"score"` // of its sequential test
	Pairs      int      `json:"pairs"`
	Hash       string   `json:"hash"`
}

// spent is what the questions of a run came to.
type spent struct {
	Answers int `json:"answers"`
	Tokens  int `json:"tokens"`
}

// spentOn reads a recording of a run; nothing if there is none.
func spentOn(path string) (spent, error) {
	cassette, err := llm.ReadCassette(path)
	if errors.Is(err, fs.ErrNotExist) {
		return spent{}, nil
	}
	if err != nil {
		return spent{}, err
	}
	return spent{cassette.Len(), cassette.Used().Total()}, nil
}

// readAccount reads a run's folder. The run may still be at work.
func readAccount(env *frame.Env, folder string) (*account, error) {
	var kept settings
	kind, _, err := job.Inspect(folder, &kept)
	if err != nil {
		return nil, err
	}
	if kind != "evolve" {
		return nil, fmt.Errorf("%s is a run of %q, not of evolve", folder, kind)
	}
	a := &account{Run: folder, Game: kept.Game, Seed: kept.Seed, Search: kept.Search, Proposer: kept.Proposer, MaxMatches: kept.MaxMatches, flags: withoutFinals(kept.Flags),
		Fates: map[evolve.Fate]int{}, Champions: []championRow{}, HeldOut: []evolve.HeldOut{}}
	if a.Search == "" {
		a.Search = evolve.SearchGenetic
	}
	if kept.Critic {
		a.Critic = cmp.Or(kept.Vision, program(kept.Asking.LLMExec), "a model")
		if kept.Second != "" {
			a.Critic += ", checked by " + kept.Second
		}
	}
	if a.Asked, err = spentOn(filepath.Join(folder, exchangesFile)); err != nil {
		return nil, err
	}
	if a.AskedCritic, err = spentOn(filepath.Join(folder, criticsFile)); err != nil {
		return nil, err
	}
	db, err := store.Open(job.Database(folder))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	run, err := db.Run(env.Context, session.ID)
	if err != nil {
		return nil, err
	}
	a.Status, a.Stopped = string(run.Status), run.Stopped
	candidates, err := db.Candidates(env.Context, session.ID)
	if err != nil {
		return nil, err
	}
	var entries []*evolve.Entry
	for _, c := range candidates {
		var e evolve.Entry
		if err := json.Unmarshal(c.Result, &e); err != nil {
			return nil, fmt.Errorf("read candidate %d.%d of %s: %w", c.Generation, c.Slot, folder, err)
		}
		entries = append(entries, &e)
		a.Fates[e.Fate]++
		a.Generations = max(a.Generations, e.Generation)
		if e.Fate != evolve.Accepted {
			continue
		}
		row := championRow{Generation: e.Generation, Slot: e.Slot, Nodes: e.Nodes, How: e.How, Hash: e.Hash}
		if e.Test != nil {
			row.Score, row.Pairs = e.Test.Pairs.Score(), e.Test.Pairs.Pairs()
		}
		a.Champions = append(a.Champions, row)
	}
	if a.Authors = evolve.ByAuthor(entries); len(a.Authors) == 1 && a.Authors[0].Author == "" {
		a.Authors[0].Author = kept.Proposer
	}
	return a, a.readFiles(folder)
}

// readFiles adds the champion's tree and the finals, where the run has got so
// far.
func (a *account) readFiles(folder string) error {
	text, err := os.ReadFile(filepath.Join(folder, session.ChampionFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	a.source = string(text)
	text, err = os.ReadFile(filepath.Join(folder, session.MetricsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var metrics struct {
		HeldOut []evolve.HeldOut `json:"held_out"`
	}
	if err := json.Unmarshal(text, &metrics); err != nil {
		return fmt.Errorf("read %s: %w", filepath.Join(folder, session.MetricsFile), err)
	}
	a.HeldOut = metrics.HeldOut
	return nil
}

type showCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of the run; it may still be at work."`
	frame.JSONFlag
}

func (c *showCommand) Run(env *frame.Env) error {
	a, err := readAccount(env, c.Folder)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(a)
	}
	if err := frame.Columns(env.Stdout, func(w io.Writer) { a.show(w) }); err != nil {
		return err
	}
	if len(a.HeldOut) > 0 {
		heldOutTable(env, a.HeldOut)
	}
	if a.source != "" {
		env.Printf("\n%s", a.source)
	}
	return nil
}

// show writes the run and its champions.
func (a *account) show(w io.Writer) {
	fmt.Fprintf(w, "%s: evolve %s, search %s, seed %d, %s\n", a.Run, a.Game, a.Search, a.Seed, a.status())
	fmt.Fprintf(w, "%s; candidates: %s\n", english.Number(a.Generations, "generation"), a.fates())
	if a.Asked.Answers > 0 {
		fmt.Fprintf(w, "author: %s, %d tokens\n", english.Number(a.Asked.Answers, "answer"), a.Asked.Tokens)
	}
	if a.Critic != "" {
		fmt.Fprintf(w, "critic %s: %s, %d tokens\n", a.Critic, english.Number(a.AskedCritic.Answers, "answer"), a.AskedCritic.Tokens)
	}
	fmt.Fprintln(w)
	if len(a.Authors) > 1 || len(a.Authors) == 1 && a.Authors[0].Tokens > 0 {
		fmt.Fprintln(w, "author\tproposals\tvalid\tat once\trepeated\taccepted\tmean gain\ttokens\tfor each accepted")
		for _, t := range a.Authors {
			fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%.3f\t%d\t%s\n", t.Author, t.Proposals, t.Valid, t.AtOnce, t.Repeated, t.Accepted, t.Gain, t.Tokens, t.PerAccepted())
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, "champion\tnodes\ttest score\tpairs\tmade by")
	for _, r := range a.Champions {
		score, pairs := "", ""
		if r.Pairs > 0 {
			score, pairs = fmt.Sprintf("%.3f", r.Score), fmt.Sprint(r.Pairs)
		}
		fmt.Fprintf(w, "%d.%d\t%d\t%s\t%s\t%s\n", r.Generation, r.Slot, r.Nodes, score, pairs, strings.Join(r.How, ", "))
	}
}

func (a *account) status() string {
	if a.Stopped != "" {
		return a.Stopped
	}
	return a.Status
}

// program is the first word of a command, without its folder.
func program(command string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(command), " ")
	if first == "" {
		return ""
	}
	return filepath.Base(first)
}

// fates counts the candidates in words.
func (a *account) fates() string {
	var parts []string
	for _, f := range []evolve.Fate{evolve.Pending, evolve.Faulty, evolve.Repeated, evolve.Screened, evolve.Rejected, evolve.Accepted} {
		if n := a.Fates[f]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, f))
		}
	}
	return strings.Join(parts, ", ")
}

type compareCommand struct {
	First  string `arg:"" help:"Folder of a run."`
	Second string `arg:"" help:"Folder of another."`
	frame.JSONFlag
}

// comparison is how two runs did against one opponent of the finals.
type comparison struct {
	Opponent string         `json:"opponent"`
	Mode     string         `json:"mode"`
	First    evolve.HeldOut `json:"first"`
	Second   evolve.HeldOut `json:"second"`
	// Overlap says that the two intervals have a value in common.
	Overlap bool `json:"overlap"`
}

func (c *compareCommand) Run(env *frame.Env) error {
	var both [2]*account
	for i, folder := range []string{c.First, c.Second} {
		var err error
		if both[i], err = readAccount(env, folder); err != nil {
			return err
		}
	}
	if both[0].Game != both[1].Game {
		return fmt.Errorf("%s is of %s and %s of %s: they have no opponents in common", c.First, both[0].Game, c.Second, both[1].Game)
	}
	rows := []comparison{}
	for _, a := range both[0].HeldOut {
		for _, b := range both[1].HeldOut {
			if a.Opponent == b.Opponent && a.Mode == b.Mode {
				rows = append(rows, comparison{a.Opponent, a.Mode, a, b, a.CILow <= b.CIHigh && b.CILow <= a.CIHigh})
			}
		}
	}
	if c.JSON {
		return env.JSON(struct {
			First  *account     `json:"first"`
			Second *account     `json:"second"`
			Rows   []comparison `json:"held_out"`
		}{both[0], both[1], rows})
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintf(w, "\t%s\t%s\n", c.First, c.Second)
		line := func(name string, of func(*account) any) {
			fmt.Fprintf(w, "%s\t%v\t%v\n", name, of(both[0]), of(both[1]))
		}
		line("search", func(a *account) any { return a.Search })
		line("proposer", func(a *account) any { return a.Proposer })
		line("critic", func(a *account) any { return cmp.Or(a.Critic, "none") })
		line("seed", func(a *account) any { return a.Seed })
		line("status", func(a *account) any { return a.status() })
		line("generations", func(a *account) any { return a.Generations })
		line("candidates", func(a *account) any { return a.fates() })
		line("tokens for each accepted", func(a *account) any {
			var all evolve.AuthorTally
			for _, t := range a.Authors {
				all.Tokens, all.Accepted = all.Tokens+t.Tokens, all.Accepted+t.Accepted
			}
			return cmp.Or(all.PerAccepted(), "-")
		})
		line("champions", func(a *account) any { return len(a.Champions) })
		for _, of := range []struct {
			who   string
			spent func(*account) spent
		}{{"author", func(a *account) spent { return a.Asked }}, {"critic", func(a *account) spent { return a.AskedCritic }}} {
			if of.spent(both[0]).Answers+of.spent(both[1]).Answers > 0 {
				line("answers of the "+of.who, func(a *account) any { return of.spent(a).Answers })
				line("tokens of the "+of.who, func(a *account) any { return of.spent(a).Tokens })
			}
		}
		fmt.Fprintln(w)
		for _, r := range rows {
			note := ""
			if !r.Overlap {
				note = "the intervals do not overlap"
			}
			fmt.Fprintf(w, "against %s, %s\t%s\t%s\t%+.1f\t%s\n", r.Opponent, r.Mode, inPercent(r.First), inPercent(r.Second),
				100*(r.Second.WinRate-r.First.WinRate), note)
		}
		if len(rows) == 0 {
			fmt.Fprintln(w, "no finals in common: one of the runs has not played them")
		}
	})
}

func inPercent(h evolve.HeldOut) string {
	return fmt.Sprintf("%.1f %% (%.1f to %.1f)", 100*h.WinRate, 100*h.CILow, 100*h.CIHigh)
}
