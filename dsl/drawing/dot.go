package drawing

import (
	"strconv"

	"github.com/emicklei/dot"

	"dryad/dsl"
)

// DOT writes every tree of a file for Graphviz, a cluster a tree.
func DOT(file *dsl.File) string {
	g := dot.NewGraph(dot.Directed)
	g.Attr("rankdir", "LR")
	g.NodeInitializer(func(n dot.Node) {
		n.Attr("fontname", "monospace").Attr("shape", "box").Attr("style", "filled,rounded")
	})
	for i, t := range file.Trees {
		if t.Root == nil {
			continue
		}
		cluster := g.Subgraph("tree "+t.Name, dot.ClusterOption{})
		count := 0
		var add func(n *dsl.Node) dot.Node
		add = func(n *dsl.Node) dot.Node {
			id := "t" + strconv.Itoa(i) + "n" + strconv.Itoa(count)
			count++
			node := cluster.Node(id).Label(n.Line()).Attr("fillcolor", colour(n.Kind))
			for at, child := range n.Children {
				edge := cluster.Edge(node, add(child))
				if len(n.Children) > 1 {
					edge.Label(strconv.Itoa(at + 1))
				}
			}
			return node
		}
		add(t.Root)
	}
	return g.String()
}
