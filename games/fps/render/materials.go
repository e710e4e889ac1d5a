package render

// The package's own materials: small pictures computed from a name, for maps
// that have no textures of their own.

// grain is a hash of a point that looks like noise, 0 to 255.
func grain(x, y int, salt uint32) int {
	h := uint32(x)*0x9e3779b1 ^ uint32(y)*0x85ebca77 ^ salt*0xc2b2ae3d
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	h *= 0x297a2d39
	return int((h ^ h>>15) & 255)
}

// cloud is grain smoothed over cells of the given size, repeating every 64
// points.
func cloud(x, y, size int, salt uint32) int {
	cells := 64 / size
	cx, cy, fx, fy := x/size, y/size, x%size, y%size
	knot := func(i, j int) int { return grain(wrap(i, cells), wrap(j, cells), salt) }
	south := knot(cx, cy)*(size-fx) + knot(cx+1, cy)*fx
	north := knot(cx, cy+1)*(size-fx) + knot(cx+1, cy+1)*fx
	return (south*(size-fy) + north*fy) / (size * size)
}

// pattern computes the brightness of a material at a point: about 256 is the
// base colour.
type pattern func(x, y int, salt uint32) int

func rough(x, y int, salt uint32) int {
	return 170 + (cloud(x, y, 16, salt)+cloud(x, y, 8, salt+1)+grain(x, y, salt)/2)/4
}

// blocks are courses of stones with mortar between them.
func blocks(width, height int) pattern {
	return func(x, y int, salt uint32) int {
		row := y / height
		shifted := x + row%2*width/2
		if y%height == 0 || shifted%width == 0 {
			return 110 + grain(x, y, salt)/8
		}
		light := 200 + grain(wrap(shifted/width, 64/width), row, salt)/5 + grain(x, y, salt)/10
		if y%height == 1 || shifted%width == 1 {
			light += 24
		}
		return light
	}
}

func planks(x, y int, salt uint32) int {
	board := x / 16
	if x%16 == 0 {
		return 120
	}
	return 190 + grain(board, 0, salt)/5 + cloud(x*4%64, y, 32, salt)/6 + grain(x, y/8, salt)/10
}

func panels(x, y int, salt uint32) int {
	u, v := x%32, y%32
	switch {
	case u == 0 || v == 0:
		return 120
	case u == 1 || v == 1:
		return 300
	case (u == 4 || u == 28) && (v == 4 || v == 28):
		return 330
	}
	return 225 + grain(x, y, salt)/14
}

func grate(x, y int, salt uint32) int {
	if x%8 < 2 || y%8 < 2 {
		return 270 + grain(x, y, salt)/12
	}
	return 90
}

func pad(x, y int, salt uint32) int {
	dx, dy := x-32, y-32
	if d := dx*dx + dy*dy; d < 28*28 && d/64%3 == 0 {
		return 420
	}
	return 170 + grain(x, y, salt)/8
}

type material struct {
	colour rgb
	shape  pattern
}

var ownMaterials = map[string]material{
	"STONE":     {rgb{128, 124, 118}, blocks(32, 16)},
	"FLAGS":     {rgb{112, 110, 106}, blocks(32, 32)},
	"PLASTER":   {rgb{120, 112, 100}, rough},
	"BRICK":     {rgb{150, 84, 62}, blocks(16, 8)},
	"TILES":     {rgb{140, 120, 96}, blocks(16, 16)},
	"BEAMS":     {rgb{104, 76, 48}, planks},
	"ROCK":      {rgb{112, 98, 84}, rough},
	"EARTH":     {rgb{104, 84, 60}, rough},
	"ROCKROOF":  {rgb{80, 72, 66}, rough},
	"METAL":     {rgb{110, 118, 126}, panels},
	"GRATE":     {rgb{104, 108, 112}, grate},
	"PANELS":    {rgb{96, 100, 108}, panels},
	"WOOD":      {rgb{130, 92, 56}, planks},
	"PLANKS":    {rgb{140, 102, 64}, planks},
	"CLIFF":     {rgb{118, 104, 88}, rough},
	"GRASS":     {rgb{76, 112, 52}, rough},
	"REDWALL":   {rgb{152, 70, 62}, blocks(32, 16)},
	"REDTILES":  {rgb{140, 76, 68}, blocks(16, 16)},
	"BLUEWALL":  {rgb{70, 92, 156}, blocks(32, 16)},
	"BLUETILES": {rgb{72, 90, 140}, blocks(16, 16)},
	"SLIME":     {rgb{70, 150, 40}, rough},
	"PAD":       {rgb{90, 120, 190}, pad},
}

// paint draws a material by name. Names that are not known get a colour and a
// pattern from their letters, always the same.
func paint(name string) *picture {
	salt := uint32(2166136261)
	for i := range len(name) {
		salt = (salt ^ uint32(name[i])) * 16777619
	}
	m, ok := ownMaterials[name]
	if !ok {
		shapes := []pattern{rough, blocks(32, 16), blocks(16, 8), planks, panels}
		m = material{rgb{uint8(80 + salt&63), uint8(76 + salt>>8&63), uint8(70 + salt>>16&63)}, shapes[salt>>24%5]}
	}
	p := newPicture(64, 64)
	for i := range p.pixels {
		p.pixels[i] = m.colour.scale(m.shape(i%64, i/64, salt))
	}
	return p
}
