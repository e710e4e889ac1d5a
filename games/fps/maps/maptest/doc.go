// Package maptest builds small maps for tests: a row of rooms from west to
// east, with a line between every two that may have a special.
//
//	m, err := maptest.Row(
//		maptest.Room{Width: 256, Ceiling: 512, Special: 62, Acts: 5}, // a lift to be used
//		maptest.Room{Width: 128, Floor: 128, Ceiling: 512, Tag: 5},
//	)
//
// The rooms are 128 units deep, from y = 0; the first begins at x = 0. It is
// not for play: generated maps are package maps' own.
package maptest
