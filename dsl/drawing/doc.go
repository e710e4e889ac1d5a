// Package drawing draws behaviour trees: as SVG with a layout of its own, and
// as text for Graphviz.
//
//	os.WriteFile("tree.svg", drawing.SVG(file), 0o644)
//	fmt.Print(drawing.DOT(file))
//
// A drawing shows how a policy is built. How it runs is shown by the viewer.
package drawing
