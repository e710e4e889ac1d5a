//go:build !race

package cfr_test

const detecting = false
