package render

import "dryad/games/fps"

// look is how a kind of figure is shown where the WAD has pictures of it: its
// sprite, and the frames in which it fires and lies dead.
type look struct {
	sprite       string
	firing, dead byte
}

var looks = [fps.Monsters]look{
	fps.NoMonster: {"PLAY", 'F', 'N'},
	fps.Trooper:   {"POSS", 'F', 'L'},
	fps.Gunner:    {"SPOS", 'F', 'L'},
	fps.Brute:     {"SARG", 'F', 'N'},
	fps.Caster:    {"TROO", 'G', 'M'},
}

// hides are the colours of the package's own monsters, no team's, on pictures
// through the eyes as on those from above.
var hides = [fps.Monsters]rgb{
	fps.Trooper: {112, 128, 84},
	fps.Gunner:  {134, 96, 62},
	fps.Brute:   {196, 104, 126},
	fps.Caster:  {104, 66, 150},
}

var (
	eyeGlow = rgb{255, 226, 60}
	bone    = rgb{232, 222, 196}
	flame   = rgb{255, 190, 80}
)

// monster draws one of the package's own monsters, for maps without sprites,
// as seen from an eighth of a turn.
func monster(kind fps.Monster, eighth, frame int, dead, firing bool) *picture {
	hide := hides[kind]
	if dead {
		p := sheer(48, 14)
		p.disc(24, 11, 11, hide.scale(150))
		p.disc(14, 11, 7, hide.scale(120))
		p.box(6, 11, 44, 14, rgb{110, 16, 20})
		p.left, p.top = 24, 14
		return p
	}
	step := frame & 1 * 3
	switch kind {
	case fps.Brute:
		return brute(hide, eighth, step, firing)
	case fps.Caster:
		return caster(hide, eighth, step, firing)
	}
	return trooper(hide, eighth, step, firing, kind == fps.Gunner)
}

// trooper is a stooping figure without a helmet, a gunner one with a long gun
// across its chest.
func trooper(hide rgb, eighth, step int, firing, gunner bool) *picture {
	p := sheer(36, 54)
	dark := hide.scale(120)
	p.box(11, 34+step, 16, 54, dark) // legs
	p.box(20, 37-step, 25, 54, dark)
	p.box(8, 16, 28, 36, hide) // body
	p.disc(18, 9, 8, hide.scale(230))
	p.box(4, 18, 8, 36, hide.scale(200)) // hanging arms
	p.box(28, 18, 32, 36, hide.scale(200))
	if gunner {
		p.box(8, 15, 28, 20, rgb{60, 54, 50})
	}
	switch eighth {
	case 3, 4, 5: // from behind
		p.box(10, 18, 26, 32, dark)
	default:
		p.box(13, 8, 16, 11, rgb{230, 40, 30})
		p.box(20, 8, 23, 11, rgb{230, 40, 30})
		p.box(14, 13, 22, 15, rgb{40, 20, 20})
		if gunner {
			p.box(4, 26, 32, 30, rgb{70, 70, 76})
		} else {
			p.box(15, 26, 20, 33, rgb{70, 70, 76})
		}
		if firing {
			p.disc(18, 28, 6, flame)
		}
	}
	p.left, p.top = 18, 54
	return p
}

// brute is a broad body on four legs, with horns and a large mouth.
func brute(hide rgb, eighth, step int, firing bool) *picture {
	p := sheer(60, 52)
	dark := hide.scale(150)
	p.box(10, 32+step, 18, 52, dark)
	p.box(22, 34-step, 28, 52, dark)
	p.box(33, 34+step-3, 39, 52, dark)
	p.box(43, 35-step, 51, 52, dark)
	p.disc(20, 26, 14, hide)
	p.disc(40, 26, 14, hide)
	p.box(20, 12, 40, 38, hide)
	if eighth >= 3 && eighth <= 5 { // from behind
		p.box(22, 14, 38, 34, dark)
		p.left, p.top = 30, 52
		return p
	}
	x := 30 // the head is where it goes
	switch eighth {
	case 1, 2:
		x = 15
	case 6, 7:
		x = 45
	}
	p.disc(x, 18, 12, hide.scale(290))
	p.box(x-13, 2, x-10, 14, bone) // horns
	p.box(x+10, 2, x+13, 14, bone)
	p.box(x-7, 13, x-3, 16, eyeGlow)
	p.box(x+3, 13, x+7, 16, eyeGlow)
	jaw := 25
	if firing {
		jaw = 30
	}
	p.box(x-8, 20, x+8, jaw, rgb{90, 10, 20})
	for t := x - 8; t < x+8; t += 4 {
		p.box(t, 20, t+2, 23, bone)
	}
	p.left, p.top = 30, 52
	return p
}

// caster is a thin one with spikes at its shoulders and fire in its raised
// hand.
func caster(hide rgb, eighth, step int, firing bool) *picture {
	p := sheer(40, 60)
	dark := hide.scale(140)
	p.box(14, 40+step, 18, 60, dark)
	p.box(22, 43-step, 26, 60, dark)
	for row := range 24 { // a body that narrows downwards
		p.box(11+row/5, 18+row, 29-row/5, 19+row, hide)
	}
	for row := range 10 { // spikes
		p.box(10-row/3, 20-row, 12-row/3, 21-row, bone)
		p.box(28+row/3, 20-row, 30+row/3, 21-row, bone)
	}
	p.disc(20, 11, 7, hide.scale(300))
	p.box(5, 20, 9, 38, dark)
	raised := 20
	if firing {
		raised = 6
	}
	p.box(31, raised, 35, 38, dark)
	p.disc(33, raised, 5, rgb{120, 150, 255})
	p.disc(33, raised, 2, rgb{230, 240, 255})
	if eighth < 3 || eighth > 5 {
		p.box(15, 9, 19, 12, eyeGlow)
		p.box(21, 9, 25, 12, eyeGlow)
	}
	p.left, p.top = 20, 60
	return p
}
