package evolve

import (
	"context"

	"dryad/dsl"
	"dryad/evolve/genetic"
	"dryad/games"
	"dryad/policy"
)

// Request is what a proposer is asked.
type Request struct {
	Generation, Slot int
	// Seed is a word of its own for this slot: equal requests with equal seeds
	// get equal proposals.
	Seed uint64
	// Champion is the tree to beat.
	Champion *Entry
	// Parents are the K best so far, the champion first.
	Parents []*Entry
	// Feedback is what the champion's matches say to an author, in words;
	// empty when nobody asked for it.
	Feedback string
	// Tried says what became of the candidates so far, an entry each; empty when
	// nobody asked for feedback.
	Tried []string
	// Past are the candidates of earlier generations, whatever became of them.
	Past []*Entry
	// Turn is how many earlier slots of the generation went to the same of several
	// authors.
	Turn int
	neighbourhood
}

// neighbourhood is what a local search tells its proposer.
type neighbourhood struct {
	// Library has the sub-trees of tactics, files and champions; nil in another
	// search.
	Library *genetic.Library
	// Whole is a tree of the library that is due to be a candidate itself; empty
	// for all other slots.
	Whole string
	// From says where Whole comes from.
	From string
	// Change, if any, makes the tree that a mode is played by into the slot's candidate.
	Change func(*dsl.Node) *dsl.Node
	// Archive are the former champions, Elites the holders of behaviour cells.
	Archive, Elites []*Entry
	// Focus is the mode that candidates are for, empty for all of them, and Modes are
	// the modes that a tree can have branches of its own for; nil if it cannot.
	Focus string
	Modes []string
	// Restart asks for large steps from other trees than the champion.
	Restart bool
}

// Proposal is a proposer's answer. A Source that is no policy is an answer too.
type Proposal struct {
	Source  string
	Parents []string // hashes
	How     []string
	Prompt  string
	// Reflection is what a model wrote that it had learned, in one line.
	Reflection string
	// Author names which of several authors it is of; empty where there is one.
	Author string
	// Tokens are those of the questions and answers that led to it, Attempts how many
	// questions.
	Tokens, Attempts int
	// Faults are what is wrong with an answer that is no tree by itself, such as
	// changes that cannot be made; they stand in the place of the Source's own.
	Faults []string
	// Failed says that no answer came, though another question might get one.
	// A generation of which every proposal failed ends the run with the first
	// one's error.
	Failed error
}

// Proposer writes candidates. Propose is called for the slots of a generation
// in any order, from several goroutines if Concurrent says so; the answer must
// depend on the request alone.
type Proposer interface {
	// Name says on the screen what writes the trees.
	Name() string
	// WantsFeedback reports whether Request.Feedback is read; making it costs
	// matches.
	WantsFeedback() bool
	// Concurrent returns how many proposals may be in the making at once.
	Concurrent() int
	Propose(ctx context.Context, request Request) (Proposal, error)
}

// Genetic returns the embedded proposer: grammar-guided genetic programming
// over the words of a game that can run. The checker finds neither an error nor
// a warning in what it writes.
func Genetic(checker *policy.Checker) Proposer {
	return geneticProposer{genetic.New(checker.Runnable(), genetic.Params{Check: checker.Check})}
}

type geneticProposer struct{ writer *genetic.Writer }

func (geneticProposer) Name() string {
	return "embedded proposer: grammar-guided genetic programming (no language model)"
}
func (geneticProposer) WantsFeedback() bool { return false }
func (geneticProposer) Concurrent() int     { return 1 }

// freshSlots is one of how many slots is filled by a random tree, so that the
// search does not narrow to one family.
const freshSlots = 12

// Propose varies one of the parents, the champion half of the time, or starts
// anew.
func (g geneticProposer) Propose(ctx context.Context, q Request) (Proposal, error) {
	if err := ctx.Err(); err != nil {
		return Proposal{}, err
	}
	random := games.Stream(q.Seed)
	if q.Slot%freshSlots == freshSlots-1 {
		return Proposal{Source: dsl.Format(g.writer.Random(random)), How: []string{"start anew"}}, nil
	}
	parent := q.Champion
	if random.IntN(2) == 0 {
		parent = q.Parents[random.IntN(len(q.Parents))]
	}
	var others []*dsl.File
	for _, p := range q.Parents {
		if p != parent {
			others = append(others, p.File())
		}
	}
	file, how := g.writer.Vary(random, parent.File(), others)
	return Proposal{Source: dsl.Format(file), Parents: []string{parent.Hash}, How: how}, nil
}
