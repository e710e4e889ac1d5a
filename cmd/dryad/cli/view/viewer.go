package view

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// FindViewer returns the path of dryad-viewer; empty when there is none.
func FindViewer() string {
	name := "dryad-viewer"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if self, err := os.Executable(); err == nil {
		if path := filepath.Join(filepath.Dir(self), name); runnable(path) {
			return path
		}
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}

func runnable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
