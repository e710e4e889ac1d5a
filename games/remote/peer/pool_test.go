package peer_test

import (
	"slices"
	"testing"

	"dryad/games/remote/peer"
)

// TestPool: the link that was given back last comes first; after Close none comes
// and none is taken back.
func TestPool(t *testing.T) {
	var p peer.Pool[int]
	if _, ok := p.Take(); ok || p.Closed() {
		t.Error("the zero value is not empty and open")
	}
	for l := range 3 {
		if !p.Give(l) {
			t.Errorf("%d is not taken back", l)
		}
	}
	if l, ok := p.Take(); !ok || l != 2 {
		t.Errorf("took %d, %v", l, ok)
	}
	if idle := p.Close(); !slices.Equal(idle, []int{0, 1}) {
		t.Errorf("%v were free", idle)
	}
	if _, ok := p.Take(); ok || p.Give(4) || !p.Closed() {
		t.Error("a closed pool goes on")
	}
}
