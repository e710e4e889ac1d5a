// Package clitest lets the tests of a family of commands run dryad as a person
// types it.
//
//	func TestMain(m *testing.M)     { clitest.Main(m) }
//	func TestScripts(t *testing.T)  { clitest.Scripts(t) }
//
// It is for tests only.
package clitest

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// Main is the TestMain of a package with scripts: it makes the command dryad
// of the scripts out of the test binary.
func Main(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"dryad": func() { os.Exit(cli.Main(os.Args[1:], frame.Standard())) },
	})
}

// Scripts runs the scripts in testdata/script of the package.
func Scripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Setup: func(env *testscript.Env) error {
		// A process under the race detector sleeps for a second before it ends.
		env.Setenv("GORACE", "atexit_sleep_ms=0")
		return nil
	}})
}
