package prompt

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dryad/llm"
)

// systemShare is the part of the tokens that the constant message may take: it
// is cut alike in all questions of a search, whatever their evidence, so that
// an endpoint can keep what it has read.
const systemShare = 0.6

// A TooLongError says that a prompt cannot be cut to the tokens that there are.
type TooLongError struct{ Needs, Has int }

func (e *TooLongError) Error() string {
	return fmt.Sprintf("the prompt cannot be cut below %d tokens (estimated), and there is room for %d: give the model a larger context, or less to the answer (--context, --answer-tokens)", e.Needs, e.Has)
}

// Fit cuts parts by rank until their conversation takes no more than so many
// tokens, as [llm.EstimateTokens] counts them. What is left out is said in Cut;
// a part of which nothing is left has an empty Text. All tokens are enough if
// tokens is 0. The error is a [*TooLongError].
func Fit(parts []Part, tokens int) ([]Part, error) {
	parts = slices.Clone(parts)
	if tokens <= 0 {
		return parts, nil
	}
	var constant, own []*Part
	for i := range parts {
		if parts[i].Role == llm.System {
			constant = append(constant, &parts[i])
		} else {
			own = append(own, &parts[i])
		}
	}
	share := int(systemShare * float64(tokens))
	shorten(constant, share)
	rest := tokens - size(constant)
	shorten(own, rest)
	if needs := size(constant) + size(own); needs > tokens {
		return nil, &TooLongError{needs, tokens}
	}
	return parts, nil
}

// size is the tokens of parts that make one message.
func size(parts []*Part) int {
	bytes := 0
	for _, p := range parts {
		if p.Text != "" {
			bytes += len(p.Text) + len("\n\n") + p.room
		}
	}
	return llm.EstimateTokens([]llm.Message{{}}) + llm.TextTokens(bytes)
}

// shorten cuts parts until they take no more than so many tokens, or nothing is
// left to cut.
func shorten(parts []*Part, tokens int) {
	order := slices.Clone(parts)
	slices.SortStableFunc(order, func(a, b *Part) int { return cmp.Compare(b.rank, a.rank) })
	for _, p := range order {
		if p.rank == 0 {
			return
		}
		if size(parts) <= tokens {
			return
		}
		for n := len(p.pieces) - 1; n > 0 && size(parts) > tokens; n-- {
			p.Cut = fmt.Sprintf("%d of %d %s left out", len(p.pieces)-n, len(p.pieces), p.unit)
			p.Text = p.with(n) + fmt.Sprintf("\n\n(%d more are left out for length.)", len(p.pieces)-n)
		}
		if size(parts) <= tokens {
			return
		}
		p.Text, p.Cut = "", "left out"
		if p.short != "" {
			p.Text, p.Cut = headed(p.Title, strings.TrimSpace(p.short)), "in short"
		}
	}
}

// Cuts says in one line what was left out of parts; empty if nothing was.
func Cuts(parts []Part) string {
	var cuts []string
	for _, p := range parts {
		if p.Cut != "" {
			cuts = append(cuts, fmt.Sprintf("%s (%s)", strings.ToLower(p.Title[:1])+p.Title[1:], p.Cut))
		}
	}
	return strings.Join(cuts, ", ")
}
