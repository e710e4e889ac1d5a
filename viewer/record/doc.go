// Package record writes what the viewer shows into files, without a person and
// without a display: a picture of one tick, an animation, a folder of pictures,
// a film.
//
//	err := record.Screenshot(ctx, s, "shot.png", record.Size{Width: 1280, Height: 720}, 900)
//	err = record.Film(ctx, s, "out.gif", record.Params{Size: size, From: 0, To: 350})
//
// A file is written whole or not at all. Films are made by the program ffmpeg,
// where there is one.
package record
