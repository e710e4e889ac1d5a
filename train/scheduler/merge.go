package scheduler

import (
	"fmt"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/nn"
	"dryad/policy"
	"dryad/train/ppo"
)

// margin is how much better another option must score for a switch.
const margin = "0.3"

// Policy returns what has been learned as a policy of the language: "by scheduler",
// with the network's numbers rounded to four figures.
func (s *Scheduler) Policy(name string) (*policy.Policy, error) {
	net := ppo.Narrow(s.network, s.head.Plain())
	sight, err := newSight(s.params.Game.Vocabulary())
	if err != nil {
		return nil, err
	}
	var lines, main strings.Builder
	for i := range sight.inputs {
		fmt.Fprintf(&lines, "input: %s\n", sight.expression(i))
	}
	last := len(net.Architecture().Layers) - 1
	if last > 0 {
		for unit := range s.params.Hidden {
			fmt.Fprintf(&lines, "hidden:%s\n", row(net, 0, unit))
		}
	}
	fmt.Fprintf(&main, "tree main:\n  utility margin %s options:\n", margin)
	for option, tree := range s.params.Library {
		fmt.Fprintf(&lines, "output:%s # %s\n", row(net, last, option), tree.Name)
		fmt.Fprintf(&main, "    tree: %s\n", tree.Name)
	}
	about := fmt.Sprintf("# Chooses among %d trees, as learned over %d rounds from seed %d.\n", len(s.params.Library), s.round, s.params.Seed)
	text, err := merge(name, s.params.Library, about, lines.String(), main.String())
	if err != nil {
		return nil, err
	}
	p, faults := policy.Parse(name, []byte(text), s.params.Game, s.params.Words)
	if p == nil {
		return nil, fmt.Errorf("scheduler: bug: the policy is faulty: %w", faults.Err())
	}
	return p, nil
}

// row writes the weights and the bias of a unit.
func row(net *nn.Network, layer, unit int) string {
	weights, bias := net.Weights(layer)
	in, _ := net.Shapes(layer)
	var b strings.Builder
	for _, w := range append(weights[unit*in.Size():(unit+1)*in.Size():(unit+1)*in.Size()], bias[unit]) {
		b.WriteByte(' ')
		b.WriteString(strconv.FormatFloat(float64(w), 'g', 4, 32))
	}
	return b.String()
}

// merge writes a policy with the trees of a library beside its main tree. The main
// tree of each gets the library's name for it, its other trees that name in front.
// Keys of the same name must be declared alike, and are one key then.
func merge(name string, library []*policy.Policy, about, network, main string) (string, error) {
	keys := map[string]string{}
	file := &dsl.File{Policy: dsl.Policy{Name: name, Game: library[0].Game.Vocabulary().Game, Scheduler: true}}
	trees := &dsl.File{}
	names := map[string]bool{"main": true}
	for _, option := range library {
		if option.Script != "" {
			return "", fmt.Errorf("%s calls Lua: a library holds trees alone", option.Name)
		}
		if option.File.Policy.Scheduler {
			return "", fmt.Errorf("%s is a policy by scheduler: a library holds trees alone", option.Name)
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
	keysText := dsl.Format(&dsl.File{Keys: file.Keys})
	file.Keys = nil
	return about + dsl.Format(file) + "\n" + network + "\n" + keysText + "\n" + main + "\n" + dsl.Format(trees), nil
}
