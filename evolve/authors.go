package evolve

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"dryad/internal/english"
)

// An Author is one of several proposers of a search.
type Author struct {
	// Name tells it from the others; entries keep it.
	Name string
	Proposer
}

// AuthorsParams say who proposes and what a proposal costs. The zero value of a field
// takes the default in its comment.
type AuthorsParams struct {
	Authors []Author
	// Tokens is how many tokens are as dear as the matches that judge a candidate;
	// 50 000.
	Tokens int
}

// DefaultAuthorTokens is that of [AuthorsParams].
const DefaultAuthorTokens = 50_000

// errNothing is what a proposer answers that has nothing to propose at present: the
// slot goes to another.
var errNothing = errors.New("nothing to propose at present")

// Authors returns a proposer that shares the slots of each generation out among
// several, as a bandit over what their candidates have gained and cost: the fractional
// rule of KUBE (Tran-Thanh et al. 2012), in which the next slot goes to the highest of
//
//	(mean gain + sqrt(2 ln t / n)) / mean cost,
//
// t and n being the proposals of all and of the author. A gain is 1 for a candidate
// that became champion, half of its screening score for another that was played, and 0
// for the rest. A cost is 1 for the matches that judge a candidate, and its tokens over
// AuthorsParams.Tokens more. The authors that have proposed nothing come first, in
// their order. It depends on the candidates of earlier generations alone.
func Authors(p AuthorsParams) Proposer {
	if p.Tokens <= 0 {
		p.Tokens = DefaultAuthorTokens
	}
	return authors{p}
}

type authors struct{ p AuthorsParams }

// Name implements [Proposer].
func (a authors) Name() string {
	var names []string
	for _, one := range a.p.Authors {
		names = append(names, one.Proposer.Name())
	}
	return english.Number(len(names), "author") + " by a bandit: " + strings.Join(names, "; ")
}

// WantsFeedback implements [Proposer].
func (a authors) WantsFeedback() bool {
	return slices.ContainsFunc(a.p.Authors, func(one Author) bool { return one.WantsFeedback() })
}

// Concurrent implements [Proposer].
func (a authors) Concurrent() int {
	most := 1
	for _, one := range a.p.Authors {
		most = max(most, one.Concurrent())
	}
	return most
}

// Propose implements [Proposer].
func (a authors) Propose(ctx context.Context, q Request) (Proposal, error) {
	for rank, k := range a.order(q) {
		one := a.p.Authors[k]
		own := q
		own.Turn = 0
		for slot := range q.Slot {
			if earlier := a.order(Request{Slot: slot, Past: q.Past}); earlier[0] == k {
				own.Turn++
			}
		}
		proposal, err := one.Propose(ctx, own)
		if errors.Is(err, errNothing) && rank+1 < len(a.p.Authors) {
			continue
		}
		proposal.Author = one.Name
		return proposal, err
	}
	return Proposal{}, errNothing
}

// arm is what an author has come to.
type arm struct {
	proposals  int
	gain, cost float64 // sums
}

// order is who is asked for a slot, the most promising first. Proposals that are in the
// making for earlier slots count as ones that change no mean.
func (a authors) order(q Request) []int {
	arms := make([]arm, len(a.p.Authors))
	total := 0
	for _, e := range q.Past {
		k := slices.IndexFunc(a.p.Authors, func(one Author) bool { return one.Name == e.Author })
		if k < 0 || e.Author == "" {
			continue
		}
		arms[k].proposals++
		arms[k].gain += gain(e)
		arms[k].cost += 1 + float64(e.Tokens)/float64(a.p.Tokens)
		total++
	}
	pending := make([]int, len(arms))
	var order []int
	for range q.Slot + 1 {
		order = ranked(arms, pending, total)
		pending[order[0]]++
		total++
	}
	return order
}

// ranked sorts arms by their index.
func ranked(arms []arm, pending []int, total int) []int {
	index := func(k int) float64 {
		n := arms[k].proposals + pending[k]
		if n == 0 {
			return math.Inf(1)
		}
		mean, cost := 0.0, 1.0
		if played := float64(arms[k].proposals); played > 0 {
			mean, cost = arms[k].gain/played, arms[k].cost/played
		}
		return (mean + math.Sqrt(2*math.Log(float64(max(2, total)))/float64(n))) / cost
	}
	order := make([]int, len(arms))
	values := make([]float64, len(arms))
	for k := range order {
		order[k], values[k] = k, index(k)
	}
	slices.SortStableFunc(order, func(x, y int) int {
		switch {
		case values[x] > values[y]:
			return -1
		case values[x] < values[y]:
			return 1
		}
		return 0
	})
	return order
}

// gain is what a candidate was worth to the search.
func gain(e *Entry) float64 {
	switch {
	case e.Fate == Accepted:
		return 1
	case (e.Fate == Screened || e.Fate == Rejected) && e.Screen.Pairs() > 0:
		return e.Screen.Score() / 2
	}
	return 0
}

// AuthorTally is what came of the proposals of one author.
type AuthorTally struct {
	Author    string `json:"author"`
	Proposals int    `json:"proposals"`
	// Valid is how many were sound policies, AtOnce those of a model that were so
	// without a repair, Repeated those that had been proposed before.
	Valid    int `json:"valid"`
	AtOnce   int `json:"valid_at_once"`
	Repeated int `json:"repeated"`
	Accepted int `json:"accepted"`
	// Gain is the mean of what the bandit calls one, Tokens the sum.
	Gain   float64 `json:"gain"`
	Tokens int     `json:"tokens"`
}

// ByAuthor counts proposals by author, in the order of their first ones. Those of a
// search with one author have no name. The start and simplified champions are left out.
func ByAuthor(entries []*Entry) []AuthorTally {
	var list []AuthorTally
	for _, e := range entries {
		if e.Generation == 0 || e.Same > 0 {
			continue
		}
		at := slices.IndexFunc(list, func(t AuthorTally) bool { return t.Author == e.Author })
		if at < 0 {
			at = len(list)
			list = append(list, AuthorTally{Author: e.Author})
		}
		t := &list[at]
		t.Proposals++
		t.Tokens += e.Tokens
		t.Gain += gain(e)
		if e.Fate != Faulty {
			t.Valid++
			if e.Attempts <= 1 {
				t.AtOnce++
			}
		}
		switch e.Fate {
		case Repeated:
			t.Repeated++
		case Accepted:
			t.Accepted++
		}
	}
	for i := range list {
		list[i].Gain /= float64(list[i].Proposals)
	}
	return list
}

// PerAccepted says how many tokens an accepted candidate took.
func (t AuthorTally) PerAccepted() string {
	if t.Accepted == 0 || t.Tokens == 0 {
		return ""
	}
	return fmt.Sprint(t.Tokens / t.Accepted)
}
