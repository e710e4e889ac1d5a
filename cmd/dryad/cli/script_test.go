package cli_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"dryad/cmd/dryad/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"dryad": func() { os.Exit(cli.Main(os.Args[1:], cli.Standard())) },
	})
}

// The scripts run the commands as a person types them.
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}
