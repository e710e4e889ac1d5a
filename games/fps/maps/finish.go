package maps

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"dryad/games/fps/fixed"
)

// widest is the largest extent of a map, and the farthest from the origin that
// it may reach: differences of coordinates must fit in 31 bits, with room for
// a walker's box around each.
const widest = 32000 * fixed.One

// New checks what was read or generated and makes a map of it, which owns the
// parts from then on. The error is a [*FormatError]: an index out of range, no
// lines or sectors, or a map that is too large.
func New(p Parts) (*Map, error) {
	m := &Map{Parts: p}
	if len(m.Lines) == 0 || len(m.Sectors) == 0 {
		return nil, faulty(m.Name, "has no lines or no sectors")
	}
	if len(m.Specials) != len(m.Lines) {
		return nil, faulty(m.Name, "has %d specials for %d lines", len(m.Specials), len(m.Lines))
	}
	if err := m.link(); err != nil {
		return nil, err
	}
	m.index()
	m.findSolids()
	m.buildGrid()
	m.findTeleports()
	m.hash = m.sum()
	return m, nil
}

// FormatError says that a map or its file is not what it should be.
type FormatError struct {
	File string // the file, or file and map
	What string // what is wrong, and with which part
}

func (e *FormatError) Error() string { return e.File + ": " + e.What }

func faulty(file, format string, args ...any) error {
	return &FormatError{file, fmt.Sprintf(format, args...)}
}

// mostWarnings bounds the warnings that are kept of a map.
const mostWarnings = 100

// Warn adds to Warnings what was put right, unless there are a hundred already.
func (p *Parts) Warn(format string, args ...any) {
	if len(p.Warnings) < mostWarnings {
		p.Warnings = append(p.Warnings, p.Name+": "+fmt.Sprintf(format, args...))
	}
}

// link resolves indices, all of which are checked here, and derives the
// geometry of lines. Lines of no length or without sides are dropped, as the
// classic engine's tools do.
func (m *Map) link() error {
	m.MinX, m.MinY, m.MaxX, m.MaxY = 1<<31-1, 1<<31-1, -1<<31, -1<<31
	used := make([]bool, len(m.Sides))
	for i := range m.Lines {
		for _, s := range []int32{m.Lines[i].FrontSide, m.Lines[i].BackSide} {
			if s >= 0 && int(s) < len(used) {
				used[s] = true
			}
		}
	}
	for i := range m.Sides {
		if s := m.Sides[i].Sector; s < 0 || int(s) >= len(m.Sectors) {
			if used[i] {
				return faulty(m.Name, "side %d faces sector %d of %d", i, s, len(m.Sectors))
			}
			m.Warn("side %d, which no line has, faces sector %d of %d: it is left out", i, s, len(m.Sectors))
			m.Sides[i].Sector = 0
		}
	}
	for i := range m.Lines {
		l := &m.Lines[i]
		if l.V1 < 0 || l.V2 < 0 || int(l.V1) >= len(m.Vertices) || int(l.V2) >= len(m.Vertices) {
			return faulty(m.Name, "line %d joins vertices %d and %d of %d", i, l.V1, l.V2, len(m.Vertices))
		}
		for _, s := range []int32{l.FrontSide, l.BackSide} {
			if s < -1 || int(s) >= len(m.Sides) {
				return faulty(m.Name, "line %d has side %d of %d", i, s, len(m.Sides))
			}
		}
		a, b := m.Vertices[l.V1], m.Vertices[l.V2]
		m.MinX, m.MaxX = min(m.MinX, a.X, b.X), max(m.MaxX, a.X, b.X)
		m.MinY, m.MaxY = min(m.MinY, a.Y, b.Y), max(m.MaxY, a.Y, b.Y)
	}
	if int64(m.MaxX)-int64(m.MinX) > widest || int64(m.MaxY)-int64(m.MinY) > widest ||
		min(m.MinX, m.MinY) < -widest || max(m.MaxX, m.MaxY) > widest {
		return faulty(m.Name, "is larger than %d units, or farther than that from its origin", widest>>16)
	}
	for i := range m.Lines {
		l := &m.Lines[i]
		a, b := m.Vertices[l.V1], m.Vertices[l.V2]
		l.X, l.Y, l.DX, l.DY = a.X, a.Y, b.X-a.X, b.Y-a.Y
		l.MinX, l.MaxX = min(a.X, b.X), max(a.X, b.X)
		l.MinY, l.MaxY = min(a.Y, b.Y), max(a.Y, b.Y)
		l.Front, l.Back = NoSector, NoSector
		if l.FrontSide >= 0 {
			l.Front = m.Sides[l.FrontSide].Sector
		}
		if l.BackSide >= 0 {
			l.Back = m.Sides[l.BackSide].Sector
		}
		// A line that is flagged one-sided blocks although it has a back.
		if l.Flags&FlagTwoSided == 0 && l.Back >= 0 {
			l.Flags |= FlagBlocking
		}
	}
	return nil
}

// index lists lines and neighbours of sectors, and sectors of tags.
func (m *Map) index() {
	m.bySector = make([][]int32, len(m.Sectors))
	m.neighbours = make([][]int32, len(m.Sectors))
	m.byTag = map[int32][]int32{}
	for i := range m.Lines {
		l := &m.Lines[i]
		if l.Front >= 0 {
			m.bySector[l.Front] = append(m.bySector[l.Front], int32(i))
		}
		if l.Back >= 0 && l.Back != l.Front {
			m.bySector[l.Back] = append(m.bySector[l.Back], int32(i))
			if l.Front >= 0 {
				m.neighbours[l.Front] = append(m.neighbours[l.Front], l.Back)
				m.neighbours[l.Back] = append(m.neighbours[l.Back], l.Front)
			}
		}
	}
	m.selves = make([]int32, len(m.Sectors))
	for s := range m.Sectors {
		m.selves[s] = int32(s)
		slices.Sort(m.neighbours[s])
		m.neighbours[s] = slices.Compact(m.neighbours[s])
		if tag := m.Sectors[s].Tag; tag != 0 {
			m.byTag[tag] = append(m.byTag[tag], int32(s))
		}
	}
}

// sum hashes what decides how the map plays.
func (m *Map) sum() [32]byte {
	var b []byte
	put := func(values ...int32) {
		for _, v := range values {
			b = binary.LittleEndian.AppendUint32(b, uint32(v))
		}
	}
	put(int32(len(m.Lines)), int32(len(m.Sectors)), int32(len(m.Things)))
	for i := range m.Lines {
		l := &m.Lines[i]
		put(l.X, l.Y, l.DX, l.DY, l.Front, l.Back, l.Tag, int32(l.Number), int32(l.Flags))
	}
	for i := range m.Sectors {
		s := &m.Sectors[i]
		put(s.Floor, s.Ceiling, s.Number, s.Tag)
	}
	for i := range m.Things {
		t := &m.Things[i]
		put(t.X, t.Y, int32(t.Angle), t.Type, int32(t.Flags))
	}
	return sha256.Sum256(b)
}
