package arena

import (
	"bytes"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// itemMarks are the letters of items in a sketch, by class.
var itemMarks = [fps.ItemClasses]byte{
	fps.HealthItem: '+', fps.ArmourItem: ']', fps.AmmoItem: ':', fps.WeaponItem: 'w', fps.PowerItem: '*',
}

// Sketch draws the map of a configuration in letters, at most columns wide,
// north up: floor that can be walked to, starts, items and the mode's places.
func Sketch(config games.Config, columns int) ([]string, error) {
	config, err := New().Complete(config)
	if err != nil {
		return nil, err
	}
	w, err := newWorld(config, 1)
	if err != nil {
		return nil, err
	}
	l := &w.level
	// A letter is twice as high as wide.
	span := max(int64(l.Map.MaxX)-int64(l.Map.MinX), (int64(l.Map.MaxY)-int64(l.Map.MinY))*int64(columns)/64, 64*fixed.One)
	wide := span/int64(max(columns-1, 1)) + 1
	row := func(y fixed.Fixed) int { return int((int64(l.Map.MaxY) - int64(y)) / (2 * wide)) }
	column := func(x fixed.Fixed) int { return int((int64(x) - int64(l.Map.MinX)) / wide) }
	lines := make([][]byte, row(l.Map.MinY)+1)
	for i := range lines {
		lines[i] = bytes.Repeat([]byte{' '}, columns)
	}
	mark := func(x, y fixed.Fixed, letter byte) {
		if r, c := row(y), column(x); r >= 0 && r < len(lines) && c >= 0 && c < columns {
			lines[r][c] = letter
		}
	}
	// Every letter's own spot is looked up, so that large letters leave no gaps.
	walkable := make([]bool, l.Nodes())
	for _, n := range l.Walkable {
		walkable[n] = true
	}
	for r := range lines {
		for c := range lines[r] {
			x := int64(l.Map.MinX) + int64(c)*wide + wide/2
			y := int64(l.Map.MaxY) - int64(r)*2*wide - wide
			if n := l.NodeAt(fixed.Fixed(x), fixed.Fixed(y)); n >= 0 && walkable[n] {
				lines[r][c] = '.'
			}
		}
	}
	for k := range l.Items {
		if w.absent[k] != never {
			mark(l.Items[k].X, l.Items[k].Y, itemMarks[l.Facts(int32(k)).Class])
		}
	}
	for _, s := range l.Starts {
		mark(s.X, s.Y, 'S')
	}
	for _, o := range w.objectives {
		mark(o.X, o.Y, 'O')
	}
	out := make([]string, 0, len(lines))
	for _, line := range lines {
		out = append(out, string(bytes.TrimRight(line, " ")))
	}
	return out, nil
}
