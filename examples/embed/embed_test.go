package embed_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dryad/games/tag"
	"dryad/policy"
	"dryad/policy/export"
)

var update = flag.Bool("update", false, "write the exported trees and the expected moves anew")

// exported checks that the trees in the folders are those that dryad writes.
func exported(t *testing.T) {
	t.Helper()
	source, err := os.ReadFile("keeper.dryad")
	if err != nil {
		t.Fatal(err)
	}
	p, faults := policy.Parse("keeper", source, tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults.Err())
	}
	for dir, to := range map[string]export.Language{"c": export.C, "golang/keeper": export.Go} {
		files, err := export.Write(p, export.Params{To: to})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			path := filepath.Join(dir, f.Name)
			if *update {
				if err := os.WriteFile(path, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if was, err := os.ReadFile(path); err != nil || string(was) != string(f.Data) {
				t.Errorf("%s is not what dryad writes; run this test with -update (%v)", path, err)
			}
		}
	}
}

// run runs a command in a folder and returns what it prints.
func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	command := exec.Command(args[0], args[1:]...)
	command.Dir = dir
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	var stderr strings.Builder
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, stderr.String())
	}
	return string(out)
}

// TestToysAgree: the tree drives the same game in four languages, to the same
// moves.
func TestToysAgree(t *testing.T) {
	exported(t)
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	run(t, "c", "gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O2", "-c", "keeper.c", "-o", at("keeper.o"))
	run(t, "c", "gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O2", "toy.c", at("keeper.o"), "-o", at("c"))
	run(t, "cpp", "g++", "-std=c++11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O2", "-I../c", "toy.cc", at("keeper.o"), "-o", at("cpp"))
	run(t, "c", "gcc", "-std=c99", "-O2", "-shared", "-fPIC", "keeper.c", "-o", at("keeper.so"))
	moves := run(t, "c", at("c"))
	if *update {
		if err := os.WriteFile("moves.txt", []byte(moves), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("moves.txt")
	if err != nil {
		t.Fatal(err)
	}
	for language, got := range map[string]string{
		"C": moves, "C++": run(t, "cpp", at("cpp")),
		"Python": run(t, "python", "python3", "-B", "toy.py", at("keeper.so")),
		"Go":     run(t, "golang", "go", "run", "."),
	} {
		if got != string(want) {
			t.Errorf("the game in %s goes another way:\n%s", language, got)
		}
	}
}
