//go:build unix

package lua_test

import (
	"syscall"
	"time"
)

// processor returns the processor time that the process has taken.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
