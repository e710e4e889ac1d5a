package classic

import "dryad/cfr"

// identity returns the actions 0 to n-1.
func identity(n int) []cfr.Action {
	actions := make([]cfr.Action, n)
	for i := range actions {
		actions[i] = cfr.Action(i)
	}
	return actions
}

// uniform returns n equal probabilities.
func uniform(n int) []float64 {
	probabilities := make([]float64, n)
	for i := range probabilities {
		probabilities[i] = 1 / float64(n)
	}
	return probabilities
}

// decisionOnly is part of the states of games without chance.
type decisionOnly struct{}

func (decisionOnly) Probabilities() []float64 { return nil }
