package evolve

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"dryad/llm/lessons"
	"dryad/tournament/worth"
)

// toldFlags say what an author is told that was found before the run.
type toldFlags struct {
	Worth   string `default:"shipped" help:"What the author is told of the measured worth of words: shipped, none, or a table of 'dryad games measure -o FILE'." placeholder:"FILE"`
	Lessons string `help:"File of lessons of earlier runs: the author is told those about the game, and what this run teaches is added at its end." placeholder:"FILE" type:"path"`
	Told    string `help:"File of a run's folder (told.json) with what its author was told, in place of --worth and --lessons." placeholder:"FILE" type:"existingfile"`
}

// untoldFlag leaves parts of the question out.
type untoldFlag struct {
	Untold []string `enum:"tried,account,others" help:"Part of what a model is told to leave out, for comparisons: tried (the list of candidates), account (what the champion's matches say but for results) or others (the trees beside the champion); repeat for more." placeholder:"PART"`
}

// The values of --worth that are no files.
const (
	shipped = "shipped"
	none    = "none"
)

// told is what the flags come to; a run keeps it.
type told struct {
	Worth   []string `json:"worth,omitempty"`
	Lessons []string `json:"lessons,omitempty"`
	// LessonsFile is where the lessons of the run go; empty for nowhere.
	LessonsFile string `json:"lessons_file,omitempty"`
}

// worthLines is how many entries an author is told.
const worthLines = 30

// read reads the files that the flags name.
func (f *toldFlags) read(game string) (t told, err error) {
	if f.Told != "" {
		if f.Worth != shipped || f.Lessons != "" {
			return t, errors.New("--told stands in the place of --worth and --lessons")
		}
		text, err := os.ReadFile(f.Told)
		if err == nil {
			err = json.Unmarshal(text, &t)
		}
		if err != nil {
			return t, fmt.Errorf("--told: %w", err)
		}
		t.LessonsFile = ""
		return t, nil
	}
	var table worth.Table
	switch f.Worth {
	case shipped:
		table, err = worth.Shipped(game)
	case none:
	default:
		var text []byte
		if text, err = os.ReadFile(f.Worth); err == nil {
			table, err = worth.Parse(text)
		}
	}
	if err != nil {
		return t, fmt.Errorf("--worth: %w", err)
	}
	t.Worth, t.LessonsFile = table.Lines(worthLines), f.Lessons
	if f.Lessons != "" {
		known, err := lessons.Read(f.Lessons)
		if err != nil {
			return t, fmt.Errorf("--lessons: %w", err)
		}
		t.Lessons = lessons.Words(lessons.Of(known, game))
	}
	return t, nil
}

// file is what --told reads.
func (t told) file() ([]byte, error) {
	t.LessonsFile = ""
	return json.MarshalIndent(t, "", "  ")
}
