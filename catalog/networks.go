package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dryad/dsl"
	"dryad/nn"
	"dryad/policy"
)

// Network is what serves a neural task of a game.
type Network struct {
	// Task is the neural task's name in the vocabulary.
	Task string
	// Observes says what the network is told, Acts what its output becomes.
	Observes, Acts string
	// Teacher says whom a network can learn from; empty when there is nobody.
	Teacher string
	// Weights returns the network that dryad ships, shared by all who ask; nil
	// when none is shipped.
	Weights func() (*nn.Network, error)
	// Untrained returns a network of the usual shape.
	Untrained func(seed uint64) (*nn.Network, error)
}

// Networks say what the policies of a game use for its neural tasks. The zero value is
// what dryad ships, without a deadline.
type Networks struct {
	// Own take the place of those that dryad ships, by the names of their neural tasks.
	Own map[string]*nn.Network
	// Deadline is the number of multiply-adds that an agent's networks may spend in a
	// tick, after which the rules act; 0 for none.
	Deadline int
}

// Check reports a network for a task that the game has not, that does not fit its
// task, or whose parameters are not all finite.
func (r *Row) Check(given Networks) error {
	words := r.Game().Vocabulary()
	for _, task := range slices.Sorted(maps.Keys(given.Own)) {
		i, ok := words.Net(task)
		if !ok {
			return fmt.Errorf("%s has no neural task %q%s", r.Name, task, suggestion(task, words.Nets, func(i int) string { return words.Nets[i].Name }))
		}
		in, out := size(words.Nets[i].Inputs), size(words.Nets[i].Outputs)
		if n := given.Own[task]; n.Inputs() != in || n.Outputs() != out {
			return fmt.Errorf("the network for %s maps %d values to %d, the neural task %d to %d", task, n.Inputs(), n.Outputs(), in, out)
		} else if !nn.Finite(n.Parameters()) {
			return fmt.Errorf("the network for %s has a parameter that is NaN or infinite", task)
		}
	}
	return nil
}

// Params returns what policies of the game may use beside its words: the given
// networks with their deadline, and for other neural tasks those that dryad ships.
func (r *Row) Params(given Networks) policy.Params {
	return policy.Params{Budget: policy.Budget{Deadline: given.Deadline}, Net: func(task string) (*nn.Network, error) {
		if n := given.Own[task]; n != nil {
			return n, nil
		}
		for _, n := range r.Networks {
			if n.Task == task && n.Weights != nil {
				return n.Weights()
			}
		}
		return nil, fmt.Errorf("dryad ships none for %s of %s; give one with --net %s=FILE", task, r.Name, task)
	}}
}

// Checker returns what judges policies of the game, which use the given networks
// where there are any.
func (r *Row) Checker(given Networks) *policy.Checker {
	return policy.NewChecker(r.Game(), r.Params(given))
}

// suggestion ends a sentence about a word that there is not.
func suggestion[T any](word string, all []T, name func(i int) string) string {
	if len(all) == 0 {
		return ": it has none"
	}
	names := make([]string, len(all))
	for i := range all {
		names[i] = name(i)
	}
	if near, alike := dsl.Nearest(word, names); alike && len(near) > 0 {
		return fmt.Sprintf("; did you mean %q?", near[0])
	}
	return "; there are " + strings.Join(names, ", ")
}

func size(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
