//go:build unix

package shell

import (
	"context"
	"os/exec"
	"syscall"
	"time"
)

// Command is a command line in a process group of its own, all of which is told to
// end when ctx is cancelled.
func Command(ctx context.Context, line string) *exec.Cmd {
	process := exec.CommandContext(ctx, "/bin/sh", "-c", line)
	process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	process.Cancel = func() error { return syscall.Kill(-process.Process.Pid, syscall.SIGTERM) }
	process.WaitDelay = 5 * time.Second
	return process
}

// Run runs a command of Command to its end and then ends what it left behind.
func Run(process *exec.Cmd) error {
	if err := process.Start(); err != nil {
		return err
	}
	err := process.Wait()
	syscall.Kill(-process.Process.Pid, syscall.SIGKILL)
	return err
}
