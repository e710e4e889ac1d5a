package critic_test

import (
	"testing"

	"dryad/cmd/dryad/cli/clitest"
)

func TestMain(m *testing.M) { clitest.Main(m) }

// The scripts run the commands as a person types them.
func TestScript(t *testing.T) { clitest.Scripts(t) }
