//go:build !unix

package shell

import (
	"context"
	"os/exec"
	"runtime"
	"time"
)

// Command is a command line of the shell, ended when ctx is cancelled.
func Command(ctx context.Context, line string) *exec.Cmd {
	name, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		name, flag = "cmd", "/C"
	}
	process := exec.CommandContext(ctx, name, flag, line)
	process.WaitDelay = 5 * time.Second
	return process
}

// Run runs a command of Command to its end.
func Run(process *exec.Cmd) error { return process.Run() }

// Wait waits for a command of Command that was started.
func Wait(process *exec.Cmd) error { return process.Wait() }
