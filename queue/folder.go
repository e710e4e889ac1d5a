package queue

import (
	"io"
	"os"
	"path/filepath"
)

// folder is where a hub's server keeps what it must keep on disk. It is held
// as long as the process lives, however that ends.
type folder struct {
	path string
	lock io.Closer
}

const folderPattern = "dryad-queue-"

// makeFolder makes a folder under the temporary directory, and takes away those
// that hubs which were killed have left there.
func makeFolder() (*folder, error) {
	clearFolders(os.TempDir())
	path, err := os.MkdirTemp("", folderPattern)
	if err != nil {
		return nil, err
	}
	lock, _, err := hold(path)
	if err != nil {
		os.RemoveAll(path)
		return nil, err
	}
	return &folder{path, lock}, nil
}

// clearFolders removes the folders of hubs that live no more. Faults are left
// alone: the folders are somebody else's, or go with the next start.
func clearFolders(dir string) {
	left, err := filepath.Glob(filepath.Join(dir, folderPattern+"*"))
	if err != nil {
		return
	}
	for _, path := range left {
		if info, err := os.Lstat(path); err != nil || !info.IsDir() {
			continue
		}
		if _, err := os.Lstat(filepath.Join(path, lockName)); err != nil {
			continue // it is just being made, or none of ours
		}
		if lock, free, err := hold(path); err == nil && free {
			os.RemoveAll(path)
			lock.Close()
		}
	}
}

// lockName is the file in a folder that its hub holds.
const lockName = ".lock"

// remove takes the folder away; a nil folder is none.
func (f *folder) remove() error {
	if f == nil {
		return nil
	}
	err := os.RemoveAll(f.path)
	f.lock.Close()
	return err
}
