// Command dryad writes, checks, plays and improves behaviour trees for games.
package main

import (
	"os"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], frame.Standard()))
}
