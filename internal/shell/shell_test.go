//go:build unix

package shell_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"dryad/internal/shell"
)

// TestNothingIsLeft: what the line leaves in the background ends with it.
func TestNothingIsLeft(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	// The reader waits for a writer for ever; it has the pipe open once a
	// writer gets through.
	if err := shell.Run(shell.Command(context.Background(), `(exec 3<>'`+pipe+`'; read x <&3) & exit 0`)); err != nil {
		t.Fatal(err)
	}
	for ; ; runtime.Gosched() { // ends once nobody reads
		file, err := os.OpenFile(pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return
		}
		file.Close()
	}
}

// TestCancelEnds: a cancelled line ends.
func TestCancelEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := shell.Run(shell.Command(ctx, "while :; do :; done")); err == nil {
		t.Error("no error")
	}
}
