package werewolf

import (
	"fmt"
	"slices"
	"strings"

	"dryad/cfr"
	"dryad/games/werewolf/rules"
)

// StrategyNames returns the name of a latent strategy of a role, by its number among
// the role's; "" for one without a name.
type StrategyNames func(role rules.Role, number int) string

// describe says which latent strategy of a role a speech is, and with which
// probability the solution chooses each one in this state:
//
//	strategy 2 (accuses); solution: 0: 5 %, 1: 15 %, 2 (accuses): 80 %
//
// Strategies below half a percent are left out. Probabilities are those of the
// state's actions; the ways to speak of a strategy are added up.
func describe(of *solved, c *classifier, role rules.Role, spoken int, state cfr.State, probabilities []float64, names StrategyNames) string {
	symbols := c.space.Symbols[c.group[role]]
	label := func(number int) string {
		text := fmt.Sprint(number)
		if names != nil {
			if name := names(role, number); name != "" {
				text += " (" + name + ")"
			}
		}
		return text
	}
	sums := make([]float64, len(symbols))
	silent := 0.0
	for i, a := range state.Actions() {
		strategy, speech := of.game.strategy(a)
		if j := slices.Index(symbols, strategy); speech && j >= 0 {
			sums[j] += probabilities[i]
		} else {
			silent += probabilities[i]
		}
	}
	var parts []string
	for j, p := range sums {
		if p >= 0.005 {
			parts = append(parts, fmt.Sprintf("%s: %.0f %%", label(j), 100*p))
		}
	}
	if silent >= 0.005 {
		parts = append(parts, fmt.Sprintf("others: %.0f %%", 100*silent))
	}
	first := "no strategy"
	if j := slices.Index(symbols, spoken); j >= 0 {
		first = "strategy " + label(j)
	}
	return first + "; solution: " + strings.Join(parts, ", ")
}
