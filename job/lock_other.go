//go:build !unix

package job

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// lockFolder keeps the lock file open; systems that refuse to remove or
// rewrite an open file show by it that the run is being worked on.
func lockFolder(dir string) (io.Closer, error) {
	file, err := os.OpenFile(filepath.Join(dir, ".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("hold run %s: %w", dir, err)
	}
	return file, nil
}

// LockFile makes sure that the file's folder can be written; it locks nobody
// out here.
func LockFile(path string) (io.Closer, error) {
	file, err := os.OpenFile(filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("hold %s: %w", path, err)
	}
	return file, nil
}
