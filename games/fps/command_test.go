package fps_test

import (
	"bytes"
	"testing"

	"dryad/games/fps"
	_ "dryad/internal/fixedseed"

	"pgregory.net/rapid"
)

func TestCommandsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := fps.Command{
			MoveX: rapid.Int8().Draw(t, "x"), MoveY: rapid.Int8().Draw(t, "y"),
			Turn: rapid.Int16().Draw(t, "turn"), Pitch: rapid.Int16().Draw(t, "pitch"),
			Fire: rapid.Bool().Draw(t, "fire"), Use: rapid.Bool().Draw(t, "use"),
			Weapon: rapid.Uint8Max(uint8(fps.Weapons)).Draw(t, "weapon"),
		}
		got, err := fps.ParseCommand(fps.AppendCommand(c, nil))
		if err != nil || got != c {
			t.Fatalf("%+v reads back as %+v, %v", c, got, err)
		}
	})
}

// Whatever is read is written again as the same bytes: every command has one
// compact form.
func FuzzCommand(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{1, 50, 0xce})
	f.Add([]byte{0x3f, 1, 2, 3, 4, 5, 6, 7})
	f.Add([]byte{0x20, 200})
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := fps.ParseCommand(data)
		if err == nil && !bytes.Equal(fps.AppendCommand(c, nil), data) {
			t.Errorf("% x reads as %+v, which is written as % x", data, c, fps.AppendCommand(c, nil))
		}
	})
}
