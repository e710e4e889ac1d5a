//go:build race

package cfr_test

// detecting reports whether the race detector watches: the long numerical tests
// then run a twentieth of their iterations and ask for less. They have no
// threads; "go test" alone runs them whole.
const detecting = true
