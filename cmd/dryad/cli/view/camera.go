package view

import (
	"context"
	"image"

	"dryad/cmd/dryad/cli/seats"
	"dryad/evolve/session"
	"dryad/feedback"
	"dryad/games"
	"dryad/games/fps/render"
	"dryad/games/tag"
	"dryad/match"
	"dryad/replay"
)

// ErrNoCamera says that a game cannot be drawn.
var ErrNoCamera = session.ErrNoCamera

// Painters draw the present state of a match of their game: as a seat sees it,
// or from above for no seat. A painter may choose another size than the one
// asked for; 0 by 0 is its usual one.
var Painters = map[string]func(world games.World, seat games.Seat, width, height int) (image.Image, error){
	"tag":   func(world games.World, seat games.Seat, _, _ int) (image.Image, error) { return tag.Draw(world, seat) },
	"arena": render.DrawSized,
}

// CameraFor returns what draws the moments of a recorded match.
func CameraFor(ctx context.Context, r *replay.Replay) (feedback.Camera, error) {
	paint, have := Painters[r.Game]
	if !have {
		return nil, ErrNoCamera
	}
	game, err := seats.GameByName(r.Game)
	if err != nil {
		return nil, err
	}
	playback, err := match.NewPlayback(match.PlaybackParams{Game: game, Replay: r, KeyEvery: 500})
	if err != nil {
		return nil, err
	}
	return &camera{ctx: ctx, playback: playback, paint: paint}, nil
}

// camera draws a replay by executing it.
type camera struct {
	ctx      context.Context // of the command that looks
	playback *match.Playback
	paint    func(world games.World, seat games.Seat, width, height int) (image.Image, error)
}

// Eyes implements [feedback.Camera].
func (c *camera) Eyes(tick int, seat games.Seat) (image.Image, error) {
	if err := c.playback.Seek(c.ctx, tick); err != nil {
		return nil, err
	}
	return c.paint(c.playback.Match().World(), seat, 0, 0)
}

// Above implements [feedback.Camera].
func (c *camera) Above(tick int) (image.Image, error) { return c.Eyes(tick, games.NoSeat) }
