package recent_test

import (
	"errors"
	"testing"

	"dryad/internal/recent"
)

func TestCache(t *testing.T) {
	made := map[int]int{}
	cache := recent.Cache[int, int]{Limit: 3}
	get := func(k int) int {
		v, err := cache.Get(k, func() (int, error) { made[k]++; return 10 * k, nil })
		if err != nil || v != 10*k {
			t.Fatalf("%d: %d, %v", k, v, err)
		}
		return made[k]
	}
	for _, k := range []int{1, 2, 3, 1, 2, 3} {
		if n := get(k); n != 1 {
			t.Errorf("%d was made %d times", k, n)
		}
	}
	get(4) // 1 goes
	if get(2) != 1 || get(3) != 1 || get(4) != 1 || get(1) != 2 {
		t.Errorf("made %v", made)
	}
	fault := errors.New("fault")
	for range 2 {
		if _, err := cache.Get(9, func() (int, error) { return 0, fault }); !errors.Is(err, fault) {
			t.Errorf("error %v", err)
		}
	}
}
