package render

import (
	"sync"

	"dryad/games/fps/maps"
	"dryad/games/fps/maps/wad"
)

// Painter holds the materials of one map. It is safe for concurrent use.
type Painter struct {
	m       *maps.Map
	wad     *wad.File
	colours palette
	hasWAD  bool // the file has a palette, so its pictures can be shown

	mu      sync.Mutex
	walls   map[string]*picture
	flats   map[string]*picture
	patches map[string]*patch
	sprites map[spriteKey]*picture
	frames  map[string]*rotations
	sky     *picture
	last    grid // of the last picture from above
}

type spriteKey struct {
	lump string
	team int // translation; -1 for none
	flip bool
}

// rotations are the pictures of one frame of a sprite, by direction: 0 is from
// everywhere, 1 from the front, on counter-clockwise in eighths.
type rotations [9]struct {
	lump string
	flip bool
}

var painters struct {
	sync.Mutex
	of map[*maps.Map]*Painter
}

// For returns the painter of a map, made at the first call.
func For(m *maps.Map) *Painter {
	painters.Lock()
	defer painters.Unlock()
	if p, ok := painters.of[m]; ok {
		return p
	}
	p := New(m)
	if painters.of == nil {
		painters.of = map[*maps.Map]*Painter{}
	}
	painters.of[m] = p
	return p
}

// New makes a painter that is not remembered.
func New(m *maps.Map) *Painter {
	p := &Painter{
		m: m, wad: wad.Of(m),
		walls: map[string]*picture{}, flats: map[string]*picture{}, patches: map[string]*patch{},
		sprites: map[spriteKey]*picture{}, frames: map[string]*rotations{},
	}
	if p.wad != nil {
		p.colours, p.hasWAD = readPalette(p.wad.Lump("PLAYPAL"))
		p.findSprites()
	}
	return p
}

// findSprites lists the frames of the file's sprites: a lump's name is four
// letters, then once or twice a frame and a rotation, the second mirrored.
func (p *Painter) findSprites() {
	for _, l := range p.wad.Between("S_START", "S_END") {
		for at := 4; at+2 <= len(l.Name) && at <= 6; at += 2 {
			turn := int(l.Name[at+1]) - '0'
			if turn < 0 || turn > 8 {
				continue
			}
			key := l.Name[:4] + l.Name[at:at+1]
			f := p.frames[key]
			if f == nil {
				f = &rotations{}
				p.frames[key] = f
			}
			f[turn].lump, f[turn].flip = l.Name, at == 6
		}
	}
}

// patch decodes a picture lump, or reports false.
func (p *Painter) patch(name string) (patch, bool) {
	if known, ok := p.patches[name]; ok {
		if known == nil {
			return patch{}, false
		}
		return *known, true
	}
	decoded, ok := readPatch(p.wad.Lump(name))
	if !ok {
		p.patches[name] = nil
		return patch{}, false
	}
	p.patches[name] = &decoded
	return decoded, true
}

// wall returns a wall texture; nil for no name.
func (p *Painter) wall(name string) *picture {
	if name == "" {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if t, ok := p.walls[name]; ok {
		return t
	}
	var made *picture
	if p.hasWAD {
		if t, ok := p.wad.Texture(name); ok {
			made = composite(&t, p.patch, &p.colours)
		}
	}
	if made == nil {
		made = paint(name)
	}
	p.walls[name] = made
	return made
}

// flat returns a floor or ceiling material, 64 by 64.
func (p *Painter) flat(name string) *picture {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t, ok := p.flats[name]; ok {
		return t
	}
	var made *picture
	if p.hasWAD {
		made = readFlat(p.wad.Lump(name), &p.colours)
	}
	if made == nil {
		made = paint(name)
	}
	p.flats[name] = made
	return made
}

// heavens returns the sky's picture.
func (p *Painter) heavens() *picture {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sky == nil {
		if p.hasWAD {
			if t, ok := p.wad.Texture("SKY1"); ok {
				p.sky = composite(&t, p.patch, &p.colours)
			}
		}
		if p.sky == nil {
			p.sky = ownSky()
		}
	}
	return p.sky
}

// sprite returns a frame of a sprite as seen from a direction (eighths of a
// turn, 0 from the front), in a team's colour; nil where the file has none.
func (p *Painter) sprite(name string, frame byte, eighth, team int) *picture {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.frames[name+string(frame)]
	if f == nil || !p.hasWAD {
		return nil
	}
	look := f[0]
	if look.lump == "" {
		look = f[1+eighth&7]
	}
	if look.lump == "" {
		return nil
	}
	return p.drawn(spriteKey{look.lump, team, look.flip})
}

func (p *Painter) drawn(key spriteKey) *picture {
	if s, ok := p.sprites[key]; ok {
		return s
	}
	var made *picture
	if decoded, ok := p.patch(key.lump); ok {
		made = decoded.sprite(&p.colours, func(i int16) int16 { return i })
		if key.team >= 0 {
			made = tinted(&decoded, made, teamColour(key.team))
		}
		if key.flip {
			made = made.mirrored()
		}
	}
	p.sprites[key] = made
	return made
}

// tinted replaces the sixteen greens that players wear (112 to 127) by shades
// of a team's colour.
func tinted(from *patch, drawn *picture, team rgb) *picture {
	for i, index := range from.pixels {
		if index >= 112 && index < 128 {
			drawn.pixels[i] = team.scale(300 - int(index-112)*17)
		}
	}
	return drawn
}

func (p *picture) mirrored() *picture {
	out := newPicture(p.width, p.height)
	out.left, out.top = p.width-p.left, p.top
	out.solid = make([]bool, len(p.pixels))
	for y := range p.height {
		for x := range p.width {
			to, from := y*p.width+x, y*p.width+p.width-1-x
			out.pixels[to], out.solid[to] = p.pixels[from], p.solid == nil || p.solid[from]
		}
	}
	return out
}
