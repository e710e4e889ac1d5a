package wad

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/special"
)

// readUDMF reads a text map. The namespaces of the classic format's own
// numbers ("doom") and of action numbers with arguments ("zdoom", "hexen",
// "dsda") are understood.
func readUDMF(m *maps.Parts, text []byte) error {
	p := udmf{m: m, file: m.Name, text: bytes.TrimPrefix(text, []byte("\ufeff")), line: 1}
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
			if !udmfBlocks[name] { // of an extension: what is in it may have another form
				if err := p.pass(); err != nil {
					return err
				}
				continue
			}
			block, err := p.block()
			if err != nil {
				return err
			}
			if err := p.addBlock(name, block); err != nil {
				return err
			}
		default:
			return p.fault("want = or { after %q", name)
		}
	}
	p.specials()
	switch p.namespace {
	case "doom", "dsda", "zdoom", "hexen", "zdoomtranslated", "eternity":
		return nil
	case "":
		return faulty(m.Name, "TEXTMAP names no namespace")
	}
	// The same numbers mean other things there.
	return faulty(m.Name, "TEXTMAP of namespace %q; dryad reads doom, zdoom, dsda, eternity and hexen", p.namespace)
}

// udmfBlocks are the kinds of blocks that a map is made of.
var udmfBlocks = map[string]bool{"vertex": true, "sector": true, "sidedef": true, "linedef": true, "thing": true}

// actions reports whether specials are action numbers with arguments.
func (p *udmf) actions() bool { return p.namespace != "doom" && p.namespace != "zdoomtranslated" }

// specials fills in what the numbers of lines and sectors mean.
func (p *udmf) specials() {
	m := p.m
	if p.translated == nil {
		classicSpecials(m)
		return
	}
	// A namespace that changes midway leaves the last lines without.
	m.Specials = append(p.translated, make([]maps.Special, len(m.Lines)-len(p.translated))...)
	for i := range m.Specials {
		if n := m.Lines[i].Number; n != 0 && m.Specials[i].Action == maps.NoAction {
			m.Unknown = append(m.Unknown, maps.UnknownSpecial{Line: i, Sector: -1, Number: int32(n), Name: special.ActionName(n)})
		}
	}
	sectorDamage(m)
}

// addBlock adds what one block describes.
func (p *udmf) addBlock(name string, b block) error {
	m := p.m
	switch name {
	case "vertex":
		x, y := b["x"], b["y"]
		vx, okX := x.fixed()
		vy, okY := y.fixed()
		if !x.number || !y.number || !okX || !okY {
			return p.fault("vertex %d has no x or y within ±32767", len(m.Vertices))
		}
		m.Vertices = append(m.Vertices, maps.Vertex{X: vx, Y: vy})
	case "sector":
		floor, okF := b["heightfloor"].fixed()
		ceiling, okC := b["heightceiling"].fixed()
		if !okF || !okC {
			return p.fault("sector %d has a height beyond ±32767", len(m.Sectors))
		}
		m.Sectors = append(m.Sectors, maps.Sector{
			Floor: floor, Ceiling: ceiling,
			FloorFlat: strings.ToUpper(b["texturefloor"].text), CeilingFlat: strings.ToUpper(b["textureceiling"].text),
			Light: int16(b.integer("lightlevel", 160)), Number: b.integer("special", 0), Tag: b.integer("id", 0),
		})
	case "sidedef":
		x, _ := b["offsetx"].fixed()
		y, _ := b["offsety"].fixed()
		side := maps.Side{OffsetX: x, OffsetY: y, Sector: b.integer("sector", -1)}
		side.Top, side.Bottom, side.Middle = b.texture("texturetop"), b.texture("texturebottom"), b.texture("texturemiddle")
		m.Sides = append(m.Sides, side)
	case "linedef":
		number := b.integer("special", 0)
		if number < 0 || number > math.MaxUint16 {
			return p.fault("linedef %d has special %d", len(m.Lines), number)
		}
		line := maps.Line{
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
			for len(p.translated) < len(m.Lines)-1 {
				p.translated = append(p.translated, maps.Special{})
			}
			p.translated = append(p.translated, translate(uint16(number), b))
		}
	case "thing":
		x, okX := b["x"].fixed()
		y, okY := b["y"].fixed()
		if !okX || !okY {
			m.Warn("TEXTMAP line %d: a thing of type %d lies beyond ±32767 and is left out", p.line, b.integer("type", 0))
			return nil
		}
		t := maps.Thing{X: x, Y: y, Angle: fixed.Degrees(int(b.integer("angle", 0))), Type: b.integer("type", 0)}
		set := func(name string, flag maps.ThingFlags, when bool) {
			if (b[name].text == "true") == when {
				t.Flags |= flag
			}
		}
		set("skill2", maps.ThingEasy, true)
		set("skill3", maps.ThingMedium, true)
		set("skill4", maps.ThingHard, true)
		set("ambush", maps.ThingAmbush, true)
		set("single", maps.ThingNotSingle, false)
		set("dm", maps.ThingNotDeathmatch, false)
		m.Things = append(m.Things, t)
	}
	return nil
}

var udmfFlags = map[string]maps.Flags{
	"blocking": maps.FlagBlocking, "blockmonsters": maps.FlagBlockMonsters, "twosided": maps.FlagTwoSided,
	"dontpegtop": maps.FlagUpperUnpegged, "dontpegbottom": maps.FlagLowerUnpegged, "secret": maps.FlagSecret,
	"blocksound": maps.FlagBlockSound, "dontdraw": maps.FlagHidden, "mapped": maps.FlagMapped,
	"passuse": maps.FlagPassUse, "blockplayers": maps.FlagBlockPlayers, "blockeverything": maps.FlagBlocking,
}

// udmf reads the tokens of a text map.
type udmf struct {
	m *maps.Parts // what has been read
	// translated holds, by line, what action numbers with arguments mean; nil
	// where the namespace has the classic numbers.
	translated []maps.Special
	file       string
	text       []byte
	at, line   int
	namespace  string
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
		if err := p.quoted(); err != nil {
			return v, err
		}
		v.text = string(p.text[from : p.at-1])
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

// pass reads past a block whatever is in it, other blocks too.
func (p *udmf) pass() error {
	for depth := 1; depth > 0; {
		switch c := p.symbol(); c {
		case 0:
			return p.fault("ends in the middle of a block")
		case '{':
			depth++
		case '}':
			depth--
		case '"':
			if err := p.quoted(); err != nil {
				return err
			}
		}
	}
	return nil
}

// quoted reads past the end of a string whose first mark has been read.
func (p *udmf) quoted() error {
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
		return p.fault("a string has no end")
	}
	p.at++
	return nil
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

// translate turns an action number with its arguments and triggers into a
// special.
func translate(number uint16, b block) maps.Special {
	if number == 0 {
		return maps.Special{}
	}
	var args [5]int32
	for i := range args {
		args[i] = b.integer("arg"+strconv.Itoa(i), 0)
	}
	s := special.Action(number, args)
	on := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return b[name].text == "true" })
	}
	s.Once = !on("repeatspecial")
	s.Monsters = on("monsteractivate", "monstercross")
	switch {
	case s.Action == maps.NoAction || s.Action == maps.Scenery:
	case on("playercross", "anycross"):
		s.Trigger = maps.Walk
	case on("playeruse", "playeruseback", "playerpush"):
		s.Trigger = maps.Use
	case on("impact"):
		s.Trigger = maps.Shoot
	}
	return s
}
