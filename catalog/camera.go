package catalog

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"

	"dryad/games"
	"dryad/games/fps/maps/library"
	"dryad/match"
	"dryad/replay"
)

// ErrNoCamera is returned for a game that cannot be drawn.
var ErrNoCamera = errors.New("this game has no pictures")

// Camera draws a recorded match by executing it. It satisfies feedback.Camera and
// games.Charter.
type Camera struct {
	ctx      context.Context // of whoever looks
	playback *match.Playback
	row      *Row
}

// NewCamera returns what draws the moments of a recorded match. The context ends
// the execution.
func NewCamera(ctx context.Context, r *replay.Replay) (*Camera, error) {
	row, err := Find(r.Game)
	if err != nil {
		return nil, err
	}
	if row.Paint == nil {
		return nil, ErrNoCamera
	}
	playback, err := match.NewPlayback(match.PlaybackParams{Game: row.Game(), Replay: r, KeyEvery: 500})
	if err != nil {
		return nil, err
	}
	return &Camera{ctx: ctx, playback: playback, row: row}, nil
}

// Eyes draws what a seat sees in a tick. The zero size is the usual one.
func (c *Camera) Eyes(tick int, seat games.Seat, size image.Point) (image.Image, error) {
	if err := c.playback.Seek(c.ctx, tick); err != nil {
		return nil, err
	}
	return c.row.Paint(c.playback.Match().World(), seat, size.X, size.Y)
}

// Above draws a tick from above.
func (c *Camera) Above(tick int, size image.Point) (image.Image, error) {
	return c.Eyes(tick, games.NoSeat, size)
}

// Chart draws the bare map as it is at the beginning; nil for a game that has none.
func (c *Camera) Chart(size image.Point) (*games.Chart, error) {
	if c.row.Chart == nil {
		return nil, nil
	}
	if err := c.playback.Seek(c.ctx, 0); err != nil {
		return nil, err
	}
	return c.row.Chart(c.playback.Match().World(), size)
}

// Playback says how a recorded match is executed with its policies thinking
// beside the record; trees use the given networks where there are any.
func Playback(r *replay.Replay, given Networks) (match.PlaybackParams, error) {
	row, err := Find(r.Game)
	if err != nil {
		return match.PlaybackParams{}, fmt.Errorf("the replay is of a game that is not here: %w", err)
	}
	if err := row.Check(given); err != nil {
		return match.PlaybackParams{}, err
	}
	return match.PlaybackParams{Game: row.Game(), Replay: r, Resolve: match.Resolver(row.Game(), row.Params(given))}, nil
}

// HeldOut names the maps on which policies are compared and that no search
// trains on: those of the scenarios, and the optional ones that are installed.
func (r *Row) HeldOut() []string {
	heldOut := slices.Clone(r.Scenarios.HeldOut)
	for _, name := range r.Scenarios.Optional {
		if _, err := library.Load(name); err == nil {
			heldOut = append(heldOut, name)
		}
	}
	return heldOut
}
