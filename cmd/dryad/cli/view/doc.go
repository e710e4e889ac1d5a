// Package view opens recorded matches and draws their moments.
//
//	r, game, err := view.ReadReplay("out.replay")
package view
