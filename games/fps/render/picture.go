package render

import (
	"encoding/binary"

	"dryad/games/fps/maps/wad"
)

// picture is a grid of colours; where solid is given, only its true pixels
// count.
type picture struct {
	width, height int
	left, top     int // offset of the picture's origin from its corner
	pixels        []rgb
	solid         []bool
}

func newPicture(width, height int) *picture {
	return &picture{width: width, height: height, pixels: make([]rgb, width*height)}
}

// at returns the pixel at (u, v), repeated without end.
func (p *picture) at(u, v int) rgb {
	return p.pixels[wrap(v, p.height)*p.width+wrap(u, p.width)]
}

// opaque reports whether the picture covers what is behind it at (u, v).
func (p *picture) opaque(u, v int) bool {
	return p.solid == nil || p.solid[wrap(v, p.height)*p.width+wrap(u, p.width)]
}

func wrap(n, size int) int {
	if n %= size; n < 0 {
		n += size
	}
	return n
}

// palette is the 256 colours of a WAD.
type palette [256]rgb

func readPalette(lump []byte) (p palette, ok bool) {
	if len(lump) < 768 {
		return p, false
	}
	for i := range p {
		p[i] = rgb{lump[3*i], lump[3*i+1], lump[3*i+2]}
	}
	return p, true
}

// patch is a picture in the column format of WAD files, as indices into the
// palette; -1 where nothing is.
type patch struct {
	width, height, left, top int
	pixels                   []int16
}

// Bounds on pictures: a few bytes may not ask for much memory or time.
const (
	maxPatch  = 2048
	maxPixels = 1 << 20
	maxWork   = 1 << 22 // pixels put down for one texture
)

// readPatch decodes a lump. It reports false for anything that is not a
// picture; columns that leave the lump are cut off.
func readPatch(b []byte) (p patch, ok bool) {
	if len(b) < 8 {
		return p, false
	}
	short := func(at int) int { return int(int16(binary.LittleEndian.Uint16(b[at:]))) }
	p = patch{width: short(0), height: short(2), left: short(4), top: short(6)}
	if p.width <= 0 || p.height <= 0 || p.width > maxPatch || p.height > maxPatch || p.width*p.height > maxPixels || 8+4*p.width > len(b) {
		return p, false
	}
	p.pixels = make([]int16, p.width*p.height)
	for i := range p.pixels {
		p.pixels[i] = -1
	}
	for x := range p.width {
		at := int(binary.LittleEndian.Uint32(b[8+4*x:]))
		for last := -1; at >= 0 && at+3 < len(b) && b[at] != 255; {
			row, count := int(b[at]), int(b[at+1])
			if row <= last {
				row += last // tall pictures count on from the last post
			}
			last = row
			for i := range count {
				if from := at + 3 + i; from < len(b) && row+i < p.height {
					p.pixels[(row+i)*p.width+x] = int16(b[from])
				}
			}
			at += count + 4
		}
	}
	return p, true
}

// flat decodes a floor picture: 64 by 64 indices.
func readFlat(b []byte, colours *palette) *picture {
	if len(b) < 4096 {
		return nil
	}
	p := newPicture(64, 64)
	for i := range p.pixels {
		p.pixels[i] = colours[b[i]]
	}
	return p
}

// sprite turns a patch into a picture with holes, through a translation of
// palette indices.
func (p *patch) sprite(colours *palette, translate func(int16) int16) *picture {
	out := newPicture(p.width, p.height)
	out.left, out.top = p.left, p.top
	out.solid = make([]bool, len(out.pixels))
	for i, index := range p.pixels {
		if index >= 0 {
			out.solid[i] = true
			out.pixels[i] = colours[translate(index)]
		}
	}
	return out
}

// composite puts a wall texture together from its patches.
func composite(t *wad.Texture, find func(string) (patch, bool), colours *palette) *picture {
	if t.Width*t.Height > maxPixels {
		return nil
	}
	out := newPicture(t.Width, t.Height)
	solid := make([]bool, len(out.pixels))
	holes, work := len(solid), 0
	for _, place := range t.Patches {
		p, ok := find(place.Lump)
		if !ok {
			continue
		}
		if work += p.width * p.height; work > maxWork {
			break
		}
		for y := max(0, -place.Y); y < p.height && y+place.Y < t.Height; y++ {
			for x := max(0, -place.X); x < p.width && x+place.X < t.Width; x++ {
				index := p.pixels[y*p.width+x]
				if index < 0 {
					continue
				}
				at := (y+place.Y)*t.Width + x + place.X
				if !solid[at] {
					solid[at] = true
					holes--
				}
				out.pixels[at] = colours[index]
			}
		}
	}
	if holes > 0 {
		out.solid = solid
	}
	return out
}
