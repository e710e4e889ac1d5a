// Package source finds what is needed to watch a recorded match: the game, the
// policies that think beside the record, and what draws the game.
//
//	m, err := source.Read("out.replay", nil)
//	s, err := m.Open()
//	screen := screen.New(screen.Params{Session: s, Camera: m.Camera, Policy: m.Policy})
//
// Games are those of package catalog.
package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

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

// Wads makes WAD files, and folders of them, be looked in before the usual
// places, by the environment variable DOOMWADPATH.
func Wads(paths []string) error {
	var folders []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("--wad: %w", err)
		}
		if !info.IsDir() {
			path = filepath.Dir(path)
		}
		folders = append(folders, path)
	}
	if len(folders) == 0 {
		return nil
	}
	if usual := os.Getenv("DOOMWADPATH"); usual != "" {
		folders = append(folders, usual)
	}
	return os.Setenv("DOOMWADPATH", strings.Join(folders, string(filepath.ListSeparator)))
}
