// Package dsl reads, checks the form of, builds, compares and writes
// behaviour trees in dryad's language. docs/language.md specifies it.
//
// [Parse] turns text into a [File] and reports every fault of form at once:
//
//	file, faults := dsl.Parse("rusher.dryad", source)
//	if !faults.OK() {
//		fmt.Print(dsl.Render(faults, dsl.RenderParams{Path: file.Path, Source: source}))
//		return
//	}
//	file.Walk(func(t *dsl.Tree, n *dsl.Node) bool { ...; return true })
//	fmt.Print(dsl.Format(file))
//
// Programs build trees from [Composed], [Test], [Do] and their like, or change
// what was read. Whether the words of a tree exist in a game is the matter of
// package dsl/check; what an expression means that of dsl/expression; running
// a tree that of packages policy and bt.
package dsl
