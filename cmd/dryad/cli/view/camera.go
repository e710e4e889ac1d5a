package view

import (
	"context"
	"errors"

	"dryad/catalog"
	"dryad/evolve/session"
	"dryad/feedback"
	"dryad/replay"
)

// ErrNoCamera says that a game cannot be drawn.
var ErrNoCamera = session.ErrNoCamera

// CameraFor returns what draws the moments of a recorded match.
func CameraFor(ctx context.Context, r *replay.Replay) (feedback.Camera, error) {
	camera, err := catalog.NewCamera(ctx, r)
	if errors.Is(err, catalog.ErrNoCamera) {
		return nil, ErrNoCamera
	}
	return camera, err
}
