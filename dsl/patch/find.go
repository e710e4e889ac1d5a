package patch

import (
	"strings"

	"dryad/dsl"
)

// spot is where a node stands.
type spot struct {
	tree   *dsl.Tree
	parent *dsl.Node // nil for a root
	index  int       // among the parent's children
	node   *dsl.Node
}

// find returns the one node that a target means. Otherwise it returns the
// paths that the target could mean; none when nothing is alike.
func find(file *dsl.File, target string) (found *spot, candidates []string) {
	var matches []spot
	var paths []string
	short := strings.TrimSuffix(target, ":")
	exact := false
	for _, t := range file.Trees {
		above := map[*dsl.Node]spot{}
		t.Root.Walk(func(n *dsl.Node) bool {
			for i, child := range n.Children {
				above[child] = spot{tree: t, parent: n, index: i, node: child}
			}
			return true
		})
		t.Paths(func(n *dsl.Node, path string) {
			if exact {
				return
			}
			at, ok := above[n]
			if !ok {
				at = spot{tree: t, node: n}
			}
			if path == target || strings.TrimSuffix(path, ":") == short {
				matches, paths, exact = []spot{at}, []string{path}, true
				return
			}
			if n.Name == target && n.Name != "" || strings.TrimSuffix(n.Line(), ":") == short {
				matches, paths = append(matches, at), append(paths, path)
			}
		})
		if !exact && t.Name == target && t.Root != nil {
			matches, paths = append(matches, spot{tree: t, node: t.Root}), append(paths, t.Name+"/"+segment(t.Root))
		}
	}
	if len(matches) == 1 {
		return &matches[0], nil
	}
	return nil, paths
}

func segment(n *dsl.Node) string {
	if n.Name != "" {
		return n.Name
	}
	return n.Line()
}

// names lists what targets a file offers: names first, then lines.
func names(file *dsl.File) []string {
	var named, lines []string
	file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		if n.Name != "" {
			named = append(named, n.Name)
		} else {
			lines = append(lines, n.Line())
		}
		return true
	})
	return append(named, lines...)
}

// pathOf returns the path of a node of the file.
func pathOf(t *dsl.Tree, node *dsl.Node) string {
	found := ""
	t.Paths(func(n *dsl.Node, path string) {
		if n == node {
			found = path
		}
	})
	return found
}
