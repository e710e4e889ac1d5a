package paint

import "testing"

// TestVisual: letters join, words stand from right to left, and what is Latin in
// a line keeps its order.
func TestVisual(t *testing.T) {
	for text, want := range map[string]string{
		"wolf 7":      "wolf 7",
		"זאב":         "באז",
		"vote זאב 12": "vote 12 באז",
		"ذئب":         "\ufe90\ufe8b\ufeab",       // final beh, initial yeh, isolated thal
		"بيت":         "\ufe96\ufef4\ufe91",       // final teh, medial yeh, initial beh
		"سلام":        "\ufee1\ufefc\ufeb3",       // isolated meem, lam and alef, initial seen
		"ماء":         "\ufe80\ufe8e\ufee3",       // a hamza joins nothing
		"بِت":         "\ufe96\u0650\ufe91",       // a mark does not part
		"seat: نعم":   "seat: \ufee2\ufecc\ufee7", // in a Latin line
	} {
		if got := visual(text); got != want {
			t.Errorf("%q is seen as %+q, not %+q", text, got, want)
		}
	}
}
