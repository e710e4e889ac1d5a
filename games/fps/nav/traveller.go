package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Traveller is what an agent remembers of its way between ticks: a gate that
// it is about to open. The zero value is ready. Start a new journey with a new
// one.
type Traveller struct {
	gate     int16 // index of the gate plus one
	trigger  int16
	pause    int16 // ticks to wait before pushing again
	attempts int16
	crossing bool   // it is walking over a line that acts when crossed
	jump     int32  // index of the edge that it is running and flying along, plus one
	flight   uint64 // the samples of the flight that it is running and flying instead; the second in the high half
	running  bool   // it has begun to run
	flown    bool   // its feet have left the floor since
	waited   int16
	stuck    int16 // ticks without getting anywhere
	careful  int16 // ticks to go from sample to sample, cutting no corner
	// outer are the gates that the present one is opened for: on the way to
	// their triggers it was found shut. The innermost comes first.
	outer [3]errand
	lastX fixed.Fixed
	lastY fixed.Fixed
	// nearest is how near node to, where it is going, it has been, plus one;
	// since counts the ticks since it came nearer.
	to      int32
	nearest int32
	since   int16
	pursuit
}

// errand is a gate, plus one, and the trigger to go to for it.
type errand struct{ gate, trigger int16 }

// begin makes a gate the present one, above the one in hand.
func (t *Traveller) begin(gate, trigger int32) {
	if t.gate > 0 {
		copy(t.outer[1:], t.outer[:])
		t.outer[0] = errand{t.gate, t.trigger}
	}
	t.gate, t.trigger, t.attempts, t.waited = int16(gate+1), int16(trigger), 0, 0
}

// done goes back to the errand that the present one was for.
func (t *Traveller) done() {
	t.gate, t.trigger, t.attempts, t.crossing = t.outer[0].gate, t.outer[0].trigger, 0, false
	copy(t.outer[:], t.outer[1:])
	t.outer[len(t.outer)-1] = errand{}
}

// Stuck says that the traveller has pushed against something for a second or
// more; whoever it travels for may want another goal.
func (t *Traveller) Stuck() bool { return t.stuck > maps.TicksPerSecond }

// watch notices a body that does not get anywhere.
func (t *Traveller) watch(b *maps.Body) {
	if fixed.Abs(b.X-t.lastX) < fixed.One && fixed.Abs(b.Y-t.lastY) < fixed.One {
		t.stuck = min(t.stuck+1, 1<<14)
		if t.stuck%8 == 3 {
			t.careful = 32
		}
	} else {
		t.stuck = 0
		t.careful = max(t.careful-1, 0)
	}
	t.lastX, t.lastY = b.X, b.Y
}
