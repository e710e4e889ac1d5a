package maps

import (
	"dryad/games/fps/fixed"
)

// Constants published for the map format, in map units and ticks.
const (
	TicksPerSecond = 35
	MaxStep        = 24 * fixed.One // highest step a walker climbs
	Radius         = 16 * fixed.One // half the width of a player's box
	Height         = 56 * fixed.One // height of a player's box
	ViewHeight     = 41 * fixed.One // of a player's eyes above its feet
)

// NoSector stands for the void outside of every sector.
const NoSector = -1

// Vertex is a corner of the map.
type Vertex struct{ X, Y fixed.Fixed }

// Side is what one face of a line shows and the sector that it faces.
// Texture names are upper case; "" is none.
type Side struct {
	OffsetX, OffsetY    fixed.Fixed
	Top, Bottom, Middle string
	Sector              int32
}

// Sector is an area of one floor and one ceiling height. The heights are those
// that a match begins with.
type Sector struct {
	Floor, Ceiling         fixed.Fixed
	FloorFlat, CeilingFlat string
	Light                  int16 // 0 dark to 255 full
	Number                 int32 // the sector's special as the file has it
	Tag                    int32
	Damage                 Damage // what its floor does, from Number
}

// Parts is what a map is made of, as a reader of files or a generator puts it
// together for [New].
type Parts struct {
	Name     string // "freedm.wad:MAP01", "generated:caves:7"
	Title    string // a human name where the source has one
	Vertices []Vertex
	// Lines refer to vertices and sides by index. New fills in what follows
	// from those: positions, bounds and sectors.
	Lines   []Line
	Sides   []Side
	Sectors []Sector
	Things  []Thing
	// Specials holds, per line, what the line does; the zero Special for
	// lines that do nothing.
	Specials []Special
	// Unknown lists the specials of lines and sectors that dryad does not
	// run, by name where the format's extensions name them.
	Unknown []UnknownSpecial
	// Warnings say what was wrong with the file and put right, a line each.
	Warnings []string
	// Sky is the name of the flat that shows the sky.
	Sky string
	// Source is the file that the map was read from; nil for a generated map.
	Source Source
}

// Source is the file that a map was read from.
type Source interface {
	// TextureHeight returns the height in units of a wall texture; ok is false
	// where the file does not hold it.
	TextureHeight(name string) (units int, ok bool)
}

// Kept is how many maps a process keeps in memory, and how many of them keep
// what was computed from them: so a thousand matches on one map share it, and
// a thousand maps do not fill the memory.
const Kept = 96

// Map is the unchanging part of a world, made by [New]. Its slices are
// read-only for everyone and safe for concurrent use.
type Map struct {
	Parts
	// Solids are decorations that block walkers.
	Solids []Solid
	// Bounds of all vertices.
	MinX, MinY, MaxX, MaxY fixed.Fixed

	hash       [32]byte
	grid       grid
	bySector   [][]int32 // lines that border each sector
	byTag      map[int32][]int32
	neighbours [][]int32
	selves     []int32 // 0, 1, 2 ...: a sector as a slice of one
	teleports  map[int32]teleport
}

// Hash identifies the geometry: vertices, lines, sectors and things. Maps of
// equal hashes play the same.
func (m *Map) Hash() [32]byte { return m.hash }

// SectorLines returns the indices of the lines that border sector s.
func (m *Map) SectorLines(s int) []int32 { return m.bySector[s] }

// Neighbours returns the sectors across the two-sided lines of sector s,
// each once, in ascending order.
func (m *Map) Neighbours(s int) []int32 { return m.neighbours[s] }

// Tagged returns the sectors that carry tag, in ascending order. Tag 0 is no
// tag and has none.
func (m *Map) Tagged(tag int32) []int32 {
	if tag == 0 {
		return nil
	}
	return m.byTag[tag]
}
