// Package prose says in plain sentences what a policy does, for people who do
// not read trees.
//
//	fmt.Print(prose.Explain(file, game))
//
// It follows the tree line by line and uses the meanings that the game's
// vocabulary gives its words. It judges nothing: that is the matter of package
// check.
package prose
