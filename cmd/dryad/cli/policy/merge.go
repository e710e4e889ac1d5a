package policy

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl"
	"dryad/dsl/merge"
	"dryad/internal/atomicfile"
	"dryad/job"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/tournament/evaluate"
	"dryad/vocab"
)

type mergeCommand struct {
	Policies []string `arg:"" help:"Policies to join, two at least."`
	By       string   `help:"What the guards ask for." enum:"mode" default:"mode"`
	Output   string   `short:"o" help:"File to write." placeholder:"FILE" required:""`
	Games    string   `help:"Named games to measure on, by conditions, as of dryad evaluate." placeholder:"FILTER"`
	Sample   int      `help:"Games of each mode; each two policies play two matches on each." default:"16" placeholder:"N"`
	frame.NetFlag
	frame.WADFlag
	frame.TicksFlag
	frame.SeedFlag
	frame.WorkersFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (mergeCommand) Help() string {
	return strings.TrimSpace(`
The policies play each other on training games of every mode. The one with the
highest mean score in a mode plays it in the new policy, below a guard on the
mode. The new policy is then measured against each of them on held-out games.

  dryad policy merge --by mode a.dryad b.dryad c.dryad -o all.dryad
  dryad policy merge a.dryad b.dryad -o all.dryad --games 'mode=domination,survival' --sample 50`)
}

// merged is what merge prints with --json.
type merged struct {
	Output   string            `json:"output"`
	Policies []string          `json:"policies"`
	Modes    []evaluate.Scores `json:"modes"`
	// Measured are the rows of the new policy over all held-out games.
	Measured []evaluate.Row `json:"measured"`
}

func (c *mergeCommand) Run(env *frame.Env) error {
	if len(c.Policies) < 2 {
		return errors.New("name two policies at least")
	}
	if c.Sample < 1 {
		return fmt.Errorf("--sample %d: it must be 1 at least", c.Sample)
	}
	if err := c.FindWADs(); err != nil {
		return err
	}
	row, err := c.row(env)
	if err != nil {
		return err
	}
	if err := c.ReadNets(env, row.Name); err != nil {
		return err
	}
	policies, err := c.read(env, row)
	if err != nil {
		return err
	}
	training, err := c.games(row, "training")
	if err != nil {
		return err
	}
	heldOut, err := c.games(row, "held-out")
	if err != nil {
		return err
	}
	var seated []match.Entrant
	result := merged{Output: c.Output}
	for _, p := range policies {
		seated = append(seated, match.Tree(p))
		result.Policies = append(result.Policies, p.Name)
	}
	progress := job.NewProgress(job.ProgressParams{Out: env.Stderr, Terminal: env.Terminal, Label: "pairs", Unit: "matches"})
	defer progress.Close()
	params := evaluate.Params{Row: row, Games: training, Seed: c.Seed, Ticks: c.Ticks, Dispatch: &dispatch.Dispatcher{Workers: c.Workers}, Progress: progress, Program: frame.Version}
	var stopped job.Stop
	if result.Modes, stopped, err = evaluate.Compare(env.Context, params, seated); err != nil {
		return err
	}
	if stopped != job.Finished {
		return fmt.Errorf("%s; nothing is written", stopped.Sentence())
	}
	parts := partsOf(policies, result.Modes)
	if len(parts) == 1 {
		progress.Close()
		return fmt.Errorf("%s is the best of them in every mode: there is nothing to merge", parts[0].Name)
	}
	name := strings.TrimSuffix(filepath.Base(c.Output), filepath.Ext(c.Output))
	file, err := merge.Trees(name, c.By, parts)
	if err != nil {
		return err
	}
	source := dsl.Format(file)
	joined, faults := row.Checker(env.Networks).Parse(name, source)
	if joined == nil {
		return fmt.Errorf("the merged policy is faulty: %w", faults.Err())
	}
	params.Games, params.Policy, params.Against = heldOut, match.Tree(joined), seated
	if err := params.Check(); err != nil {
		return err
	}
	if err := atomicfile.Rewrite(c.Output, []byte(source)); err != nil {
		return err
	}
	measured, err := evaluate.Run(env.Context, params)
	progress.Close()
	if err != nil {
		return err
	}
	for _, r := range measured.Rows {
		if r.By == "all" {
			result.Measured = append(result.Measured, r)
		}
	}
	if c.JSON {
		return env.JSON(result)
	}
	return result.show(env)
}

// row is the catalogue's row of the game that the first policy names.
func (c *mergeCommand) row(env *frame.Env) (*catalog.Row, error) {
	file, err := parsePolicy(env, c.Policies[0])
	if err != nil {
		return nil, err
	}
	row, err := catalog.Find(file.Policy.Game)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Policies[0], err)
	}
	words := row.Game().Vocabulary()
	at, ok := words.Reading(c.By)
	if !ok || at >= len(words.Features) || words.Features[at].Kind != vocab.Enum || row.Definitions == nil {
		return nil, fmt.Errorf("the policies of %s cannot be merged by %s: the game has no such feature or no named games", row.Name, c.By)
	}
	return row, nil
}

