package play

import (
	"fmt"
	"io/fs"
	"os"
	"time"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games"
	"dryad/match"
)

// watcher takes policies into a running match when their files are saved.
type watcher struct {
	env   *frame.Env
	game  games.Game
	paths []string // by seat
	seen  map[string]stamp
}

// stamp is what tells one version of a file from another.
type stamp struct {
	changed time.Time
	size    int64
}

func newWatcher(env *frame.Env, game games.Game, paths []string) *watcher {
	w := &watcher{env: env, game: game, paths: paths, seen: map[string]stamp{}}
	for _, path := range paths {
		if s, ok := stampOf(path); ok {
			w.seen[path] = s
		}
	}
	return w
}

func stampOf(path string) (stamp, bool) {
	info, err := os.Stat(path)
	if err != nil || info.Mode()&fs.ModeType != 0 {
		return stamp{}, false // being replaced, or no file
	}
	return stamp{info.ModTime(), info.Size()}, true
}

// look takes in the files that were saved since the last look. A faulty one is
// reported, and the old one plays on.
func (w *watcher) look(m *match.Match) error {
	fresh := map[string]match.Entrant{}
	for seat, path := range w.paths {
		e, ok := fresh[path]
		if !ok {
			s, there := stampOf(path)
			if !there || s == w.seen[path] {
				continue
			}
			w.seen[path] = s
			p, err := seats.PlayablePolicy(w.env, path, w.game)
			if err != nil {
				w.env.Logf("tick %d: %v; the old one plays on", m.Now(), err)
				continue
			}
			e = match.Tree(p)
			fresh[path] = e
		}
		if err := m.Replace(games.Seat(seat), e); err != nil {
			return fmt.Errorf("take %s into the match: %w", path, err)
		}
		w.env.Logf("tick %d: %s plays seat %d from its new file", m.Now(), e.Record.Name, seat)
	}
	return nil
}
