// Package gitlfs recognises the pointers that Git LFS leaves in the place of
// files that were not fetched. Whoever reads a binary file asks it before it
// says that the file is none of its kind.
//
//	if err := gitlfs.Check(data); err != nil {
//		return fmt.Errorf("read %s: %w", path, err)
//	}
package gitlfs

import (
	"bytes"
	"errors"
)

// ErrPointer is the error of a file that is a pointer.
var ErrPointer = errors.New("it is a pointer of Git LFS and not the file itself: get the file with git lfs pull")

// Check returns ErrPointer for the beginning of a pointer, nil for anything
// else.
func Check(head []byte) error {
	if bytes.HasPrefix(head, []byte("version https://git-lfs.github.com/")) {
		return ErrPointer
	}
	return nil
}
