package screen

import (
	"encoding/json"
	"fmt"

	"dryad/viewer/board"
)

// remembered is what of the view is kept from one match to the next.
type remembered struct {
	Layout string        `json:"layout"`
	Drawn  bool          `json:"drawn_tree"`
	Panel  int           `json:"panel"`
	Board  board.Options `json:"board"`
}

// View returns how the person looks at matches, for [Screen.SetView] of another
// day: panels, form of the tree, and what the map shows.
func (s *Screen) View() []byte {
	text, err := json.Marshal(remembered{s.layout.String(), s.drawn, int(s.tab), s.sides[0].board.Options})
	if err != nil {
		panic("screen: bug: " + err.Error())
	}
	return text
}

// SetView takes a view that was kept. One that is damaged, or of another
// version, changes nothing and is an error.
func (s *Screen) SetView(text []byte) error {
	var v remembered
	if err := json.Unmarshal(text, &v); err != nil {
		return fmt.Errorf("the view that was kept: %w", err)
	}
	layout, err := ParseLayout(v.Layout)
	if err != nil {
		return fmt.Errorf("the view that was kept: %w", err)
	}
	if v.Panel < 0 || v.Panel >= int(tabs) {
		return fmt.Errorf("the view that was kept: there is no panel %d", v.Panel)
	}
	s.layout, s.drawn, s.tab = layout, v.Drawn, tab(v.Panel)
	for _, d := range s.sides {
		d.board.Options = v.Board
	}
	return nil
}

// Origin returns the lines of the overlay on how a tree was made that stand in the
// last picture; nil when it is closed.
func (s *Screen) Origin() []string {
	o := s.origin
	if o == nil {
		return nil
	}
	lines := []string{o.title}
	for _, l := range o.lines[o.top:min(o.top+o.visible, len(o.lines))] {
		lines = append(lines, l.text)
	}
	return lines
}

// Strategies returns the lines on latent strategies that stand below speeches in the
// last picture.
func (s *Screen) Strategies() []string { return s.sides[0].board.Strategies() }

// Pointed returns the text of the node below the mouse, and Chosen that of the
// node that was clicked; empty without one.
func (s *Screen) Pointed() string {
	if i := s.tipped(); i >= 0 {
		return s.hits[i].tip[0]
	}
	return ""
}

// Chosen returns the text of the node that was clicked.
func (s *Screen) Chosen() string {
	for _, d := range s.sides {
		if i := d.chosen(); i >= 0 {
			return d.mind().Nodes[i].Text
		}
	}
	return ""
}

// Matches returns how many matches are shown: one, or two beside each other.
func (s *Screen) Matches() int { return len(s.sides) }

// Edits says where the cursor stands in the tree that is open for a fork, as
// "line:column" from 1 on; empty when none is open.
func (s *Screen) Edits() string {
	if s.editor == nil {
		return ""
	}
	return fmt.Sprintf("%d:%d", s.editor.row+1, s.editor.col+1)
}
