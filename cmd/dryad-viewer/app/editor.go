package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"dryad/viewer/screen"
)

// maxEdited bounds what is read of a tree that was edited.
const maxEdited = 1 << 20

// editors opens trees in the editor that $VISUAL or $EDITOR names.
type editors struct {
	command []string // with its arguments
	running chan struct{}
}

// newEditors returns nil if neither is set or there is no terminal to edit at.
func newEditors() *editors {
	command := strings.Fields(os.Getenv("VISUAL"))
	if len(command) == 0 {
		command = strings.Fields(os.Getenv("EDITOR"))
	}
	for _, file := range []*os.File{os.Stdin, os.Stdout} {
		if !term.IsTerminal(int(file.Fd())) {
			return nil
		}
	}
	if len(command) == 0 {
		return nil
	}
	return &editors{command: command}
}

// edit opens a tree. At most one editor is open at a time.
func (e *editors) edit(ctx context.Context, source string) <-chan screen.Edited {
	result, ended := make(chan screen.Edited, 1), make(chan struct{})
	e.running = ended
	go func() {
		defer close(ended)
		text, err := e.run(ctx, source)
		result <- screen.Edited{Source: text, Err: err}
	}()
	return result
}

// wait waits for the editor that is open, if one is: it has the terminal.
func (e *editors) wait() {
	if e.running != nil {
		<-e.running
	}
}

// run lets a person edit a text in a file of its own, which is then removed.
func (e *editors) run(ctx context.Context, source string) (string, error) {
	folder, err := os.MkdirTemp("", "dryad-fork-")
	if err != nil {
		return "", fmt.Errorf("edit the tree: %w", err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "fork.dryad")
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		return "", fmt.Errorf("edit the tree: %w", err)
	}
	command := exec.CommandContext(ctx, e.command[0], append(e.command[1:len(e.command):len(e.command)], path)...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("the editor %s: %w", e.command[0], err)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("edit the tree: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxEdited+1))
	if err == nil && len(text) > maxEdited {
		err = fmt.Errorf("it has more than %d bytes", maxEdited)
	}
	if err != nil {
		return "", fmt.Errorf("edit the tree: %w", err)
	}
	return string(text), nil
}
