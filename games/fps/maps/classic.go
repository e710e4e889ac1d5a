package maps

import (
	"encoding/binary"
	"fmt"

	"dryad/games/fps/fixed"
)

// readClassic reads the binary lumps of the classic format.
func (m *Map) readClassic(lumps map[string][]byte) error {
	if _, ok := lumps["BEHAVIOR"]; ok {
		return faulty(m.Name, "a map in Hexen's format, which dryad does not read; save it in the classic or the UDMF format")
	}
	for _, need := range []struct {
		name string
		size int
	}{{"VERTEXES", 4}, {"SECTORS", 26}, {"SIDEDEFS", 30}, {"LINEDEFS", 14}, {"THINGS", 10}} {
		data, ok := lumps[need.name]
		switch {
		case !ok:
			return faulty(m.Name, "has no %s lump", need.name)
		case len(data)%need.size != 0 && need.name != "THINGS":
			return faulty(m.Name, "%s is %d bytes, not a multiple of %d: truncated, or not the classic format", need.name, len(data), need.size)
		case len(data) == 0 && need.name != "THINGS":
			return faulty(m.Name, "%s is empty", need.name)
		}
	}
	short := func(b []byte) fixed.Fixed { return fixed.Fixed(int16(binary.LittleEndian.Uint16(b))) << 16 }
	word := binary.LittleEndian.Uint16
	for b := lumps["VERTEXES"]; len(b) > 0; b = b[4:] {
		m.Vertices = append(m.Vertices, Vertex{short(b), short(b[2:])})
	}
	for b := lumps["SECTORS"]; len(b) > 0; b = b[26:] {
		m.Sectors = append(m.Sectors, Sector{
			Floor: short(b), Ceiling: short(b[2:]),
			FloorFlat: cString(b[4:12]), CeilingFlat: cString(b[12:20]),
			Light: int16(word(b[20:])), Number: int32(word(b[22:])), Tag: int32(word(b[24:])),
		})
	}
	for b := lumps["SIDEDEFS"]; len(b) > 0; b = b[30:] {
		m.Sides = append(m.Sides, Side{
			OffsetX: short(b), OffsetY: short(b[2:]),
			Top: texture(b[4:12]), Bottom: texture(b[12:20]), Middle: texture(b[20:28]),
			Sector: int32(word(b[28:])),
		})
	}
	for b := lumps["LINEDEFS"]; len(b) > 0; b = b[14:] {
		side := func(b []byte) int32 {
			if n := word(b); n != 0xffff {
				return int32(n)
			}
			return -1
		}
		// Bits above PassUse have no meaning in the classic format, and some
		// editors leave rubbish there.
		m.Lines = append(m.Lines, Line{
			V1: int32(word(b)), V2: int32(word(b[2:])),
			Flags: Flags(word(b[4:])) & 0x3ff, Number: word(b[6:]), Tag: int32(word(b[8:])),
			FrontSide: side(b[10:]), BackSide: side(b[12:]),
		})
	}
	things := lumps["THINGS"]
	if rest := len(things) % 10; rest > 0 {
		// The engines of the field count whole things, and so do we.
		m.warn("THINGS is %d bytes, not a multiple of 10: the last %d are left out", len(things), rest)
		things = things[:len(things)-rest]
	}
	for b := things; len(b) > 0; b = b[10:] {
		m.Things = append(m.Things, Thing{
			X: short(b), Y: short(b[2:]), Angle: fixed.Degrees(int(int16(word(b[4:])))),
			Type: int32(word(b[6:])), Flags: ThingFlags(word(b[8:])),
		})
	}
	return nil
}

// mostWarnings bounds the warnings that are kept of a map.
const mostWarnings = 100

// warn notes what was put right.
func (m *Map) warn(format string, args ...any) {
	if len(m.Warnings) < mostWarnings {
		m.Warnings = append(m.Warnings, m.Name+": "+fmt.Sprintf(format, args...))
	}
}

// texture returns a texture's name; "-" is none.
func texture(b []byte) string {
	if s := cString(b); s != "-" {
		return s
	}
	return ""
}
