package lessons

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dryad/internal/atomicfile"
)

// Bounds of what is read: a lesson is a sentence or two, and a file of them is not
// large.
const (
	longestFile   = 1 << 20
	LongestLesson = 600 // bytes
)

// A Lesson is a thing that was learned about a game.
type Lesson struct {
	Game string `json:"game"`
	// Text is the lesson, in one line of at most LongestLesson bytes.
	Text string `json:"lesson"`
	// From says where it comes from: a person, or a run with what it measured.
	From string `json:"from,omitempty"`
}

// Read reads a file of lessons; none if there is no such file. The error names the
// line that is no lesson.
func Read(path string) ([]Lesson, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read lessons: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, longestFile+1))
	if err != nil {
		return nil, fmt.Errorf("read lessons: %w", err)
	}
	list, err := Parse(text)
	if err != nil {
		return nil, fmt.Errorf("read lessons %s: %w", path, err)
	}
	return list, nil
}

// Parse reads lessons, a JSON object on each line. Empty lines are passed over.
func Parse(text []byte) ([]Lesson, error) {
	if len(text) > longestFile {
		return nil, fmt.Errorf("there is more than %d kB", longestFile>>10)
	}
	var list []Lesson
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, longestFile+1)
	for number := 1; lines.Scan(); number++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var l Lesson
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		err := decoder.Decode(&l)
		if err == nil && decoder.More() {
			err = errors.New("more follows the object")
		}
		if err == nil {
			err = l.check()
		}
		if err != nil {
			return nil, fmt.Errorf(`line %d is no lesson: %w; a line is {"game": "arena", "lesson": "..."}`, number, err)
		}
		list = append(list, l)
	}
	return list, lines.Err()
}

func (l *Lesson) check() error {
	l.Text = strings.TrimSpace(l.Text)
	switch {
	case l.Game == "":
		return errors.New("it names no game")
	case l.Text == "":
		return errors.New("it says nothing")
	case len(l.Text) > LongestLesson:
		return fmt.Errorf("it has %d bytes, and %d are allowed", len(l.Text), LongestLesson)
	}
	for _, text := range []string{l.Game, l.Text, l.From} {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
			return errors.New("it holds control characters")
		}
	}
	return nil
}

// Of returns the lessons about a game, the newest last.
func Of(list []Lesson, game string) []Lesson {
	return slices.DeleteFunc(slices.Clone(list), func(l Lesson) bool { return l.Game != game })
}

// shown is how many lessons an author is told.
const shown = 24

// Words are lessons for an author, the newest first, at most 24.
func Words(list []Lesson) []string {
	var words []string
	for i := len(list) - 1; i >= 0 && len(words) < shown; i-- {
		text := list[i].Text
		if list[i].From != "" {
			text += " (from " + list[i].From + ")"
		}
		words = append(words, text)
	}
	return words
}

// Add appends lessons to a file, which is made if there is none. One that is there
// already is not added again; a text that is too long is cut.
func Add(path string, more ...Lesson) error {
	list, err := Read(path)
	if err != nil {
		return err
	}
	added := false
	for _, l := range more {
		l.Text = strings.Join(strings.FieldsFunc(l.Text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
		if len(l.Text) > LongestLesson {
			l.Text = strings.ToValidUTF8(l.Text[:LongestLesson-3], "") + "..."
		}
		if err := l.check(); err != nil {
			return fmt.Errorf("keep a lesson: %w", err)
		}
		if !slices.ContainsFunc(list, func(k Lesson) bool { return k.Game == l.Game && k.Text == l.Text }) {
			list, added = append(list, l), true
		}
	}
	if !added {
		return nil
	}
	var out bytes.Buffer
	for _, l := range list {
		line, err := json.Marshal(l)
		if err != nil {
			return fmt.Errorf("keep a lesson: %w", err)
		}
		out.Write(append(line, '\n'))
	}
	if out.Len() > longestFile {
		return fmt.Errorf("keep a lesson: %s would have more than %d kB", path, longestFile>>10)
	}
	return atomicfile.Rewrite(path, out.Bytes())
}
