package wad

import (
	"encoding/binary"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/special"
)

// readClassic reads the binary lumps of the classic format.
func readClassic(m *maps.Parts, lumps map[string][]byte) error {
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
		m.Vertices = append(m.Vertices, maps.Vertex{X: short(b), Y: short(b[2:])})
	}
	for b := lumps["SECTORS"]; len(b) > 0; b = b[26:] {
		m.Sectors = append(m.Sectors, maps.Sector{
			Floor: short(b), Ceiling: short(b[2:]),
			FloorFlat: cString(b[4:12]), CeilingFlat: cString(b[12:20]),
			Light: int16(word(b[20:])), Number: int32(word(b[22:])), Tag: int32(word(b[24:])),
		})
	}
	for b := lumps["SIDEDEFS"]; len(b) > 0; b = b[30:] {
		m.Sides = append(m.Sides, maps.Side{
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
		m.Lines = append(m.Lines, maps.Line{
			V1: int32(word(b)), V2: int32(word(b[2:])),
			Flags: maps.Flags(word(b[4:])) & 0x3ff, Number: word(b[6:]), Tag: int32(word(b[8:])),
			FrontSide: side(b[10:]), BackSide: side(b[12:]),
		})
	}
	things := lumps["THINGS"]
	if rest := len(things) % 10; rest > 0 {
		// The engines of the field count whole things, and so do we.
		m.Warn("THINGS is %d bytes, not a multiple of 10: the last %d are left out", len(things), rest)
		things = things[:len(things)-rest]
	}
	for b := things; len(b) > 0; b = b[10:] {
		m.Things = append(m.Things, maps.Thing{
			X: short(b), Y: short(b[2:]), Angle: fixed.Degrees(int(int16(word(b[4:])))),
			Type: int32(word(b[6:])), Flags: maps.ThingFlags(word(b[8:])),
		})
	}
	classicSpecials(m)
	return nil
}

// classicSpecials looks up what the classic numbers of lines and sectors mean.
func classicSpecials(m *maps.Parts) {
	m.Specials = make([]maps.Special, len(m.Lines))
	for i := range m.Lines {
		if n := m.Lines[i].Number; n != 0 {
			s, known := special.Line(n)
			m.Specials[i] = s
			if !known {
				m.Unknown = append(m.Unknown, maps.UnknownSpecial{Line: i, Sector: -1, Number: int32(n), Name: s.Name})
			}
		}
	}
	sectorDamage(m)
}

// sectorDamage looks up what the numbers of sectors mean, which all formats
// share.
func sectorDamage(m *maps.Parts) {
	for i := range m.Sectors {
		n := m.Sectors[i].Number
		d, known := special.Sector(n)
		m.Sectors[i].Damage = d
		if !known {
			m.Unknown = append(m.Unknown, maps.UnknownSpecial{Line: -1, Sector: i, Number: n, Name: "unknown"})
		}
	}
}

// texture returns a texture's name; "-" is none.
func texture(b []byte) string {
	if s := cString(b); s != "-" {
		return s
	}
	return ""
}
