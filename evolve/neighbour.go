package evolve

import (
	"context"

	"dryad/dsl"
	"dryad/evolve/genetic"
	"dryad/games"
	"dryad/policy"
)

// Neighbours returns the embedded proposer of a local search. It exchanges whole
// sub-trees: of a library, of earlier champions, and branches whose guard fits
// their task; every fourth tree is a child by grammar-guided genetic programming,
// or new. The checker finds neither an error nor a warning in what it writes.
func Neighbours(checker *policy.Checker) Proposer {
	return neighbours{geneticProposer{genetic.New(checker.Runnable(), genetic.Params{Check: checker.Check})}}
}

// IID returns a proposer that draws every tree anew from the grammar, whatever was
// found before.
func IID(checker *policy.Checker) Proposer {
	return iid{geneticProposer{genetic.New(checker.Runnable(), genetic.Params{Check: checker.Check})}}
}

type iid struct{ geneticProposer }

// Name implements [Proposer].
func (iid) Name() string { return "embedded proposer: independent draws from the grammar" }

// Propose implements [Proposer].
func (i iid) Propose(ctx context.Context, q Request) (Proposal, error) {
	if err := ctx.Err(); err != nil {
		return Proposal{}, err
	}
	return Proposal{Source: dsl.Format(i.writer.Random(games.Stream(q.Seed))), How: []string{"start anew"}}, nil
}

type neighbours struct{ geneticProposer }

// Name implements [Proposer].
func (neighbours) Name() string {
	return "embedded proposer: local search over sub-trees, with grammar-guided genetic programming (no language model)"
}

// Propose implements [Proposer].
func (n neighbours) Propose(ctx context.Context, q Request) (Proposal, error) {
	if err := ctx.Err(); err != nil {
		return Proposal{}, err
	}
	if q.Library == nil { // there is no archive: this is no local search
		return n.geneticProposer.Propose(ctx, q)
	}
	random := games.Stream(q.Seed)
	if q.Whole != "" {
		return Proposal{Source: q.Whole, How: []string{q.From}}, nil
	}
	if q.Change != nil {
		root := q.Champion.File().Main().Root
		child := q.Champion.File().Clone()
		child.Main().Root = graft(root, q.Change(seen(root, q.Focus, q.Modes)), q.Focus, q.Modes)
		return Proposal{Source: dsl.Format(child), Parents: []string{q.Champion.Hash}, How: []string{q.From, "for " + q.Focus}}, nil
	}
	if random.IntN(freshSlots) == 0 {
		file, how := n.writer.Random(random), []string{"start anew"}
		if q.Modes != nil {
			fresh := file
			file, how = focused(&q, random, fresh, func(*dsl.File) (*dsl.File, []string) { return fresh, how }, nil)
		}
		return Proposal{Source: dsl.Format(file), How: how}, nil
	}
	parent := q.Champion
	roll := random.IntN(100)
	if q.Restart {
		roll += 40
	}
	switch {
	case roll < 55:
	case roll < 75 && len(q.Parents) > 1:
		parent = q.Parents[random.IntN(len(q.Parents))]
	case roll < 100 && len(q.Elites) > 0:
		parent = q.Elites[random.IntN(len(q.Elites))]
	case len(q.Archive) > 0:
		parent = q.Archive[random.IntN(len(q.Archive))]
	}
	var others []*dsl.File
	for _, list := range [][]*Entry{q.Parents, q.Elites} {
		for _, p := range list {
			if p != parent {
				others = append(others, p.File())
			}
		}
	}
	vary := func(from *dsl.File) (*dsl.File, []string) {
		if random.IntN(5) == 0 {
			return n.writer.Vary(random, from, others)
		}
		return n.writer.Neighbour(random, from, genetic.LocalParams{Library: q.Library, Others: others, Bold: q.Restart})
	}
	var file *dsl.File
	var how []string
	if q.Modes == nil {
		file, how = vary(parent.File())
	} else {
		branch := func(from *dsl.File) (*dsl.File, []string) {
			file := from.Clone()
			file.Main().Root = n.writer.Branch(random, q.Library)
			return file, []string{"a branch before all others"}
		}
		file, how = focused(&q, random, parent.File(), vary, branch)
	}
	parents := []string{parent.Hash}
	if q.Focus != "" && parent != q.Champion {
		parents = []string{q.Champion.Hash, parent.Hash}
	}
	return Proposal{Source: dsl.Format(file), Parents: parents, How: how}, nil
}
