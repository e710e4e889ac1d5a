package scheduler

import (
	"fmt"
	"sort"
	"strings"

	"dryad/dsl"
	"dryad/policy"
	"dryad/train/ppo"
)

// margin is how much better another option must score for a switch.
const margin = "0.3"

// longest is the length of an expression that the language allows.
const longest = 1024

// Policy returns what has been learned as a policy of the language.
func (s *Scheduler) Policy(name string) (*policy.Policy, error) {
	net := ppo.Narrow(s.network, s.head.Plain())
	weights, bias := net.Weights(0)
	sight, err := newSight(s.params.Game.Vocabulary())
	if err != nil {
		return nil, err
	}
	var main strings.Builder
	fmt.Fprintf(&main, "tree main:\n  utility margin %s options:\n", margin)
	for option, tree := range s.params.Library {
		row := make([]float64, len(inputs))
		for i := range row {
			row[i] = float64(weights[option*len(inputs)+i])
		}
		row[0] += float64(bias[option])
		fmt.Fprintf(&main, "    score %s:\n      tree: %s\n", sight.score(row), tree.Name)
	}
	about := fmt.Sprintf("# Chooses among %d trees, as learned over %d rounds from seed %d.\n", len(s.params.Library), s.round, s.params.Seed)
	text, err := merge(name, s.params.Library, about, main.String())
	if err != nil {
		return nil, err
	}
	p, faults := policy.Parse(name, []byte(text), s.params.Game, s.params.Words)
	if p == nil {
		return nil, fmt.Errorf("scheduler: bug: the policy is faulty: %w", faults.Err())
	}
	return p, nil
}

// score writes a row of the network as an expression. The smallest weights are left
// out where it would be too long.
func (s *sight) score(row []float64) string {
	order := make([]int, len(row))
	for i := range order {
		order[i] = i
	}
	size := func(i int) float64 { return max(row[i], -row[i]) }
	sort.SliceStable(order, func(a, b int) bool { return size(order[a]) > size(order[b]) })
	for n := len(order); n > 0; n-- {
		chosen := append([]int(nil), order[:n]...)
		sort.Ints(chosen)
		var terms []string
		for _, i := range chosen {
			if size(i) >= 0.005 {
				terms = append(terms, s.term(i, row[i]))
			}
		}
		if text := strings.Join(terms, " + "); len(text) <= longest && text != "" {
			return text
		}
	}
	return "0"
}

// merge writes a policy with the trees of a library beside its main tree. The main
// tree of each gets the library's name for it, its other trees that name in front.
// Keys of the same name must be declared alike, and are one key then.
func merge(name string, library []*policy.Policy, about, main string) (string, error) {
	keys := map[string]string{}
	file := &dsl.File{Policy: dsl.Policy{Name: name, Game: library[0].Game.Vocabulary().Game}}
	trees := &dsl.File{}
	names := map[string]bool{"main": true}
	for _, option := range library {
		if option.Script != "" {
			return "", fmt.Errorf("%s calls Lua: a library holds trees alone", option.Name)
		}
		f := option.File.Clone()
		for _, k := range f.Keys {
			text := dsl.Format(&dsl.File{Keys: []*dsl.Key{{Name: k.Name, Type: k.Type, Values: k.Values, Default: k.Default, HasDefault: k.HasDefault, Scope: k.Scope}}})
			if before, ok := keys[k.Name]; ok && before != text {
				return "", fmt.Errorf("%s declares the key %s in another way than a tree before it: rename it there", option.Name, k.Name)
			} else if !ok {
				keys[k.Name] = text
				file.Keys = append(file.Keys, k)
			}
		}
		renamed := func(tree string) string {
			if tree == "main" {
				return option.Name
			}
			return option.Name + "_" + tree
		}
		for _, t := range f.Trees {
			t.Name, t.Bare = renamed(t.Name), false
			if names[t.Name] {
				return "", fmt.Errorf("two trees of the library come to be named %s: rename one", t.Name)
			}
			names[t.Name] = true
			trees.Trees = append(trees.Trees, t)
		}
		f.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
			if n.Kind == dsl.Call {
				n.Word = renamed(n.Word)
			}
			return true
		})
	}
	return about + dsl.Format(file) + "\n" + main + "\n" + dsl.Format(trees), nil
}
