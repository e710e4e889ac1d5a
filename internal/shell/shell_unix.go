//go:build unix

package shell

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
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

// lastWords is how long output that was already written is waited for when a
// process that the line has left behind keeps the pipe open.
const lastWords = 2 * time.Second

// Run runs a command of Command until the shell exits, and then ends what it
// left behind. A process that has made itself independent of the shell goes on,
// and what it prints is lost.
func Run(process *exec.Cmd) (err error) {
	// The pipes are ours, so that the end of the shell is the end of the wait: a
	// child that is left behind may keep its end open for as long as it likes.
	var group sync.WaitGroup
	var readers, writers []*os.File
	defer func() {
		for _, file := range writers {
			file.Close()
		}
		for _, file := range readers {
			file.SetReadDeadline(time.Now().Add(lastWords))
		}
		group.Wait()
	}()
	pipe := func(to io.Writer) (io.Writer, error) {
		if _, file := to.(*os.File); file || to == nil {
			return to, nil
		}
		reader, writer, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		readers, writers = append(readers, reader), append(writers, writer)
		group.Go(func() {
			defer reader.Close() // who writes more than is taken finds its pipe closed
			_, _ = io.Copy(to, reader)
		})
		return writer, nil
	}
	same := process.Stderr != nil && process.Stderr == process.Stdout
	if process.Stdout, err = pipe(process.Stdout); err != nil {
		return err
	}
	if same {
		process.Stderr = process.Stdout
	} else if process.Stderr, err = pipe(process.Stderr); err != nil {
		return err
	}
	if err := process.Start(); err != nil {
		return err
	}
	for _, file := range writers {
		file.Close()
	}
	writers = nil
	err = process.Wait()
	syscall.Kill(-process.Process.Pid, syscall.SIGKILL)
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // the shell has exited well; a child of its kept the input
	}
	return err
}

// Wait waits for a command of Command that was started, and then ends what it left
// behind.
func Wait(process *exec.Cmd) error {
	err := process.Wait()
	syscall.Kill(-process.Process.Pid, syscall.SIGKILL)
	return err
}
