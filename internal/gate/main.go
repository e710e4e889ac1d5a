package main

import (
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program; it returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	var err error
	switch {
	case len(args) > 0 && args[0] == "test":
		err = test(args[1:], stdout, stderr)
	case len(args) > 0 && args[0] == "fuzz":
		err = fuzz(args[1:], stdout)
	default:
		err = fmt.Errorf("expected \"test\" or \"fuzz\"; go doc ./internal/gate describes them")
	}
	if err != nil {
		fmt.Fprintln(stderr, "gate:", err)
		return 1
	}
	return 0
}
