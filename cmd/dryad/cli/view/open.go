package view

import (
	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/match"
)

// OpenReplay reads a replay and returns how it is executed, with its policies
// thinking beside the record. Folders of WAD files, and such files, are looked
// in before the usual places.
func OpenReplay(path string, wads []string) (match.PlaybackParams, error) {
	flag := frame.WADFlag{WAD: wads}
	if err := flag.FindWADs(); err != nil {
		return match.PlaybackParams{}, err
	}
	r, _, err := ReadReplay(path)
	if err != nil {
		return match.PlaybackParams{}, err
	}
	return catalog.Playback(r, nil)
}

// Painter returns what draws the present state of a match of a game; nil for a
// game that cannot be drawn.
func Painter(game string) catalog.Painter {
	row, err := catalog.Find(game)
	if err != nil {
		return nil
	}
	return row.Paint
}
