package evolve

import (
	"fmt"

	"dryad/internal/english"
)

// migrant is a tree of another island that is due to be a candidate.
type migrant struct {
	entry *Entry
	from  string
}

// mostMigrants is how many trees an island takes from another at a time, and
// fromLibrary what made a tree of the library.
const (
	mostMigrants = 6
	fromLibrary  = "a tree of the library"
)

// migrate sends trees from each island of a local search to the one before it: its
// champion, and the holders of cells of behaviour that the other island has nobody
// in. They are candidates there as all others are, and so are measured anew against
// that island's champion.
func (s *search) migrate(generation int) {
	count := 0
	for i, to := range s.islands {
		from := s.islands[(i+1)%len(s.islands)]
		to.migrants = nil
		s.send(to, from, from.champion, "the champion")
		if !s.p.lacks(PartArchive) {
			for at, e := range from.cells.Best {
				if e != nil && (to.cells.Best == nil || to.cells.Best[at] == nil) {
					s.send(to, from, e, fmt.Sprintf("of cell %d, %d", at%cellSide+1, at/cellSide+1))
				}
			}
		}
		count += len(to.migrants)
	}
	s.begun = generation
	s.p.Progress.Say("%s between %d islands", english.Number(count, "migrant"), len(s.islands))
}

// send puts a tree on the list of an island, unless it has it.
func (s *search) send(to, from *island, e *Entry, what string) {
	for _, known := range to.cells.elites() {
		if known.Hash == e.Hash {
			return
		}
	}
	if to.archive.index(e) >= 0 || len(to.migrants) >= min(mostMigrants, s.p.Candidates) {
		return
	}
	to.migrants = append(to.migrants, migrant{e, fmt.Sprintf("migrated from island %d, %s", from.number+1, what)})
}

// again reports whether a slot of the generation at hand is for a tree that may
// have been a candidate of another island.
func (s *search) again(slot int) bool {
	return slot < len(s.migrants) || s.island.number > 0 && s.neighbourhood(slot).Whole != ""
}

// chunk is the key of a chunk of matches of the present island.
func (s *search) chunk(format string, args ...any) string {
	key := fmt.Sprintf(format, args...)
	if s.number > 0 {
		return fmt.Sprintf("%s@%d", key, s.number)
	}
	return key
}
