// Command dryad-viewer shows a recorded match in a window, or writes a picture
// of it without one.
package main

import (
	"os"

	"dryad/cmd/dryad-viewer/app"
)

func main() { os.Exit(app.Main(os.Args[1:], os.Stdout, os.Stderr)) }
