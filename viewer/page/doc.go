// Package page puts the viewer into one web page that plays a replay without a
// network.
//
//	kit, err := page.Find("")                // the viewer as wasm
//	html, err := kit.Write("out.replay", file)
//	server.SetPage(kit.Live())               // of a running match
//
// A [Kit] is the viewer compiled to wasm, with the start-up script of the Go
// release that compiled it. It is looked for beside the program and in the working
// folder; [Build] makes one with the Go tool where the source is at hand. The page
// itself is a canvas; what it shows is package screen's.
package page
