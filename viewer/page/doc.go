// Package page puts the viewer into one web page that plays a replay without a
// network.
//
//	kit, err := page.Find(ctx)               // the viewer as wasm, built if need be
//	html, err := page.Write(kit, "out.replay", file)
//
// A [Kit] is the viewer compiled to wasm, with the start-up script of the Go
// release that compiled it. It is looked for beside the program and in the
// user's cache, and built by the Go tool where the source is at hand. The page
// itself is a canvas; what it shows is package screen's.
package page
