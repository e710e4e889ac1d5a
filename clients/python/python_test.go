// Package python_test builds and installs the Python package and runs its tests
// with the packages that scripts/needs installs.
package python_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPackage: pip builds and installs the package, and its tests pass with dryad
// itself and the real environments.
func TestPackage(t *testing.T) {
	python, err := filepath.Abs("../../.tools/python/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", python)
	}
	dir := t.TempDir()
	run := func(env []string, name string, args ...string) {
		t.Helper()
		command := exec.Command(name, args...)
		command.Env = append(os.Environ(), env...)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
	}
	// A copy is built, so that pip leaves nothing beside the source.
	source := filepath.Join(dir, "source")
	if err := os.CopyFS(source, os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	installed, dryad := filepath.Join(dir, "installed"), filepath.Join(dir, "dryad")
	run(nil, python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--no-index", "--target", installed, source)
	run([]string{"CGO_ENABLED=0"}, "go", "build", "-o", dryad, "dryad/cmd/dryad")
	env := []string{"PYTHONPATH=" + installed, "DRYAD=" + dryad, "PYTHONDONTWRITEBYTECODE=1", "SDL_VIDEODRIVER=dummy"}
	run(env, python, "-W", "error::SyntaxWarning", "-m", "unittest", "discover", "-s", filepath.Join(source, "tests"))
}
