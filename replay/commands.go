package replay

import (
	"encoding/binary"
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// Commands holds what one seat commanded, tick by tick. The zero value is
// empty and ready to be appended to. At may be called from several goroutines
// once nothing is appended any more.
type Commands struct {
	bytes []byte
	ends  []uint32 // ends[t] is where the commands of tick t end in bytes
}

// maxCommandBytes bounds all commands of one seat.
const maxCommandBytes = 1 << 24

// Append adds the commands of the next tick; none for a seat that did not
// act. The bytes are copied.
func (c *Commands) Append(commands []byte) {
	c.bytes = append(c.bytes, commands...)
	c.ends = append(c.ends, uint32(len(c.bytes)))
}

// Ticks returns the number of ticks held.
func (c *Commands) Ticks() int { return len(c.ends) }

// At returns the commands of a tick; the caller must not change them.
func (c *Commands) At(tick int) []byte {
	start := uint32(0)
	if tick > 0 {
		start = c.ends[tick-1]
	}
	return c.bytes[start:c.ends[tick]:c.ends[tick]]
}

// Prefix returns the commands of the first ticks. It shares memory with c, and
// either may be appended to without changing the other.
func (c *Commands) Prefix(ticks int) Commands {
	end := uint32(0)
	if ticks > 0 {
		end = c.ends[ticks-1]
	}
	return Commands{bytes: c.bytes[:end:end], ends: c.ends[:ticks:ticks]}
}

// since returns what was commanded from a tick on.
func (c *Commands) since(tick int) (part Commands) {
	for ; tick < c.Ticks(); tick++ {
		part.Append(c.At(tick))
	}
	return part
}

// with returns c with the ticks of part after it.
func (c Commands) with(part *Commands) Commands {
	for tick := range part.Ticks() {
		c.Append(part.At(tick))
	}
	return c
}

var (
	_ cbor.Marshaler   = Commands{}
	_ cbor.Unmarshaler = (*Commands)(nil)
)

// MarshalCBOR writes one byte string: for each tick the length of its commands
// as an unsigned varint, all of them before all commands, which compresses
// better than the two mixed.
func (c Commands) MarshalCBOR() ([]byte, error) {
	packed := binary.AppendUvarint(nil, uint64(len(c.ends)))
	start := uint32(0)
	for _, end := range c.ends {
		packed = binary.AppendUvarint(packed, uint64(end-start))
		start = end
	}
	return cbor.Marshal(append(packed, c.bytes...))
}

// UnmarshalCBOR reads what MarshalCBOR wrote.
func (c *Commands) UnmarshalCBOR(data []byte) error {
	var packed []byte
	if err := cbor.Unmarshal(data, &packed); err != nil {
		return err
	}
	ticks, n := binary.Uvarint(packed)
	// Every tick takes a byte at least, so a claim cannot make much room.
	if n <= 0 || ticks > uint64(len(packed)) || len(packed) > maxCommandBytes {
		return fmt.Errorf("malformed commands")
	}
	packed = packed[n:]
	ends := make([]uint32, ticks)
	total := uint64(0)
	for i := range ends {
		length, n := binary.Uvarint(packed)
		if n <= 0 || length > maxCommandBytes {
			return fmt.Errorf("malformed commands")
		}
		packed = packed[n:]
		total += length
		if total > maxCommandBytes {
			return fmt.Errorf("malformed commands")
		}
		ends[i] = uint32(total)
	}
	if total != uint64(len(packed)) {
		return fmt.Errorf("malformed commands: %d bytes where %d are announced", len(packed), total)
	}
	c.bytes, c.ends = packed, ends
	return nil
}
