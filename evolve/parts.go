package evolve

import (
	"fmt"
	"slices"
	"strings"
)

// The parts of a local search that Params.Without can name, to measure what they
// are worth.
const (
	// PartArchive is the archive of former champions and that of behaviours: without
	// it opponents are as by Last, no champion comes back, and candidates are made
	// from the best of the last generations alone.
	PartArchive = "archive"
	// PartLibrary is the library of sub-trees.
	PartLibrary = "library"
	// PartTraces is the rule that trees which act alike are played once.
	PartTraces = "traces"
)

var parts = []string{PartArchive, PartLibrary, PartTraces}

func checkParts(names []string) error {
	for _, name := range names {
		if !slices.Contains(parts, name) {
			return fmt.Errorf("a local search has no part %q to leave out; there are %s", name, strings.Join(parts, ", "))
		}
	}
	return nil
}

// lacks reports whether a part is left out.
func (p *Params) lacks(part string) bool { return slices.Contains(p.Without, part) }

// archives reports whether the search keeps an archive: all but the genetic one do.
func (p *Params) archives() bool { return p.Search != SearchGenetic }
