// Package window shows a screen in a window.
//
//	err := window.Show(ctx, s, window.Params{Title: "out.replay"})
//
// It is the only importer of ebiten. Everything that is shown, and what keys
// and mouse do, is package screen's.
package window
