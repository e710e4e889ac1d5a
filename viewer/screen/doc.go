// Package screen is the viewer without a window: what is shown of one match or
// of two, and what keys and mouse do.
//
//	s := screen.New(screen.Params{Session: watched, Camera: camera})
//	err := s.Key(ctx, screen.Key{Name: "right", Shift: true})
//	changed, err := s.Advance(ctx, 16*time.Millisecond)
//	picture := s.Paint(1280, 720)
//
// A window, a page and a recorder all use it: they hand on keys by name, mouse
// events in pixels and the time that has passed, and show the picture. A
// [Screen] is used by one goroutine.
package screen
