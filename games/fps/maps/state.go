package maps

import "dryad/games/fps/fixed"

// Lines returns the set of the lines that work once and have done so, bit by
// bit. Writing to it changes the set; it is for taking snapshots.
func (v *Movers) Lines() []uint64 { return v.used }

// MoverWords is the number of words that a mover packs into.
const MoverWords = 4

// Words packs the mover into plain words.
func (a *Mover) Words() [MoverWords]uint64 {
	flags := uint64(uint8(a.Direction)) | uint64(a.Motion)<<8
	for i, b := range [...]bool{a.Ceiling, a.Crush, a.Door, a.Lift} {
		if b {
			flags |= 1 << (16 + i)
		}
	}
	return [MoverWords]uint64{
		uint64(uint32(a.Sector)) | uint64(uint32(a.Line))<<32,
		uint64(uint32(a.To)) | uint64(uint32(a.Back))<<32,
		uint64(uint32(a.Speed)) | uint64(uint16(a.Wait))<<32 | uint64(uint16(a.Left))<<48,
		flags,
	}
}

// MoverOf unpacks what Words packed.
func MoverOf(w [MoverWords]uint64) Mover {
	return Mover{
		Sector: int32(w[0]), Line: int32(w[0] >> 32),
		To: fixed.Fixed(uint32(w[1])), Back: fixed.Fixed(uint32(w[1] >> 32)),
		Speed: fixed.Fixed(uint32(w[2])), Wait: int16(w[2] >> 32), Left: int16(w[2] >> 48),
		Direction: int8(w[3]), Motion: Motion(w[3] >> 8),
		Ceiling: w[3]>>16&1 != 0, Crush: w[3]>>17&1 != 0, Door: w[3]>>18&1 != 0, Lift: w[3]>>19&1 != 0,
	}
}
