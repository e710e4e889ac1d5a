package maps

import "dryad/games/fps/fixed"

// Flags of a line, with the values of the classic format.
type Flags uint16

// The flags that matter to movement, sight and drawing.
const (
	FlagBlocking      Flags = 1 << 0 // stops every walker
	FlagBlockMonsters Flags = 1 << 1
	FlagTwoSided      Flags = 1 << 2
	FlagUpperUnpegged Flags = 1 << 3 // top texture hangs from the ceiling
	FlagLowerUnpegged Flags = 1 << 4 // bottom texture is tied to the ceiling
	FlagSecret        Flags = 1 << 5
	FlagBlockSound    Flags = 1 << 6
	FlagHidden        Flags = 1 << 7 // not drawn on an automap
	FlagMapped        Flags = 1 << 8
	FlagPassUse       Flags = 1 << 9 // a use goes on to what is behind
	FlagBlockPlayers  Flags = 1 << 10
)

// Line is a wall or the border between two sectors. Its front is to the right
// of the way from (X, Y) to (X+DX, Y+DY).
type Line struct {
	X, Y, DX, DY           fixed.Fixed
	MinX, MinY, MaxX, MaxY fixed.Fixed
	Front, Back            int32 // sectors; NoSector where there is none
	FrontSide, BackSide    int32 // indices of sides; -1 where there is none
	V1, V2                 int32 // indices of vertices
	Tag                    int32
	Number                 uint16 // the line's special as the file has it
	Flags                  Flags
}

// Side says on which side of the line's infinite extension (x, y) lies: 0 for
// the front and for points on it, 1 for the back.
func (l *Line) Side(x, y fixed.Fixed) int {
	if l.cross(x, y) > 0 {
		return 1
	}
	return 0
}

// cross is positive behind the line. A map is at most 32767 units wide, so the
// products stay within 62 bits.
func (l *Line) cross(x, y fixed.Fixed) int64 {
	return int64(l.DX)*(int64(y)-int64(l.Y)) - int64(l.DY)*(int64(x)-int64(l.X))
}

// Off returns how far a point is from the line, which has no ends here.
func (l *Line) Off(x, y fixed.Fixed) fixed.Fixed {
	length := int64(fixed.Hypot(l.DX, l.DY))
	if length == 0 {
		return fixed.Hypot(x-l.X, y-l.Y)
	}
	off := l.cross(x, y) / length
	return fixed.Fixed(max(off, -off))
}

// Sector returns the sector on the given side, or [NoSector].
func (l *Line) Sector(side int) int32 {
	if side == 0 {
		return l.Front
	}
	return l.Back
}

// Length of the line.
func (l *Line) Length() fixed.Fixed { return fixed.Hypot(l.DX, l.DY) }

// crossesBox reports whether the open square around (x, y) is cut by the line.
// Touching is not cutting.
func (l *Line) crossesBox(x, y, radius fixed.Fixed) bool {
	if x+radius <= l.MinX || x-radius >= l.MaxX || y+radius <= l.MinY || y-radius >= l.MaxY {
		return false
	}
	if l.DX == 0 || l.DY == 0 {
		return true
	}
	// The two corners that are farthest apart across the line's direction.
	c := l.cross(x, y)
	reach := (absolute(int64(l.DX)) + absolute(int64(l.DY))) * int64(radius)
	return c < reach && c > -reach
}

func absolute(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
