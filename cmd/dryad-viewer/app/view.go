package app

import (
	"os"
	"path/filepath"

	"dryad/internal/atomicfile"
	"dryad/viewer/screen"
)

// maxView bounds what is read of the file.
const maxView = 1 << 12

// viewFile is where the view is kept; empty where the system has no such place.
func viewFile() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "dryad", "viewer.json")
}

// recall takes the view that was kept. A file that is not there, or that is
// damaged, leaves the usual one.
func recall(s *screen.Screen) {
	if path := viewFile(); path != "" {
		if text, err := os.ReadFile(path); err == nil && len(text) <= maxView {
			_ = s.SetView(text)
		}
	}
}

// remember keeps the view. It is a convenience, and no error if it cannot be.
func remember(s *screen.Screen) {
	if path := viewFile(); path != "" && os.MkdirAll(filepath.Dir(path), 0o755) == nil {
		_ = atomicfile.Write(path, append(s.View(), '\n'))
	}
}
