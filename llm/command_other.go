//go:build !unix

package llm

import (
	"context"
	"os/exec"
	"runtime"
	"time"
)

// shell is the command, ended when ctx is cancelled.
func shell(ctx context.Context, line string) *exec.Cmd {
	name, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		name, flag = "cmd", "/C"
	}
	process := exec.CommandContext(ctx, name, flag, line)
	process.WaitDelay = 5 * time.Second
	return process
}

func runGroup(process *exec.Cmd) error { return process.Run() }
