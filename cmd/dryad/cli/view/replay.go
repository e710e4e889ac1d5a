package view

import (
	"errors"
	"fmt"

	"dryad/catalog"
	"dryad/games"
	"dryad/replay"
)

// ReadReplay reads a replay and finds its game.
func ReadReplay(path string) (*replay.Replay, games.Game, error) {
	r, err := replay.ReadFile(path)
	if err != nil {
		if errors.Is(err, replay.ErrVersion) {
			err = fmt.Errorf("%w; play the match again, or use the dryad that wrote it", err)
		}
		return nil, nil, err
	}
	game, err := catalog.Game(r.Game)
	if err != nil {
		return nil, nil, fmt.Errorf("%s is of a game that is not here: %w", path, err)
	}
	return r, game, nil
}
