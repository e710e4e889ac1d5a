package screen

import (
	"context"
	"strings"
)

// Edited is what an editor outside of the screen has made of a tree.
type Edited struct {
	Source string
	Err    error // the editor cannot be started, or fails
}

// outside is a tree that is open in an editor outside of the screen.
type outside struct {
	result <-chan Edited // nil for none
	of     *editor       // the built-in editor that takes the result
}

// editOutside opens the tree that is edited outside of the screen too, where there
// is such an editor and it is not open.
func (s *Screen) editOutside(ctx context.Context) {
	if s.params.Edit == nil || s.out.result != nil {
		return
	}
	s.out = outside{result: s.params.Edit(ctx, s.editor.text()), of: s.editor}
}

// takeEdited takes the tree of an editor that has ended, checks it, and lets the
// match go on with it. It reports whether the picture changes. A tree whose fork was
// left with escape in the meantime is dropped.
func (s *Screen) takeEdited(ctx context.Context) (bool, error) {
	var got Edited
	select {
	case got = <-s.out.result:
	default:
		return false, nil
	}
	e := s.out.of
	s.out = outside{}
	if s.editor != e {
		return false, nil
	}
	source := strings.ReplaceAll(got.Source, "\r\n", "\n")
	switch {
	case got.Err != nil:
		e.faults = []string{got.Err.Error()}
		return true, nil
	case strings.TrimRight(source, "\n") == strings.TrimRight(e.text(), "\n"):
		e.faults = []string{"the editor has ended and changed nothing; one with a window of its own needs its option to wait, such as code --wait"}
		return true, nil
	}
	e.lines, e.row, e.col, e.top = strings.Split(strings.TrimRight(source, "\n"), "\n"), 0, 0, 0
	return true, s.fork(ctx)
}

// editorHelp says how the tree is taken.
func (s *Screen) editorHelp() string {
	if s.out.result != nil && s.out.of == s.editor {
		return "open in the editor at the terminal: save and leave it there to check the tree and play on; escape: leave it as it was"
	}
	return "ctrl and enter: check it and play on; escape: leave it as it was"
}
