package evolve

import (
	"context"
	"fmt"
	"slices"

	"dryad/dsl"
	"dryad/internal/english"
)

// tidyPairs is how many scenarios a simpler tree must play exactly as the
// champion does; tidyChunk how many of them are tried before the rest.
const (
	tidyPairs = 16
	tidyChunk = 2
)

// tidyPairs is at least one for each training game, so that no branch for a mode is
// taken out because the mode was not played.
func (s *search) tidyPairs() int { return max(tidyPairs, min(len(s.p.Training), mostTidyPairs)) }

// mostTidyPairs bounds that for a search on many games.
const mostTidyPairs = 128

// tidy takes out of the champion what changes nothing: a simpler tree takes its
// place when every one of a set of training matches ends in the same state of
// the world. It proves nothing about other matches, which is why the held-out
// ones are played with the tidied tree. Whoever judges without state hashes
// (all zero) has nothing tidied. The tidied tree is an entry of its own, a child
// of the champion that was found.
func (s *search) tidy(ctx context.Context, generation int) error {
	var want []uint64
	found := s.champion
	s.p.Progress.Phase("simplify", 0, 0)
	searched := s.matches
	defer func() { s.matches = searched }()
	for again := true; again; {
		again = false
		for _, file := range simpler(s.champion.File()) {
			e := s.read(dsl.Format(file))
			if e.policy == nil || e.Hash == s.champion.Hash {
				continue
			}
			if want == nil {
				var err error
				if want, err = s.ends(ctx, s.champion, nil); err != nil {
					return err
				}
				if want[0] == 0 {
					return nil
				}
			}
			got, err := s.ends(ctx, e, want)
			if err != nil {
				return err
			}
			if slices.Equal(got, want) {
				s.champion = e
				again = true
				break
			}
		}
	}
	if s.champion == found {
		return nil
	}
	taken := found.Nodes - s.champion.Nodes
	c := s.champion
	c.Generation, c.Fate, c.Parents, c.Same = generation, Accepted, []string{found.Hash}, len(want)
	c.How = []string{english.Number(taken, "node") + " that changed nothing taken out"}
	s.entries = append(slices.Clip(s.entries), c)
	s.p.Progress.Say("the champion plays the same without %d of its nodes: %d are left", taken, c.Nodes)
	return s.record(ctx, []*Entry{c})
}

// ends plays the tidying matches and returns the final states. Against want it
// stops at the first that differs.
func (s *search) ends(ctx context.Context, e *Entry, want []uint64) ([]uint64, error) {
	var got []uint64
	for first := 0; first < s.tidyPairs(); {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		count := tidyChunk
		if first > 0 || want == nil {
			count = s.tidyPairs() - first
		}
		var fixtures []Fixture
		for k := range count {
			config, seed := scenarioOf(s.p.Training, s.p.Seed, purposeTidy, first+k)
			opponent := s.start
			if n := len(s.field); n > 0 {
				opponent = s.field[(first+k)%n]
			}
			fixtures = append(fixtures, s.fixture(config, seed, e, opponent), s.fixture(config, seed, opponent, e))
		}
		outcomes, err := s.play(ctx, fmt.Sprintf("tidy/%s/%d", e.Hash, first), fixtures)
		if err != nil {
			return nil, err
		}
		for _, o := range outcomes {
			got = append(got, o.Hash)
		}
		if want != nil && !slices.Equal(got, want[:len(got)]) {
			return got, nil
		}
		first += count
	}
	return got, nil
}

// simpler lists every tree that is made by one simplification, the largest cuts
// first: a node gives way to one of its children, or a composite loses one.
func simpler(file *dsl.File) []*dsl.File {
	var list []*dsl.File
	// Each simplification is made in a copy; the paths are those of the
	// original.
	for t, tree := range file.Trees {
		var visit func(n *dsl.Node, path []int)
		visit = func(n *dsl.Node, path []int) {
			for i, c := range n.Children {
				if c.Kind.Class() != dsl.Option {
					copied := file.Clone()
					replace(copied.Trees[t], path, at(copied.Trees[t].Root, append(slices.Clone(path), i)))
					list = append(list, copied)
				}
				if len(n.Children) > 1 {
					copied := file.Clone()
					m := at(copied.Trees[t].Root, path)
					m.Children = slices.Delete(m.Children, i, i+1)
					list = append(list, copied)
				}
			}
			for i, c := range n.Children {
				visit(c, append(slices.Clone(path), i))
			}
		}
		visit(tree.Root, nil)
	}
	slices.SortStableFunc(list, func(a, b *dsl.File) int { return size(a) - size(b) })
	return list
}

// at returns the node at a path of child indices.
func at(n *dsl.Node, path []int) *dsl.Node {
	for _, i := range path {
		n = n.Children[i]
	}
	return n
}

// replace puts a node at a path.
func replace(tree *dsl.Tree, path []int, n *dsl.Node) {
	if len(path) == 0 {
		tree.Root = n
		return
	}
	at(tree.Root, path[:len(path)-1]).Children[path[len(path)-1]] = n
}

func size(file *dsl.File) int {
	n := 0
	for _, t := range file.Trees {
		n += t.Root.Size()
	}
	return n
}
