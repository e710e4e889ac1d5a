package view

import (
	"image"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games"
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
	r, game, err := ReadReplay(path)
	if err != nil {
		return match.PlaybackParams{}, err
	}
	return match.PlaybackParams{Game: game, Replay: r, Resolve: match.Resolver(game, seats.PolicyParams(r.Game))}, nil
}

// Painter returns what draws the present state of a match of a game: as a seat
// sees it, or from above for games.NoSeat; nil for a game that cannot be drawn.
func Painter(game string) func(world games.World, seat games.Seat, width, height int) (image.Image, error) {
	return Painters[game]
}
