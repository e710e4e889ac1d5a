//go:build unix

package solve_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
	"dryad/job"
)

// TestCheckpointIsHeld: while one process goes on from a checkpoint, another is
// refused and writes nothing; afterwards it may.
func TestCheckpointIsHeld(t *testing.T) {
	file := filepath.Join(t.TempDir(), "run.ck")
	solve := func() (int, string) {
		var said bytes.Buffer
		status := cli.Main([]string{"solve", "kuhn", "--iterations", "5", "--checkpoint", file},
			&frame.Env{Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &bytes.Buffer{}, Stderr: &said, Getenv: func(string) string { return "" }})
		return status, said.String()
	}
	lock, err := job.LockFile(file)
	if err != nil {
		t.Fatal(err)
	}
	status, said := solve()
	if status != frame.ExitFailed || !strings.Contains(said, "run.ck is being written by another process") {
		t.Errorf("%d, %s", status, said)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	if status, said := solve(); status != frame.ExitOK {
		t.Errorf("%d, %s", status, said)
	}
}
