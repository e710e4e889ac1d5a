package session

import (
	"fmt"
	"strings"

	"dryad/dsl/patch"
	"dryad/evolve"
	"dryad/games"
	"dryad/replay"
)

// made adds to a replay how a tree was made: by whom, the change from its parent,
// and the prompt where a model wrote it. A tree that was simplified has all that of
// the tree that it was simplified from too. The notes stand at the seats whose
// policy has the name. The tree that the search began with has none.
func (s *Session) made(r *replay.Replay, name string, result *evolve.Result, e *evolve.Entry) {
	var all []replay.Note
	for seat := range r.Policies {
		if r.Policies[seat].Name != name {
			continue
		}
		for one := e; one != nil; {
			notes, parent := s.maker(result, one, games.Seat(seat))
			all = append(all, notes...)
			if one.Same == 0 {
				break
			}
			one = parent
		}
	}
	r.Notes = append(all, r.Notes...)
}

// maker returns the notes on one step, and the tree that it began with.
func (s *Session) maker(result *evolve.Result, e *evolve.Entry, seat games.Seat) (notes []replay.Note, parent *evolve.Entry) {
	if e == result.Start || e.File() == nil || len(e.Parents) == 0 {
		return nil, nil
	}
	parent = find(result.Entries, e.Parents[0])
	by := "proposer: " + s.p.Proposer.Name()
	if e.Author != "" {
		by = "proposer: " + e.Author
	}
	if e.Same > 0 {
		by = fmt.Sprintf("made by the search, which plays %d matches the same", e.Same)
	}
	about := []string{e.Name() + " of dryad evolve " + s.game().Vocabulary().Game, by}
	for _, how := range e.How {
		about = append(about, "done: "+how)
	}
	if e.Reflection != "" {
		about = append(about, "learned: "+e.Reflection)
	}
	if parent != nil {
		about = append(about, fmt.Sprintf("parent: %s (%.12s)", parent.Name(), parent.Hash))
	}
	notes = append(notes, replay.NewNote(0, seat, replay.TopicMaker, strings.Join(about, "\n")))
	if parent != nil && parent.File() != nil {
		notes = append(notes, replay.NewNote(0, seat, replay.TopicChange, patch.Diff(parent.File(), e.File())))
	}
	if e.Prompt != "" {
		notes = append(notes, replay.NewNote(0, seat, replay.TopicPrompt, e.Prompt))
	}
	return notes, parent
}

// find returns the first entry of a hash; nil for none.
func find(entries []*evolve.Entry, hash string) *evolve.Entry {
	for _, e := range entries {
		if e.Hash == hash {
			return e
		}
	}
	return nil
}
