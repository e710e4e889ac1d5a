package maps

import (
	"math"
	"strconv"
	"strings"

	"dryad/games/fps/fixed"
)

// readUDMF reads a text map. The namespaces of the classic format's own
// numbers ("doom") and of action numbers with arguments ("zdoom", "hexen",
// "dsda") are understood.
func (m *Map) readUDMF(text []byte) error {
	p := udmf{file: m.Name, text: text, line: 1}
	for {
		name, ok, err := p.word()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		switch c := p.symbol(); c {
		case '=':
			value, err := p.value()
			if err != nil {
				return err
			}
			if name == "namespace" {
				p.namespace = strings.ToLower(value.text)
			}
		case '{':
			block, err := p.block()
			if err != nil {
				return err
			}
			if err := m.addBlock(&p, name, block); err != nil {
				return err
			}
		default:
			return p.fault("want = or { after %q", name)
		}
	}
	if m.translated != nil { // a namespace that changes midway leaves the last lines without
		m.translated = append(m.translated, make([]Special, len(m.Lines)-len(m.translated))...)
	}
	switch p.namespace {
	case "doom", "dsda", "zdoom", "hexen", "zdoomtranslated", "eternity":
		return nil
	case "":
		return faulty(m.Name, "TEXTMAP names no namespace")
	}
	return faulty(m.Name, "TEXTMAP of namespace %q; dryad reads doom, zdoom, dsda, eternity and hexen", p.namespace)
}

// actions reports whether specials are action numbers with arguments.
func (p *udmf) actions() bool { return p.namespace != "doom" && p.namespace != "zdoomtranslated" }

// addBlock adds what one block describes. Blocks of other names belong to
// extensions and are passed over.
func (m *Map) addBlock(p *udmf, name string, b block) error {
	switch name {
	case "vertex":
		x, y := b["x"], b["y"]
		vx, okX := x.fixed()
		vy, okY := y.fixed()
		if !x.number || !y.number || !okX || !okY {
			return p.fault("vertex %d has no x or y within ±32767", len(m.Vertices))
		}
		m.Vertices = append(m.Vertices, Vertex{vx, vy})
	case "sector":
		floor, okF := b["heightfloor"].fixed()
		ceiling, okC := b["heightceiling"].fixed()
		if !okF || !okC {
			return p.fault("sector %d has a height beyond ±32767", len(m.Sectors))
		}
		m.Sectors = append(m.Sectors, Sector{
			Floor: floor, Ceiling: ceiling,
			FloorFlat: strings.ToUpper(b["texturefloor"].text), CeilingFlat: strings.ToUpper(b["textureceiling"].text),
			Light: int16(b.integer("lightlevel", 160)), Number: b.integer("special", 0), Tag: b.integer("id", 0),
		})
	case "sidedef":
		x, _ := b["offsetx"].fixed()
		y, _ := b["offsety"].fixed()
		side := Side{OffsetX: x, OffsetY: y, Sector: b.integer("sector", -1)}
		side.Top, side.Bottom, side.Middle = b.texture("texturetop"), b.texture("texturebottom"), b.texture("texturemiddle")
		m.Sides = append(m.Sides, side)
	case "linedef":
		number := b.integer("special", 0)
		if number < 0 || number > math.MaxUint16 {
			return p.fault("linedef %d has special %d", len(m.Lines), number)
		}
		line := Line{
			V1: b.integer("v1", -1), V2: b.integer("v2", -1),
			FrontSide: b.integer("sidefront", -1), BackSide: b.integer("sideback", -1),
			Number: uint16(number), Tag: b.integer("id", 0),
		}
		if p.actions() {
			line.Tag = b.integer("arg0", 0)
		}
		for name, flag := range udmfFlags {
			if b[name].text == "true" {
				line.Flags |= flag
			}
		}
		m.Lines = append(m.Lines, line)
		if p.actions() {
			for len(m.translated) < len(m.Lines)-1 {
				m.translated = append(m.translated, Special{})
			}
			m.translated = append(m.translated, translate(uint16(number), b))
		}
	case "thing":
		x, okX := b["x"].fixed()
		y, okY := b["y"].fixed()
		if !okX || !okY {
			return p.fault("thing %d lies beyond ±32767", len(m.Things))
		}
		t := Thing{X: x, Y: y, Angle: fixed.Degrees(int(b.integer("angle", 0))), Type: b.integer("type", 0)}
		set := func(name string, flag ThingFlags, when bool) {
			if (b[name].text == "true") == when {
				t.Flags |= flag
			}
		}
		set("skill2", ThingEasy, true)
		set("skill3", ThingMedium, true)
		set("skill4", ThingHard, true)
		set("ambush", ThingAmbush, true)
		set("single", ThingNotSingle, false)
		set("dm", ThingNotDeathmatch, false)
		m.Things = append(m.Things, t)
	}
	return nil
}

var udmfFlags = map[string]Flags{
	"blocking": FlagBlocking, "blockmonsters": FlagBlockMonsters, "twosided": FlagTwoSided,
	"dontpegtop": FlagUpperUnpegged, "dontpegbottom": FlagLowerUnpegged, "secret": FlagSecret,
	"blocksound": FlagBlockSound, "dontdraw": FlagHidden, "mapped": FlagMapped,
	"passuse": FlagPassUse, "blockplayers": FlagBlockPlayers, "blockeverything": FlagBlocking,
}

