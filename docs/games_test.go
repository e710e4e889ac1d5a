package docs_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGameOutside takes the game off its page, builds it as a module of its own
// and plays, searches and draws it.
func TestGameOutside(t *testing.T) {
	page, err := os.ReadFile("games.md")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var steps [][]string
	for _, b := range blocks(string(page)) {
		switch {
		case b.kind == "go":
			write(b.file, strings.Join(b.lines, "\n")+"\n")
			if n := len(b.lines); b.file == "race.go" && n > 150 {
				t.Errorf("the game has %d lines", n)
			}
		case b.kind == "sh":
			for _, line := range b.lines {
				steps = append(steps, strings.Fields(strings.ReplaceAll(line, "/path/to/dryad", root)))
			}
		}
	}
	for _, words := range steps {
		command := exec.CommandContext(t.Context(), words[0], words[1:]...)
		command.Dir = folder
		command.Env = append(os.Environ(), "GOWORK=", "GOPROXY=off", "CGO_ENABLED=0")
		if said, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(words, " "), err, said)
		}
	}
	for _, name := range []string{"out/champion.dryad", "out/report.html", "race.replay", "race.png"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Size() == 0 {
			t.Error(fmt.Sprint(name, " was not written: ", err))
		}
	}
}
