//go:build unix

package shell_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
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

// TestChildThatIsLeftBehind: the line has answered when its shell has exited,
// whatever a child of its does with the output that it was given.
func TestChildThatIsLeftBehind(t *testing.T) {
	for _, line := range []string{
		`echo answer; sleep 1000 &`,
		`sleep 1000 & echo answer`,
		`(trap '' TERM HUP; sleep 1000) & echo answer`,
		`echo answer; (while :; do sleep 1000; done) & disown 2>/dev/null; exit 0`,
	} {
		var output strings.Builder
		process := shell.Command(t.Context(), line)
		process.Stdout, process.Stderr = &output, &output
		if err := shell.Run(process); err != nil || output.String() != "answer\n" {
			t.Errorf("%s: %q, %v", line, output.String(), err)
		}
	}
}

// TestIndependentChild: one that has left the group of the shell is not ended,
// and not waited for either.
func TestIndependentChild(t *testing.T) {
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Log("there is no setsid here")
		return
	}
	pidFile := filepath.Join(t.TempDir(), "pid")
	var output strings.Builder
	process := shell.Command(t.Context(), `setsid sh -c 'echo $$ > "`+pidFile+`.new"; mv "`+pidFile+`.new" "`+pidFile+`"; exec sleep 1000' & while [ ! -e '`+pidFile+`' ]; do :; done; echo answer`)
	process.Stdout = &output
	err := shell.Run(process)
	content, _ := os.ReadFile(pidFile)
	if pid, _ := strconv.Atoi(strings.TrimSpace(string(content))); pid > 1 {
		syscall.Kill(pid, syscall.SIGKILL)
	}
	if err != nil || output.String() != "answer\n" {
		t.Errorf("%q, %v", output.String(), err)
	}
}

// TestWriterThatIsRefused finds its pipe closed.
func TestWriterThatIsRefused(t *testing.T) {
	process := shell.Command(t.Context(), `while :; do echo more || exit 7; done`)
	process.Stdout = refusing{}
	if err := shell.Run(process); err == nil {
		t.Error("no error")
	}
}

type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("no more") }
