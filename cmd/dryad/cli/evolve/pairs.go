package evolve

import (
	"encoding/json"
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve"
	"dryad/evolve/session"
	"dryad/internal/english"
	"dryad/job"
	"dryad/lspo/prefer"
	"dryad/store"
)

// pairsCommand exports preferences between candidates.
type pairsCommand struct {
	Folder string  `arg:"" name:"run" help:"Folder of a run whose candidates a model wrote." type:"existingdir"`
	Format string  `enum:"trl,openrlhf,llama-factory,openai" default:"trl" help:"Shape of the rows: trl (axolotl reads it too), openrlhf, llama-factory or openai."`
	Margin float64 `default:"0.1" help:"Least difference of the two screening scores." placeholder:"P"`
	Out    string  `required:"" help:"File to write, one JSON object a line." placeholder:"FILE"`
}

// Help is the long help of the command.
func (pairsCommand) Help() string {
	return `A row has the question of a candidate, its tree as the chosen answer, and as the
rejected one a candidate of the same generation that scored lower in the screening
against the same champion by --margin at least. The question is the better one's, in
one message; those of a generation differ in their last paragraph alone. A screening
is few matches: the margin is a noisy one, and the origin of each row says how many
pairs of matches there were. OpenAI's rows have no room for margin and origin, and
get a file of the same lines beside theirs. 'dryad lspo pairs --help' says how
trainers read each shape, 'dryad lspo lint FILE' checks one.

  dryad evolve pairs runs/evolve-1 --format trl --out pairs.jsonl`
}

// preference says where a row comes from.
type preference struct {
	Game       string     `json:"game"`
	Generation int        `json:"generation"`
	Chosen     preferable `json:"chosen"`
	Rejected   preferable `json:"rejected"`
}

type preferable struct {
	Slot  int     `json:"slot"`
	Score float64 `json:"score"`
	Pairs int     `json:"pairs"`
}

func (c *pairsCommand) Run(env *frame.Env) error {
	if c.Margin <= 0 || c.Margin > 1 {
		return fmt.Errorf("--margin %g: it must be above 0, and 1 at most", c.Margin)
	}
	var kept settings
	kind, _, err := job.Inspect(c.Folder, &kept)
	if err != nil {
		return err
	}
	if kind != "evolve" || !kept.proposes() {
		return fmt.Errorf("%s is no run of evolve whose candidates a model wrote", c.Folder)
	}
	db, err := store.Open(job.Database(c.Folder))
	if err != nil {
		return err
	}
	defer db.Close()
	candidates, err := db.Candidates(env.Context, session.ID)
	if err != nil {
		return err
	}
	rows, err := preferences(kept.Game, candidates, c.Margin)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("%s has no two candidates of a model in one generation whose scores differ by %g", c.Folder, c.Margin)
	}
	origins, err := prefer.Save(c.Out, prefer.Format(c.Format), rows)
	if err != nil {
		return err
	}
	if origins != "" {
		env.Logf("margin and origin of each row are in %s", origins)
	}
	env.Printf("%s in %s\n", english.Number(len(rows), "preference"), c.Out)
	return nil
}

// preferences are the rows of all generations, in order.
func preferences(game string, candidates []store.Candidate, margin float64) ([]prefer.Row, error) {
	entries := make([]evolve.Entry, len(candidates))
	for i, c := range candidates {
		if err := json.Unmarshal(c.Result, &entries[i]); err != nil {
			return nil, fmt.Errorf("read candidate %d.%d: %w", c.Generation, c.Slot, err)
		}
	}
	var rows []prefer.Row
	for i, better := range entries {
		for j, worse := range entries {
			if better.Generation != worse.Generation || candidates[i].Prompt == "" || candidates[j].Prompt == "" ||
				better.Screen.Pairs() == 0 || worse.Screen.Pairs() == 0 {
				continue
			}
			difference := better.Screen.Score() - worse.Screen.Score()
			if difference < margin {
				continue
			}
			rows = append(rows, prefer.Row{
				Prompt: candidates[i].Prompt, Chosen: answered(candidates[i].Tree), Rejected: answered(candidates[j].Tree), Margin: difference,
				Origin: preference{game, better.Generation, preferred(better), preferred(worse)},
			})
		}
	}
	return rows, nil
}

func preferred(e evolve.Entry) preferable {
	return preferable{e.Slot, e.Screen.Score(), e.Screen.Pairs()}
}

// answered is a tree in the form in which a model is asked for it.
func answered(tree string) string {
	return "```\n" + strings.TrimRight(tree, "\n") + "\n```"
}
