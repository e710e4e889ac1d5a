package live

import (
	"testing"

	"dryad/games/fps"
)

// FuzzHeld: whatever a viewer sends, what is taken can be held.
func FuzzHeld(f *testing.F) {
	f.Add([]byte(`{"forward":100,"side":-100,"turn":-70000,"pitch":3,"fire":true,"use":true,"weapon":9}`))
	f.Add([]byte(`{"forward":128}`))
	f.Add([]byte(`{"weapon":255}`))
	f.Add([]byte(`{"x":1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := readHeld(text)
		if err != nil && c != (fps.Controls{}) || c.Forward < -fps.MaxThrust || c.Side < -fps.MaxThrust || c.Forward > fps.MaxThrust || c.Side > fps.MaxThrust || c.Weapon > uint8(fps.Weapons) {
			t.Errorf("%+v, %v", c, err)
		}
	})
}
