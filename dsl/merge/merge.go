package merge

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"dryad/dsl"
)

// Part is a policy and when it plays.
type Part struct {
	// Name goes in front of the names of its trees; it is an identifier, and
	// differs from those of the other parts.
	Name string
	// File is the policy; it is not changed.
	File *dsl.File
	// Words are the values of the feature under which it plays.
	Words []string
}

// Trees returns a policy that plays as each part does under the part's words. The
// parts are for one game. Keys of one name must be declared alike; policies with
// functions in Lua cannot be joined, since these lie in a file of their own.
func Trees(name, feature string, parts []Part) (*dsl.File, error) {
	if len(parts) < 2 {
		return nil, errors.New("merge: two policies at least are joined")
	}
	var text strings.Builder
	fmt.Fprintf(&text, "policy %s for %s\n\ntree main:\n  selector:\n", name, parts[0].File.Policy.Game)
	var taken []string
	for i, p := range parts {
		guard := terms(feature, "==", " or ", p.Words)
		if i == len(parts)-1 {
			guard = terms(feature, "!=", " and ", taken)
		}
		taken = append(taken, p.Words...)
		fmt.Fprintf(&text, "    sequence %s:\n      condition: %s\n      tree: %s\n", p.Name, guard, p.tree("main"))
	}
	merged, faults := dsl.Parse(name, text.String())
	if !faults.OK() {
		return nil, fmt.Errorf("merge the policies: %w", faults.Err())
	}
	for _, p := range parts {
		if err := p.join(merged); err != nil {
			return nil, fmt.Errorf("merge %s: %w", p.Name, err)
		}
	}
	return merged, nil
}

// terms writes a comparison with each word.
func terms(feature, operator, between string, words []string) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = feature + " " + operator + " " + w
	}
	return strings.Join(list, between)
}

// tree is the name of one of the part's trees in the merged policy.
func (p *Part) tree(name string) string { return p.Name + "_" + name }

// join appends the part's keys and trees.
func (p *Part) join(merged *dsl.File) error {
	if p.File.Policy.Game != merged.Policy.Game {
		return fmt.Errorf("it is for %q, not for %q", p.File.Policy.Game, merged.Policy.Game)
	}
	if p.File.Policy.Scheduler {
		return errors.New("a policy by scheduler cannot be joined: its network belongs to its whole")
	}
	file := p.File.Clone()
	for _, key := range file.Keys {
		at := slices.IndexFunc(merged.Keys, func(k *dsl.Key) bool { return k.Name == key.Name })
		if at < 0 {
			merged.Keys = append(merged.Keys, key)
		} else if k := merged.Keys[at]; k.Type != key.Type || !slices.Equal(k.Values, key.Values) || k.HasDefault != key.HasDefault || k.Default.Text != key.Default.Text || k.Scope != key.Scope {
			return fmt.Errorf("another policy declares the key %s in another way: rename it in one of them", key.Name)
		}
	}
	for _, tree := range file.Trees {
		tree.Name, tree.Bare = p.tree(tree.Name), false
		lua := false
		var visit func(n *dsl.Node)
		visit = func(n *dsl.Node) {
			switch n.Kind {
			case dsl.Call:
				n.Word = p.tree(n.Word)
			case dsl.Lua:
				lua = true
			}
			for _, c := range n.Children {
				visit(c)
			}
		}
		visit(tree.Root)
		if lua {
			return errors.New("it has functions in Lua, which lie in a file of their own")
		}
		merged.Trees = append(merged.Trees, tree)
	}
	return nil
}
