// Package view opens recorded matches and draws their moments.
//
//	params, err := view.OpenReplay("out.replay", nil)
package view
