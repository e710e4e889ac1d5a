package special

import "dryad/games/fps/maps"

// Sector returns what the number of a sector does to who stands there, and
// whether dryad knows the number.
func Sector(number int32) (d maps.Damage, known bool) {
	// The extended numbers hold light in the low five bits, then damage.
	if number >= 32 && number < 8192 {
		switch number >> 5 & 3 {
		case 1:
			d = maps.Damage{Amount: 5, Every: 32}
		case 2:
			d = maps.Damage{Amount: 10, Every: 32}
		case 3:
			d = maps.Damage{Amount: 20, Every: 32}
		}
		d.Secret = number&0x80 != 0
		return d, true
	}
	switch number {
	case 0, 1, 2, 3, 8, 10, 12, 13, 14, 17:
		return maps.Damage{}, true
	case 4, 16:
		return maps.Damage{Amount: 20, Every: 32}, true
	case 5:
		return maps.Damage{Amount: 10, Every: 32}, true
	case 7:
		return maps.Damage{Amount: 5, Every: 32}, true
	case 9:
		return maps.Damage{Secret: true}, true
	case 11:
		return maps.Damage{Amount: 20, Every: 32, Exit: true}, true
	}
	return maps.Damage{}, false
}
