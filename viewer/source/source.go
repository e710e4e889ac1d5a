package source

import (
	"errors"
	"fmt"

	"dryad/catalog"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/board"
	"dryad/viewer/session"
)

// Match is a recorded match with what executes and draws it.
type Match struct {
	Replay   *replay.Replay
	Playback match.PlaybackParams
	Camera   board.Camera // nil for a game that has none
	Policy   policy.Params
}

// Read reads a replay. Its trees use the given networks where there are any.
func Read(path string, given catalog.Networks) (Match, error) {
	r, err := replay.ReadFile(path)
	if err != nil {
		if errors.Is(err, replay.ErrVersion) {
			err = fmt.Errorf("%w; play the match again, or use the dryad that wrote it", err)
		}
		return Match{}, err
	}
	m, err := Of(r, given)
	if err != nil {
		return Match{}, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// Of finds the game of a replay.
func Of(r *replay.Replay, given catalog.Networks) (Match, error) {
	playback, err := catalog.Playback(r, given)
	if err != nil {
		return Match{}, err
	}
	row, err := catalog.Find(r.Game)
	if err != nil {
		return Match{}, err
	}
	return Match{Replay: r, Playback: playback, Camera: board.Camera(row.Paint), Policy: row.Params(given)}, nil
}

// Open starts to watch the match.
func (m Match) Open() (*session.Session, error) { return session.Open(m.Playback) }
