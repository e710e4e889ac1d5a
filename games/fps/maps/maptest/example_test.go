package maptest_test

import (
	"fmt"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps/maptest"
)

func ExampleRow() {
	m, err := maptest.Row(
		maptest.Room{Width: 256, Ceiling: 512, Special: 62, Acts: 5}, // a lift to be used
		maptest.Room{Width: 128, Floor: 128, Ceiling: 512, Tag: 5},
	)
	if err != nil {
		panic(err)
	}
	lift := m.SectorAt(fixed.FromInt(300), fixed.FromInt(64))
	fmt.Println(len(m.Sectors), m.Sectors[lift].Floor>>16, m.Tagged(5))
	// Output: 2 128 [1]
}
