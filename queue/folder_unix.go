//go:build unix

package queue

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// hold takes the lock of a folder; free reports whether nobody had it. The
// system lets go of it when the process ends.
func hold(path string) (lock io.Closer, free bool, err error) {
	file, err := os.OpenFile(filepath.Join(path, lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, false, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, false, nil
		}
		return nil, false, err
	}
	return file, true, nil
}
