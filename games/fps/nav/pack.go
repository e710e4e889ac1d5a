package nav

// Pack returns the traveller as two words, so that an agent can keep it in
// plain memory. The zero traveller is two zero words.
func (t Traveller) Pack() (a, b uint64) {
	a = uint64(uint16(t.gate)) | uint64(uint16(t.trigger))<<16 | uint64(uint16(t.pause))<<32 | uint64(uint16(t.attempts))<<48
	b = uint64(uint16(t.waited)) | uint64(uint32(t.jump))<<32
	if t.crossing {
		b |= 1 << 16
	}
	if t.flown {
		b |= 1 << 17
	}
	if t.running {
		b |= 1 << 18
	}
	return a, b
}

// Unpack returns the traveller that Pack made two words of.
func Unpack(a, b uint64) Traveller {
	return Traveller{
		gate: int16(a), trigger: int16(a >> 16), pause: int16(a >> 32), attempts: int16(a >> 48),
		waited: int16(b), crossing: b>>16&1 != 0,
		jump: int32(b >> 32), flown: b>>17&1 != 0, running: b>>18&1 != 0,
	}
}
