package evolve

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve"
	"dryad/evolve/session"
)

// The kinds of authors that --proposer names.
const (
	byGenetic = "genetic"
	byModel   = "llm"
	byFolder  = "folder"
)

// writer is one author of --proposer: a kind, with the model or the folder of
// "llm:MODEL" and "folder:DIR".
type writer struct{ name, kind, of string }

// writers reads the list of --proposer.
func writers(list string) ([]writer, error) {
	var all []writer
	for _, name := range strings.Split(list, ",") {
		kind, of, given := strings.Cut(strings.TrimSpace(name), ":")
		w := writer{strings.TrimSpace(name), kind, of}
		switch {
		case kind == byFolder && of == "":
			return nil, fmt.Errorf("--proposer %s: name the folder, as folder:DIR", name)
		case kind == byGenetic && given, kind == byModel && given && of == "":
			return nil, fmt.Errorf("--proposer %s: it must be genetic, llm, llm:MODEL or folder:DIR, or several of them with commas", name)
		case kind != byGenetic && kind != byModel && kind != byFolder:
			return nil, fmt.Errorf("--proposer: there is no %q; it must be genetic, llm, llm:MODEL or folder:DIR, or several of them with commas", name)
		case slices.ContainsFunc(all, func(o writer) bool { return o.name == w.name }):
			return nil, fmt.Errorf("--proposer names %s twice", w.name)
		}
		all = append(all, w)
	}
	return all, nil
}

// has reports whether an author of a kind is among those of a list.
func has(list, kind string) bool {
	all, err := writers(list)
	return err == nil && slices.ContainsFunc(all, func(w writer) bool { return w.kind == kind })
}

// proposes reports whether a model is an author, records whether what an author
// answers is kept as an exchange.
func (s *settings) proposes() bool { return has(s.Proposer, byModel) }
func (s *settings) records() bool  { return s.proposes() || has(s.Proposer, byFolder) }

// propose makes the proposer that the settings name; models and recordings are open.
func (o *opened) propose(row *catalog.Row) (evolve.Proposer, error) {
	s := &o.settings
	all, err := writers(s.Proposer)
	if err != nil {
		return nil, err
	}
	var list []evolve.Author
	for _, w := range all {
		var p evolve.Proposer
		switch w.kind {
		case byGenetic:
			p = session.Embedded(row.Checker(o.env.Networks), s.Search)
		case byFolder:
			p = evolve.Dropped(w.of, o.model.Beside(evolve.DroppedFiles(w.of)))
		default:
			author, err := s.author(row, o.env)
			if err != nil {
				return nil, err
			}
			author.Provider, author.Say = o.model, func(line string) { o.progress.Say("%s", line) }
			if w.of != "" {
				if author.Provider, err = o.model.Named(o.env, &s.Asking, w.of); err != nil {
					return nil, err
				}
			}
			p = evolve.Model(author)
		}
		list = append(list, evolve.Author{Name: w.name, Proposer: p})
	}
	if len(list) == 1 {
		return list[0].Proposer, nil
	}
	return evolve.Authors(evolve.AuthorsParams{Authors: list, Tokens: s.AuthorCost}), nil
}

// remember opens the recording of authors that are no models.
func (o *opened) remember() (*frame.ModelSession, error) {
	return frame.Recording(o.env, o.settings.Asking.Cassette, o.run.Path(exchangesFile))
}

// absolute makes the folders of a list independent of where a run is resumed.
func absolute(list string) (string, error) {
	all, err := writers(list)
	if err != nil {
		return "", err
	}
	names := make([]string, len(all))
	for i, w := range all {
		names[i] = w.name
		if w.kind == byFolder {
			path, err := filepath.Abs(w.of)
			if err != nil {
				return "", fmt.Errorf("--proposer %s: %w", w.name, err)
			}
			names[i] = byFolder + ":" + path
		}
	}
	return strings.Join(names, ","), nil
}
