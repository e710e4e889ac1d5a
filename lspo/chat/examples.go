package chat

import (
	"cmp"
	"slices"

	"dryad/lspo/werewolf"
)

// examples returns, for each role and latent strategy that is preferred at all,
// the different speeches that were chosen by the greatest margin.
func examples(pairs []werewolf.Pair, most int) []Example {
	all := make([]Example, len(pairs))
	for i, p := range pairs {
		all[i] = Example{Role: p.Origin.Role, Strategy: p.Origin.ChosenStrategy, Text: p.Chosen.Text, Instead: p.Rejected.Text, Margin: p.Margin}
	}
	slices.SortStableFunc(all, func(a, b Example) int {
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Strategy, b.Strategy), cmp.Compare(b.Margin, a.Margin))
	})
	var kept []Example
	first := 0 // of the strategy
	for _, e := range all {
		if n := len(kept); n == first || kept[n-1].Role != e.Role || kept[n-1].Strategy != e.Strategy {
			first = n
		}
		same := func(k Example) bool { return k.Text == e.Text }
		if len(kept)-first < most && !slices.ContainsFunc(kept[first:], same) {
			kept = append(kept, e)
		}
	}
	return kept
}
