package cli

import (
	"context"
	"errors"

	"dryad/feedback"
	"dryad/replay"
)

// errNoCamera says that a game cannot be drawn.
var errNoCamera = errors.New("this game has no pictures")

// cameraFor returns what draws the moments of a recorded match.
func cameraFor(ctx context.Context, r *replay.Replay) (feedback.Camera, error) {
	return nil, errNoCamera
}
