// Package tree lays out the tree of a policy for looking at it: as lines of
// text or as a drawn tree, with branches folded, only what was active, what a
// search finds, and the active path always in sight.
//
//	v := tree.View{ActiveOnly: true}
//	rows := v.Rows(mind)
//	first := v.Follow(rows, mind.Focus(), visible)
//	boxes := tree.Draw(rows)
//
// The package computes places and draws nothing.
package tree
