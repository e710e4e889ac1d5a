package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Traveller is what an agent remembers of its way between ticks: a gate that
// it is about to open. The zero value is ready. Start a new journey with a new
// one.
type Traveller struct {
	Gate     int16 // index of the gate plus one
	Trigger  int16
	Pause    int16 // ticks to wait before pushing again
	Attempts int16
	Crossing bool   // it is walking over a line that acts when crossed
	Jump     int32  // index of the edge that it is running and flying along, plus one
	PlanJump uint64 // the samples of a jump of its plan that it is running and flying instead; the second in the high half
	Running  bool   // it has begun to run
	Flown    bool   // its feet have left the floor since
	Waited   int16
	StuckFor int16 // ticks without getting anywhere
	Careful  int16 // ticks to go from sample to sample, cutting no corner
	// outer are the gates that the present one is opened for: on the way to
	// their triggers it was found shut. The innermost comes first.
	outer [3]errand
	LastX fixed.Fixed
	LastY fixed.Fixed
	// nearest is how near node to, where it is going, it has been, plus one;
	// since counts the ticks since it came nearer.
	To      int32
	Nearest int32
	Since   int16
}

// errand is a gate, plus one, and the trigger to go to for it.
type errand struct{ gate, trigger int16 }

// begin makes a gate the present one, above the one in hand.
func (t *Traveller) begin(gate, trigger int32) {
	if t.Gate > 0 {
		copy(t.outer[1:], t.outer[:])
		t.outer[0] = errand{t.Gate, t.Trigger}
	}
	t.Gate, t.Trigger, t.Attempts, t.Waited = int16(gate+1), int16(trigger), 0, 0
}

// done goes back to the errand that the present one was for.
func (t *Traveller) done() {
	t.Gate, t.Trigger, t.Attempts, t.Crossing = t.outer[0].gate, t.outer[0].trigger, 0, false
	copy(t.outer[:], t.outer[1:])
	t.outer[len(t.outer)-1] = errand{}
}

// Stuck says that the traveller has pushed against something for a second or
// more; whoever it travels for may want another goal.
func (t *Traveller) Stuck() bool { return t.StuckFor > maps.TicksPerSecond }

// Watch notices a body that does not get anywhere.
func (t *Traveller) Watch(b *maps.Body) {
	if fixed.Abs(b.X-t.LastX) < fixed.One && fixed.Abs(b.Y-t.LastY) < fixed.One {
		t.StuckFor = min(t.StuckFor+1, 1<<14)
		if t.StuckFor%8 == 3 {
			t.Careful = 32
		}
	} else {
		t.StuckFor = 0
		t.Careful = max(t.Careful-1, 0)
	}
	t.LastX, t.LastY = b.X, b.Y
}