// read reads the policies; their names differ.
func (c *mergeCommand) read(env *frame.Env, row *catalog.Row) ([]*policy.Policy, error) {
	var list []*policy.Policy
	for _, path := range c.Policies {
		p, err := seats.PlayablePolicy(env, path, row.Game())
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list, func(q *policy.Policy) bool { return q.Name == p.Name }) {
			return nil, fmt.Errorf("two policies are named %s: rename one", p.Name)
		}
		list = append(list, p)
	}
	return list, nil
}

// games draws as many games of each mode as the flag says from a part of the
// catalogue, unless the filter names a part itself.
func (c *mergeCommand) games(row *catalog.Row, split string) ([]catalog.Definition, error) {
	filter, err := catalog.ParseFilter(c.Games)
	if err != nil {
		return nil, fmt.Errorf("--games: %w", err)
	}
	if !filter.Has("split") {
		filter = filter.With("split", split)
	}
	all, err := row.Choose(filter)
	if err != nil {
		return nil, fmt.Errorf("--games: %w", err)
	}
	byMode := map[string][]catalog.Definition{}
	var modes []string
	for _, d := range all {
		if byMode[d.Mode] == nil {
			modes = append(modes, d.Mode)
		}
		byMode[d.Mode] = append(byMode[d.Mode], d)
	}
	var chosen []catalog.Definition
	for _, m := range modes {
		chosen = append(chosen, catalog.Sample(byMode[m], c.Sample, c.Seed)...)
	}
	return chosen, nil
}

// partsOf are the policies that are best in some mode; the one with the most modes
// is the last and plays all others too.
func partsOf(policies []*policy.Policy, modes []evaluate.Scores) []merge.Part {
	parts := make([]merge.Part, len(policies))
	for i, p := range policies {
		parts[i] = merge.Part{Name: p.Name, File: p.File}
	}
	for _, m := range modes {
		parts[m.Best].Words = append(parts[m.Best].Words, m.Mode)
	}
	parts = slices.DeleteFunc(parts, func(p merge.Part) bool { return len(p.Words) == 0 })
	slices.SortStableFunc(parts, func(a, b merge.Part) int { return len(a.Words) - len(b.Words) })
	return parts
}

// show prints both tables.
func (m *merged) show(env *frame.Env) error {
	return frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintf(w, "mode\t%s\tmatches\tplays it\n", strings.Join(m.Policies, "\t"))
		for _, s := range m.Modes {
			fmt.Fprint(w, s.Mode)
			for _, score := range s.Of {
				fmt.Fprintf(w, "\t%.3f", score)
			}
			fmt.Fprintf(w, "\t%d\t%s\n", s.Matches, m.Policies[s.Best])
		}
		fmt.Fprintf(w, "\n%s on held-out games against\tscore\tinterval\tmatches\n", m.Output)
		for _, r := range m.Measured {
			fmt.Fprintf(w, "%s\t%.3f\t%.3f to %.3f\t%d\n", r.Opponent, r.Score, r.Low, r.High, r.Matches)
		}
	})
}
