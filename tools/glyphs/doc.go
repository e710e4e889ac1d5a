// Command glyphs writes the letters of a bitmap font as viewer/paint reads them.
//
//	cd tools && go run ./glyphs ../viewer/paint/data/glyphs.zst
//
// The file is a document compressed by zstd: for each code point of the basic
// plane a byte with the letter's width in pixels, 0 for none, and after them for
// each letter that there is, in their order, 16 rows of two bytes: the row's
// pixels from left to right, the highest bit first. The base line is below the
// 13th row.
package main
