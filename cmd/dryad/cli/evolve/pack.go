package evolve

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve"
	"dryad/internal/atomicfile"
	"dryad/internal/english"
	"dryad/job"
	"dryad/llm"
)

// packCommand makes a cassette that needs nothing else.
type packCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of a run whose candidates a model wrote." type:"existingdir"`
	Output string `short:"o" required:"" help:"The file to write, for example run.jsonl.gz." placeholder:"FILE" type:"path"`
}

// Help is the long help of the command.
func (packCommand) Help() string {
	return `The file holds the settings of the run and all questions and answers, compressed.
'dryad evolve GAME --cassette FILE' makes the run again with no call to a model: the
same champion, table and report, as long as dryad and the game are the same. The
answers of a critic go into a second file beside it.

  dryad evolve pack runs/evolve-1 -o run.jsonl.gz
  dryad evolve arena --cassette run.jsonl.gz`
}

// criticsFile is the file of a run's folder with the exchanges of its critic.
const criticsFile = "exchanges.critic.jsonl"

// criticsCassette names the recording of a critic beside that of an author.
func criticsCassette(path string) string {
	for _, end := range []string{".jsonl.gz", ".jsonl"} {
		if rest, is := strings.CutSuffix(path, end); is {
			return rest + ".critic" + end
		}
	}
	return path + ".critic"
}

func (c *packCommand) Run(env *frame.Env) error {
	var kept settings
	kind, _, err := job.Inspect(c.Folder, &kept)
	if err != nil {
		return err
	}
	if kind != "evolve" || !kept.records() {
		return fmt.Errorf("%s is no run of evolve whose candidates a model wrote or a folder held", c.Folder)
	}
	// What only the recorder needs, and would tell of its machine, is left out.
	kept.Asking = frame.ModelFlags{AnswerTokens: kept.Asking.AnswerTokens, Temperature: kept.Asking.Temperature, LLMConcurrent: kept.Asking.LLMConcurrent, Dialect: kept.Asking.Dialect}
	kept.LessonsFile = ""
	settings := func(recorded *llm.Cassette) (json.RawMessage, error) {
		if last := recorded.Generations(); last > 0 && last < kept.Generations {
			kept.Generations = last // the run was ended before its budget was spent
		}
		text, err := json.Marshal(kept)
		if err != nil {
			return nil, fmt.Errorf("pack a run: %w", err)
		}
		return text, nil
	}
	if err := c.pack(env, c.Output, exchangesFile, settings); err != nil || !kept.Critic {
		return err
	}
	return c.pack(env, criticsCassette(c.Output), criticsFile, settings)
}

// pack writes one file of the run's exchanges.
func (c *packCommand) pack(env *frame.Env, to, from string, settings func(*llm.Cassette) (json.RawMessage, error)) error {
	var file bytes.Buffer
	packed, err := llm.Pack(&file, filepath.Join(c.Folder, from), settings)
	if err != nil {
		return err
	}
	if err := atomicfile.Rewrite(to, file.Bytes()); err != nil {
		return err
	}
	env.Logf("%s: %s, %d kB", to, english.Number(packed.Len(), "exchange"), (file.Len()+1023)/1024)
	return nil
}

// packed are the settings of a run that a packed cassette replays.
func (c *runCommand) packed() (settings, error) {
	var s settings
	cassette, err := llm.ReadCassette(c.Cassette)
	if err != nil {
		return s, err
	}
	if cassette.Settings() == nil {
		return s, errors.New("the cassette does not hold the settings of its run ('dryad evolve pack' makes one that does): give them, with --proposer llm")
	}
	if err := json.Unmarshal(cassette.Settings(), &s); err != nil {
		return s, fmt.Errorf("the settings of the run on cassette %s: %w", c.Cassette, err)
	}
	if c.Game != "" && c.Game != s.Game && c.Game != s.Asked {
		return s, fmt.Errorf("the cassette is of a run of %s, not of %s", s.Game, c.Game)
	}
	c.Search = cmp.Or(c.Search, evolve.SearchLocal) // nothing was given
	if given := c.given(); len(given) > 0 {
		return s, fmt.Errorf("the cassette holds the settings of its run: leave out %s", given[0])
	}
	if !s.records() {
		return s, errors.New("the settings on the cassette are of a run without a model")
	}
	asking := s.Asking
	s.Asking = c.ModelFlags
	s.extend(c)
	s.Asking.AnswerTokens, s.Asking.Temperature, s.Asking.LLMConcurrent, s.Asking.Dialect = asking.AnswerTokens, asking.Temperature, asking.LLMConcurrent, asking.Dialect
	if s.Critic {
		if _, err := os.Stat(criticsCassette(c.Cassette)); err != nil {
			return s, fmt.Errorf("the critic's answers are not beside the cassette: %w", err)
		}
	}
	return s, nil
}
