// Package wad reads WAD files, the container of maps, textures and pictures of
// Doom's engine and its relatives: maps in the classic binary format and as
// UDMF text.
//
//	f, err := wad.Open("freedm.wad")
//	fmt.Println(f.Maps())      // MAP01 MAP02 ...
//	m, err := f.Map("MAP01")   // *maps.Map
//	sky, ok := f.Texture("SKY1")
//	of := wad.Of(m)            // f: where m's pictures are
//
// Files are hostile input. Errors are [*maps.FormatError] values of one line
// that name the file and the part of it that is wrong. Memory is bounded by a
// small multiple of the file's size, whatever the file claims to hold. What
// other engines bear too is put right, with a warning in the map.
//
// A [File] never changes and is safe for concurrent use. Finding files by name
// is package library's; nodes, block maps and reject tables are not read.
package wad
