package docs_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad-viewer/app"
	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// block is a fenced block of a page: its kind, its file name if it has one, and
// its lines.
type block struct {
	line       int
	kind, file string
	lines      []string
}

func blocks(page string) (out []block) {
	var open *block
	for i, line := range strings.Split(page, "\n") {
		switch {
		case strings.HasPrefix(line, "```") && open == nil:
			kind, file, _ := strings.Cut(line[3:], " ")
			open = &block{line: i + 1, kind: kind, file: file}
		case strings.HasPrefix(line, "```"):
			out = append(out, *open)
			open = nil
		case open != nil:
			open.lines = append(open.lines, line)
		}
	}
	return out
}

// command is a command line of a console block with the output that is shown.
type command struct {
	words []string
	fails bool
	shown []string
}

func commands(b block) (out []command) {
	for _, line := range b.lines {
		text, is := strings.CutPrefix(line, "$ ")
		if !is {
			last := &out[len(out)-1]
			last.shown = append(last.shown, line)
			continue
		}
		text, fails := strings.CutSuffix(text, "   # fails")
		out = append(out, command{words: strings.Fields(text), fails: fails})
	}
	return out
}

// TestTutorial saves the files of docs/tutorial.md, runs its commands in their
// order, and compares the output that the page shows: its lines appear in this
// order, next to each other unless "..." stands between them, and "…" in a line
// matches anything.
func TestTutorial(t *testing.T) {
	page, err := os.ReadFile("tutorial.md")
	if err != nil {
		t.Fatal(err)
	}
	policies, err := filepath.Abs("../examples/policies")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "examples/policies"), os.DirFS(policies)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	ran := 0
	for _, b := range blocks(string(page)) {
		if b.file != "" {
			if err := os.WriteFile(b.file, []byte(strings.Join(b.lines, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if b.kind != "console" {
			continue
		}
		for _, c := range commands(b) {
			ran++
			status, output := execute(t, c.words)
			if (status != 0) != c.fails {
				t.Fatalf("line %d: %v ends with %d:\n%s", b.line, c.words, status, output)
			}
			if line, ok := shows(output, c.shown); !ok {
				t.Errorf("line %d: %v does not print %q there, but\n%s", b.line, c.words, line, output)
			}
		}
	}
	if ran < 9 {
		t.Errorf("the page has %d commands", ran)
	}
}

// execute runs a command and returns its exit code and all that it printed.
func execute(t *testing.T, words []string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	switch words[0] {
	case "dryad":
		env := frame.Env{
			Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out,
			Getenv: func(string) string { return "" },
		}
		return cli.Main(words[1:], &env), out.String()
	case "dryad-viewer":
		return app.Main(words[1:], &out, &out), out.String()
	}
	t.Fatalf("no program %q", words[0])
	return 0, ""
}

// matches reports whether a line is what a page shows, in which "…" stands for
// anything.
func matches(line, shown string) bool {
	parts := strings.Split(shown, "…")
	if len(parts) == 1 {
		return line == shown
	}
	line, ok := strings.CutPrefix(line, parts[0])
	for _, part := range parts[1 : len(parts)-1] {
		if !ok {
			return false
		}
		_, line, ok = strings.Cut(line, part)
	}
	return ok && strings.HasSuffix(line, parts[len(parts)-1])
}

// shows reports whether an output has the lines that are shown, and the first
// one that it lacks.
func shows(output string, shown []string) (missing string, ok bool) {
	lines := strings.Split(output, "\n")
	at, gap := 0, true // the first line may follow what is printed before it
	for _, want := range shown {
		if want == "..." {
			gap = true
			continue
		}
		found := -1
		for i := at; i < len(lines); i++ {
			if matches(lines[i], want) {
				found = i
				break
			}
			if !gap {
				break
			}
		}
		if found < 0 {
			return want, false
		}
		at, gap = found+1, false
	}
	return "", true
}
