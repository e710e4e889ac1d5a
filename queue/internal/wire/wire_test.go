package wire_test

import (
	"fmt"
	"testing"
	"time"

	"dryad/queue/internal/wire"
)

func TestSigns(t *testing.T) {
	for ackWait, want := range map[string]time.Duration{
		"1ns": wire.ShortestAckWait / 3, "-5s": wire.ShortestAckWait / 3, "0": wire.ShortestAckWait / 3,
		"30s": 10 * time.Second, "": 10 * time.Second, "soon": 10 * time.Second,
		"99999h": wire.LongestAckWait / 3, "9223372036854775807ns": wire.LongestAckWait / 3,
	} {
		if got := wire.Signs(ackWait); got != want {
			t.Errorf("%q: %v, not %v", ackWait, got, want)
		}
	}
}

// FuzzWire: whatever is said, what is read of it lies within its bounds.
func FuzzWire(f *testing.F) {
	f.Add("dryad.job.b.7", "1ns", "a worker", []byte("text"), "12")
	f.Add("dryad.job..-1", "1h\x00", "\x1b[31m", []byte{0xff}, "99999999999999999999")
	f.Fuzz(func(t *testing.T, subject, ackWait, name string, data []byte, number string) {
		batch, index, ok := wire.Place(subject, "dryad.job")
		if ok && fmt.Sprintf("dryad.job.%s.%d", batch, index) != subject {
			t.Errorf("%q is read as %q, %d", subject, batch, index)
		}
		if every := wire.Signs(ackWait); every < wire.ShortestAckWait/3 || every > wire.LongestAckWait/3 {
			t.Errorf("ackWait %q: %v", ackWait, every)
		}
		if n := wire.Name(name); len(n) > wire.MaxName || wire.Name(n) != n {
			t.Errorf("name %q", n)
		}
		if len(wire.Text(data)) > wire.MaxText {
			t.Errorf("a text of %d bytes", len(wire.Text(data)))
		}
		if n, ok := wire.Number(number, 100); ok && (n < 0 || n > 100) {
			t.Errorf("number %d", n)
		}
	})
}
