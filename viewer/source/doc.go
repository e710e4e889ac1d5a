// Package source finds what is needed to watch a recorded match: the game, the
// policies that think beside the record, and what draws the game.
//
//	m, err := source.Read("out.replay", catalog.Networks{})
//	s, err := m.Open()
//	screen := screen.New(screen.Params{Session: s, Camera: m.Camera, Policy: m.Policy})
//
// Games are those of package catalog.
package source