// udmf reads the tokens of a text map.
type udmf struct {
	file      string
	text      []byte
	at, line  int
	namespace string
}

// value is the right side of an assignment.
type value struct {
	text   string
	number bool
}

// fixed returns a number as a length; ok is false when it does not fit.
func (v value) fixed() (fixed.Fixed, bool) {
	if !v.number {
		return 0, true
	}
	f, err := strconv.ParseFloat(v.text, 64)
	if err != nil || math.IsNaN(f) || f > 32767 || f < -32767 {
		return 0, false
	}
	return fixed.Fixed(math.Floor(f * 65536)), true
}

// block is the assignments of one block, by lower-case name.
type block map[string]value

func (b block) integer(name string, missing int32) int32 {
	v, ok := b[name]
	if !ok || !v.number {
		return missing
	}
	f, err := strconv.ParseFloat(v.text, 64)
	if err != nil || math.IsNaN(f) || f > math.MaxInt32 || f < math.MinInt32 {
		return missing
	}
	return int32(f)
}

func (b block) texture(name string) string {
	if t := strings.ToUpper(b[name].text); t != "-" {
		return t
	}
	return ""
}

func (p *udmf) fault(format string, args ...any) error {
	return faulty(p.file, "TEXTMAP line "+strconv.Itoa(p.line)+": "+format, args...)
}

// skip passes white space and comments.
func (p *udmf) skip() {
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '\n':
			p.line++
			p.at++
		case c == ' ' || c == '\t' || c == '\r':
			p.at++
		case c == '/' && p.at+1 < len(p.text) && p.text[p.at+1] == '/':
			for p.at < len(p.text) && p.text[p.at] != '\n' {
				p.at++
			}
		case c == '/' && p.at+1 < len(p.text) && p.text[p.at+1] == '*':
			p.at += 2
			for p.at < len(p.text) && !(p.text[p.at] == '*' && p.at+1 < len(p.text) && p.text[p.at+1] == '/') {
				if p.text[p.at] == '\n' {
					p.line++
				}
				p.at++
			}
			p.at = min(p.at+2, len(p.text))
		default:
			return
		}
	}
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// word reads an identifier; ok is false at the end of the text.
func (p *udmf) word() (name string, ok bool, err error) {
	p.skip()
	if p.at == len(p.text) {
		return "", false, nil
	}
	from := p.at
	for p.at < len(p.text) && isWord(p.text[p.at]) {
		p.at++
	}
	if from == p.at {
		return "", false, p.fault("want a name, have %q", p.text[p.at])
	}
	return strings.ToLower(string(p.text[from:p.at])), true, nil
}

// symbol reads one punctuation mark, or 0 at the end.
func (p *udmf) symbol() byte {
	p.skip()
	if p.at == len(p.text) {
		return 0
	}
	p.at++
	return p.text[p.at-1]
}

// value reads the right side of an assignment and its semicolon.
func (p *udmf) value() (v value, err error) {
	p.skip()
	if p.at == len(p.text) {
		return v, p.fault("ends in the middle of an assignment")
	}
	if p.text[p.at] == '"' {
		p.at++
		from := p.at
		for p.at < len(p.text) && p.text[p.at] != '"' {
			if p.text[p.at] == '\\' {
				p.at++
			}
			if p.at < len(p.text) && p.text[p.at] == '\n' {
				p.line++
			}
			p.at++
		}
		if p.at >= len(p.text) {
			return v, p.fault("a string has no end")
		}
		v.text = string(p.text[from:p.at])
		p.at++
	} else {
		from := p.at
		for p.at < len(p.text) && (isWord(p.text[p.at]) || strings.IndexByte("+-.", p.text[p.at]) >= 0) {
			p.at++
		}
		v.text = strings.ToLower(string(p.text[from:p.at]))
		if v.text == "" {
			return v, p.fault("want a value, have %q", p.text[p.at])
		}
		v.number = strings.IndexByte("+-.0123456789", v.text[0]) >= 0
		if strings.HasPrefix(v.text, "0x") {
			n, err := strconv.ParseUint(v.text[2:], 16, 32)
			if err != nil {
				return v, p.fault("%q is no number", v.text)
			}
			v.text = strconv.FormatUint(n, 10)
		}
	}
	if c := p.symbol(); c != ';' {
		return v, p.fault("want ; after the value %q", v.text)
	}
	return v, nil
}

// block reads assignments up to the closing brace.
func (p *udmf) block() (block, error) {
	b := block{}
	for {
		p.skip()
		if p.at < len(p.text) && p.text[p.at] == '}' {
			p.at++
			return b, nil
		}
		name, ok, err := p.word()
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, p.fault("ends in the middle of a block")
		}
		if c := p.symbol(); c != '=' {
			return nil, p.fault("want = after %q", name)
		}
		if b[name], err = p.value(); err != nil {
			return nil, err
		}
	}
}
