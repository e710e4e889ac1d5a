// Command kit builds the viewer for web pages: it compiles cmd/dryad-page to
// wasm and puts it into one file, together with the start-up script of the Go
// release that compiled it.
//
//	go run ./viewer/page/kit -o dryad-page.kit
//
// "make page" runs it. The commands dryad view --web and dryad replay page read
// the file. It is needed for building only, and is no part of the programs.
package main
