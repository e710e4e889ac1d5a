package plan

import "dryad/games/fps/fixed"

// packedLegs is how many legs of a plan an agent remembers; when they are done
// it plans again.
const packedLegs = 6

// TravellerWords is how many words a traveller packs into.
const TravellerWords = 8 + packedLegs

// Pack writes the traveller into words, so that an agent can keep it in plain
// memory. The zero traveller is zero words.
func (t *Traveller) Pack(words []uint64) {
	words[0] = uint64(uint16(t.Gate)) | uint64(uint16(t.Trigger))<<16 | uint64(uint16(t.Pause))<<32 | uint64(uint16(t.Attempts))<<48
	words[1] = uint64(uint16(t.Waited)) | bit(t.Crossing, 16) | bit(t.Flown, 17) | bit(t.Running, 18) | uint64(uint32(t.Jump))<<32
	words[2] = uint64(uint32(t.To)) | uint64(uint32(t.Nearest))<<32
	was := words[3]>>32&1 != 0
	words[3] = uint64(uint16(t.Since)) | uint64(uint16(t.plans))<<16 | bit(t.planned, 32)
	if !t.planned {
		if was {
			clear(words[4:TravellerWords])
		}
		return
	}
	words[3] |= bit(t.corner, 33) | bit(t.thorough, 34) | uint64(uint8(t.blocked))<<40
	words[4] = uint64(uint16(t.idle)) | uint64(uint16(t.tries))<<16 | uint64(uint16(t.StuckFor))<<32 | uint64(uint16(t.Careful))<<48
	words[5] = uint64(uint32(t.cornerX)) | uint64(uint32(t.cornerY))<<32
	words[6] = uint64(uint32(t.LastX)) | uint64(uint32(t.LastY))<<32
	words[7] = t.PlanJump
	clear(words[8+copy(words[8:TravellerWords], t.legs) : TravellerWords])
}

func bit(b bool, shift uint) uint64 {
	if b {
		return 1 << shift
	}
	return 0
}

// Unpack sets the zero traveller to the one that Pack wrote into words. It may
// hold on to them: pack it before they are used otherwise.
func (t *Traveller) Unpack(words []uint64) {
	a, b, c, d := words[0], words[1], words[2], words[3]
	t.Gate, t.Trigger, t.Pause, t.Attempts = int16(a), int16(a>>16), int16(a>>32), int16(a>>48)
	t.Waited, t.Crossing, t.Flown, t.Running = int16(b), b>>16&1 != 0, b>>17&1 != 0, b>>18&1 != 0
	t.Jump, t.To, t.Nearest, t.Since = int32(b>>32), int32(c), int32(c>>32), int16(d)
	t.plans, t.planned = int16(d>>16), d>>32&1 != 0
	if !t.planned {
		return
	}
	t.corner, t.thorough, t.blocked = d>>33&1 != 0, d>>34&1 != 0, int16(d>>40&0xff)
	w := words[4]
	t.idle, t.tries, t.StuckFor, t.Careful = int16(w), int16(w>>16), int16(w>>32), int16(w>>48)
	t.cornerX, t.cornerY = fixed.Fixed(uint32(words[5])), fixed.Fixed(words[5]>>32)
	t.LastX, t.LastY = fixed.Fixed(uint32(words[6])), fixed.Fixed(words[6]>>32)
	t.PlanJump = words[7]
	t.legs = words[8:TravellerWords]
	for n, l := range t.legs {
		if l == 0 {
			t.legs = t.legs[:n]
			break
		}
	}
}
