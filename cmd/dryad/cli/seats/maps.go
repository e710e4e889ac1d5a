package seats

import (
	"dryad/cmd/dryad/cli/frame"
	"dryad/games/fps/maps/library"
)

// WarnOfMap says what was wrong with the files of maps and put right when they
// were read. Names of other things than maps are passed over.
func WarnOfMap(env *frame.Env, names ...string) {
	for _, name := range names {
		m, err := library.Load(name)
		if err != nil {
			continue
		}
		for _, w := range m.Warnings {
			env.Logf("warning: %s", w)
		}
	}
}
