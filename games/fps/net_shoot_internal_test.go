package fps

import (
	"testing"

	"dryad/games/fps/fixed"
)

// TestPauses: at a distance a pause is worth it to bullets that a held trigger scatters,
// and never to what scatters or flies anyway.
func TestPauses(t *testing.T) {
	for w := range Weapons {
		f := Weapon(w).Facts()
		straight := Weapon(w) == Pistol || Weapon(w) == Chaingun
		if f.pauses(64 * fixed.One) {
			t.Errorf("%s: pauses close by", f.Name)
		}
		if f.pauses(1024*fixed.One) != straight {
			t.Errorf("%s: pauses far away: %v", f.Name, !straight)
		}
	}
}
