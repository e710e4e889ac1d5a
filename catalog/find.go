package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"dryad/catalog/gamefile"
	"dryad/dsl"
	"dryad/dsl/starter"
	"dryad/games"
)

var (
	mutex sync.RWMutex
	rows  = map[string]*Row{}
)

func init() {
	for _, r := range own() {
		if err := Add(r); err != nil {
			panic("catalog: bug: " + err.Error())
		}
	}
}

// Add adds a game. The error is that the row is incomplete, or that there is a
// game of its name.
func Add(r Row) error {
	switch {
	case r.Name == "" || strings.Contains(r.Name, "/"):
		return fmt.Errorf("add a game to the catalogue: %q is no name", r.Name)
	case r.New == nil:
		return fmt.Errorf("add the game %s to the catalogue: nothing makes it", r.Name)
	}
	mutex.Lock()
	defer mutex.Unlock()
	if rows[r.Name] != nil {
		return fmt.Errorf("add the game %s to the catalogue: there is one of that name", r.Name)
	}
	rows[r.Name] = r.once()
	return nil
}

// Names returns the names of all games, sorted.
func Names() []string {
	mutex.RLock()
	defer mutex.RUnlock()
	names := make([]string, 0, len(rows))
	for name := range rows {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// ErrUnknown is wrapped by the errors of Find and Select for a name that there is
// not.
var ErrUnknown = errors.New("unknown game")

// unknownError says it and keeps ErrUnknown out of the sentence.
type unknownError string

func (e unknownError) Error() string { return string(e) }
func (unknownError) Unwrap() error   { return ErrUnknown }

// Find returns the row of a game. The error names the games that there are, or
// the one that was probably meant.
func Find(name string) (*Row, error) {
	mutex.RLock()
	row := rows[name]
	mutex.RUnlock()
	if row != nil {
		return row, nil
	}
	if gamefile.Is(name) {
		return open(name)
	}
	names := Names()
	if near, alike := dsl.Nearest(name, names); alike && len(near) > 0 {
		return nil, unknownError(fmt.Sprintf("there is no game %q; did you mean %q? (dryad games list names them all)", name, near[0]))
	}
	return nil, unknownError(fmt.Sprintf("there is no game %q; there are %s", name, strings.Join(names, ", ")))
}

// opened are the games that were given as files or commands, by that name.
var (
	openMutex sync.Mutex
	opened    = map[string]*Row{}
)

// open opens a game that was given as a file or a command, once.
func open(name string) (*Row, error) {
	openMutex.Lock()
	defer openMutex.Unlock()
	if row := opened[name]; row != nil {
		return row, nil
	}
	game, err := gamefile.Open(name)
	if err != nil {
		return nil, err
	}
	words := game.Vocabulary()
	// The row is named as it was given, so that a run can open the game again.
	r := Row{Name: name, New: func() games.Game { return game }, About: "the game " + words.Game}
	if start, err := starter.New("minimal", "start", words); err == nil {
		r.Start = dsl.Format(start)
	}
	r.Scenarios.Training, r.Scenarios.HeldOut = gamefile.Maps(game)
	r.Scenarios.Configs = gamefile.Configs(game)
	r.Paint = gamefile.Painter(game)
	row := r.once()
	opened[name] = row
	mutex.Lock()
	defer mutex.Unlock()
	if rows[words.Game] == nil {
		rows[words.Game] = row // the name that its policies give
	}
	return row, nil
}

// Game returns the game of a name, as Find does.
func Game(name string) (games.Game, error) {
	row, err := Find(name)
	if err != nil {
		return nil, err
	}
	return row.Game(), nil
}

// Select returns what GAME or GAME/DEFINITION names: the game's row and the
// definition's configuration, which is empty for the game alone.
func Select(name string) (*Row, games.Config, error) {
	if gamefile.Is(name) {
		row, err := Find(name)
		return row, games.Config{}, err
	}
	base, definition, named := strings.Cut(name, "/")
	row, err := Find(base)
	if err != nil || !named {
		if err != nil && !named {
			if owner := ownerOf(name); owner != "" {
				err = unknownError(fmt.Sprintf("%q is a definition of %s: write %s/%s", name, owner, owner, name))
			}
		}
		return row, games.Config{}, err
	}
	d, err := row.Define(definition)
	return row, d.Config, err
}

// ownerOf returns the game that has a definition of a name; "" for none.
func ownerOf(definition string) string {
	for _, name := range Names() {
		row, err := Find(name)
		if err != nil || row.Definitions == nil {
			continue
		}
		if _, err := row.Define(definition); err == nil {
			return name
		}
	}
	return ""
}

// Define returns a named configuration of the game. The error names those that
// are written alike.
func (r *Row) Define(name string) (Definition, error) {
	if r.Definitions == nil {
		return Definition{}, unknownError(fmt.Sprintf("%s has no named definitions", r.Name))
	}
	all := r.Definitions()
	at, ok := r.index()[name]
	if ok {
		return all[at], nil
	}
	names := make([]string, len(all))
	for i := range all {
		names[i] = all[i].Name
	}
	message := fmt.Sprintf("%s has no definition %q", r.Name, name)
	if near, alike := dsl.Nearest(name, names); alike && len(near) > 0 {
		message += fmt.Sprintf("; did you mean %q?", near[0])
	}
	return Definition{}, unknownError(message + fmt.Sprintf(" (dryad games list %s --catalog names them all)", r.Name))
}
