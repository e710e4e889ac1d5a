package evolve

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve"
	"dryad/job"
)

// startFile and exchangesFile are files of the run's folder that the command
// line which makes the run again names.
const (
	startFile     = "start.dryad"
	exchangesFile = "exchanges.jsonl"
	toldFile      = "told.json"
)

func libraryFile(i int) string  { return fmt.Sprintf("library/%d.dryad", i+1) }
func sparringFile(i int) string { return fmt.Sprintf("against/%d.dryad", i+1) }

// keepFiles writes copies of the files that the settings came from into the
// run's folder.
func (s *settings) keepFiles(run *job.Run) error {
	files := map[string]string{startFile: s.Start}
	if s.proposes() {
		text, err := s.told.file()
		if err != nil {
			return err
		}
		files[toldFile] = string(text)
	}
	for i, b := range s.Library {
		files[libraryFile(i)] = b.Source
	}
	for i, b := range s.Sparring {
		files[sparringFile(i)] = b.Source
	}
	for name, source := range files {
		if err := run.Write(name, []byte(source)); err != nil {
			return err
		}
	}
	return nil
}

// given returns the flags that determine the run and differ from their defaults,
// but for budgets and for files, of which the run keeps copies.
func (c *runCommand) given() []string {
	var flags []string
	text := func(name, value, standard string) {
		if value != standard {
			flags = append(flags, name, value)
		}
	}
	number := func(name string, value, standard int) { text(name, strconv.Itoa(value), strconv.Itoa(standard)) }
	each := func(name string, values []string) {
		for _, v := range values {
			flags = append(flags, name, v)
		}
	}
	text("--proposer", c.Proposer, byGenetic)
	number("--author-tokens", c.AuthorCost, 0)
	text("--tactic", c.Tactic, "")
	text("--model", c.Model, "")
	if c.Critic {
		flags = append(flags, "--critic")
	}
	text("--vision-model", c.Vision, "")
	text("--second-critic", c.Second, "")
	if c.Patches {
		flags = append(flags, "--patches")
	}
	each("--untold", c.Untold)
	if has(c.Proposer, byModel) {
		number("--repairs", c.Repairs, 3)
		number("--answer-tokens", c.AnswerTokens, 4096)
		text("--temperature", strconv.FormatFloat(c.Temperature, 'g', -1, 64), "0")
	}
	text("--search", c.Search, evolve.SearchLocal)
	text("--opponents", c.Opponents, "")
	text("--aim", c.Aim, "")
	text("--curriculum", c.Curriculum, "auto")
	each("--without", c.Without)
	number("--candidates", c.Candidates, 0)
	number("--keep", c.Keep, 0)
	number("--islands", c.Islands, 0)
	text("--better", strconv.FormatFloat(c.Better, 'g', -1, 64), "0.6")
	number("--held-out-pairs", c.HeldOut, 100)
	each("--map", c.Maps)
	each("--held-out-map", c.Unseen)
	each("--mode", c.Modes)
	text("--games", c.Games, "")
	number("--sample", c.Sample, 0)
	number("--ticks", c.Ticks, 0)
	return flags
}

// again is the command line that makes the run again; path names a file of its
// folder.
func (s *settings) again(path func(...string) string) string {
	line := []string{"dryad", "evolve", cmp.Or(s.Asked, s.Game), "--seed", strconv.FormatUint(s.Seed, 10)}
	line = append(append(line, s.Flags...), s.abilities.flags()...)
	for _, task := range s.Nets {
		line = append(line, "--net", task+"="+path(frame.NetFile(task)))
	}
	if s.NetDeadline > 0 {
		line = append(line, "--net-deadline", strconv.Itoa(s.NetDeadline))
	}
	if row, err := catalog.Find(s.Game); err != nil || row.Start != s.Start {
		line = append(line, "--start", path(startFile))
	}
	for i := range s.Library {
		line = append(line, "--library", path(libraryFile(i)))
	}
	for i := range s.Sparring {
		line = append(line, "--against", path(sparringFile(i)))
	}
	if s.proposes() {
		line = append(line, "--told", path(toldFile))
	}
	if s.records() || s.Critic {
		line = append(line, "--cassette", path(exchangesFile))
	}
	if s.MaxMatches > 0 {
		line = append(line, "--max-matches", strconv.Itoa(s.MaxMatches))
	}
	if s.Generations > 0 {
		line = append(line, "--generations", strconv.Itoa(s.Generations))
	}
	if s.MaxMinutes > 0 {
		line = append(line, "--max-minutes", fmt.Sprint(s.MaxMinutes))
	}
	for i, word := range line {
		line[i] = quoted(word)
	}
	return strings.Join(line, " ")
}

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if word != "" && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%") == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
