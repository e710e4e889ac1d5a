//go:build unix

package job

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// LockFile holds a file that a job goes on from, so that no other process
// writes it at the same time. The lock is a file beside it, which stays.
func LockFile(path string) (io.Closer, error) {
	name := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".lock")
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("hold %s: %w", path, err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%s is being written by another process: wait for it, or name another file", path)
		}
		return nil, fmt.Errorf("hold %s: %w", path, err)
	}
	return file, nil
}

// lockFolder holds a run's folder for this process. The system lets go of the
// lock when the process ends, however it ends.
func lockFolder(dir string) (io.Closer, error) {
	file, err := os.OpenFile(filepath.Join(dir, ".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("hold run %s: %w", dir, err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("run %s is being worked on by another process", dir)
		}
		return nil, fmt.Errorf("hold run %s: %w", dir, err)
	}
	return file, nil
}
