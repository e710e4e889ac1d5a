package fps

import (
	"encoding/binary"
	"errors"

	"dryad/vocab"
)

// The channels of commands, as bits.
const (
	MoveChannel vocab.Channels = 1 << iota
	TurnChannel
	FireChannel
	UseChannel
	WeaponChannel
)

var channelNames = []string{"move", "turn", "fire", "use", "weapon"}

// MaxThrust is the greatest length of a Command's movement vector.
const MaxThrust = 100

// Command is what a player does in a tick.
type Command struct {
	MoveX, MoveY int8  // thrust along the map's axes; the vector is cut to MaxThrust
	Turn         int16 // to the left, in 1/65536 turn; the rules cut it to the greatest turn a tick
	Pitch        int16 // upward, in the same unit
	Fire, Use    bool
	Weapon       uint8 // weapon to switch to, plus 1; 0 keeps the one in hand
}

// only keeps the parts of the command that belong to the channels.
func (c Command) only(channels vocab.Channels) Command {
	if channels&MoveChannel == 0 {
		c.MoveX, c.MoveY = 0, 0
	}
	if channels&TurnChannel == 0 {
		c.Turn, c.Pitch = 0, 0
	}
	c.Fire = c.Fire && channels&FireChannel != 0
	c.Use = c.Use && channels&UseChannel != 0
	if channels&WeaponChannel == 0 {
		c.Weapon = 0
	}
	return c
}

// bits of the first byte of an encoded command.
const (
	hasMove = 1 << iota
	hasTurn
	hasPitch
	hasFire
	hasUse
	hasWeapon
	commandBits = 1<<iota - 1
)

// append appends the command in its compact form: a byte that says which
// parts follow, then the parts. The empty command is no byte at all.
func (c Command) append(buf []byte) []byte {
	if c == (Command{}) {
		return buf
	}
	at := len(buf)
	buf = append(buf, 0)
	var parts byte
	if c.MoveX != 0 || c.MoveY != 0 {
		parts |= hasMove
		buf = append(buf, byte(c.MoveX), byte(c.MoveY))
	}
	if c.Turn != 0 {
		parts |= hasTurn
		buf = binary.LittleEndian.AppendUint16(buf, uint16(c.Turn))
	}
	if c.Pitch != 0 {
		parts |= hasPitch
		buf = binary.LittleEndian.AppendUint16(buf, uint16(c.Pitch))
	}
	if c.Fire {
		parts |= hasFire
	}
	if c.Use {
		parts |= hasUse
	}
	if c.Weapon != 0 {
		parts |= hasWeapon
		buf = append(buf, c.Weapon)
	}
	buf[at] = parts
	return buf
}

var errCommand = errors.New("malformed shooter command")

// parseCommand reads the compact form; every command has exactly one.
func parseCommand(data []byte) (Command, error) {
	var c Command
	if len(data) == 0 {
		return c, nil
	}
	parts, rest := data[0], data[1:]
	take := func(n int) []byte {
		if len(rest) < n {
			rest = nil
			return make([]byte, n) // the round trip below then fails
		}
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	if parts&hasMove != 0 {
		p := take(2)
		c.MoveX, c.MoveY = int8(p[0]), int8(p[1])
	}
	if parts&hasTurn != 0 {
		c.Turn = int16(binary.LittleEndian.Uint16(take(2)))
	}
	if parts&hasPitch != 0 {
		c.Pitch = int16(binary.LittleEndian.Uint16(take(2)))
	}
	c.Fire = parts&hasFire != 0
	c.Use = parts&hasUse != 0
	if parts&hasWeapon != 0 {
		c.Weapon = take(1)[0]
	}
	var again [16]byte
	if parts&^commandBits != 0 || c.Weapon > uint8(Weapons) || string(c.append(again[:0])) != string(data) {
		return Command{}, errCommand
	}
	return c, nil
}
