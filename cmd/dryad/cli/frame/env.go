package frame

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"

	"dryad/catalog"
	"dryad/internal/terminal"
	"dryad/job"
)

// Env is what a command may touch of the outside: its streams, its
// environment variables and the context that Ctrl-C cancels.
type Env struct {
	Context context.Context
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Getenv  func(string) string
	// Terminal says that Stderr is an interactive terminal: progress may be
	// redrawn in place and colours may be used (unless NO_COLOR is set).
	Terminal bool
	// Width returns the columns of that terminal, 0 where nobody knows; nil is
	// such a one.
	Width func() int
	// Networks take the place of those that dryad ships, as NetFlag says.
	Networks catalog.Networks
	// Settings are the flags of the command line that [Settings] names.
	Settings []string
}

// WholeWriter takes one write at a time, for lines that several goroutines
// write.
type WholeWriter struct {
	mu sync.Mutex
	W  io.Writer
}

func (w *WholeWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.W.Write(p)
}

// Standard returns the process's own streams and environment.
func Standard() *Env {
	return &Env{
		Width:    columns,
		Context:  context.Background(),
		Stdin:    os.Stdin,
		Stdout:   os.Stdout,
		Stderr:   os.Stderr,
		Getenv:   os.Getenv,
		Terminal: term.IsTerminal(int(os.Stderr.Fd())) && os.Getenv("TERM") != "dumb",
	}
}

// columns returns the width of the terminal on standard error.
func columns() int {
	width, _, err := term.GetSize(int(os.Stderr.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// Progress begins to show on standard error how far a job is.
func (e *Env) Progress(p job.ProgressParams) *job.Progress {
	p.Out, p.Terminal, p.Width = e.Stderr, e.Terminal, e.Width
	return job.NewProgress(p)
}

// Columns is the width of the terminal on standard error; 0 without one.
func (e *Env) Columns() int {
	if !e.Terminal || e.Width == nil {
		return 0
	}
	return e.Width()
}

// Colour reports whether coloured output is wanted on Stderr.
func (e *Env) Colour() bool { return e.Terminal && e.Getenv("NO_COLOR") == "" }

// Printf writes to standard output, for results. Texts among the arguments are
// cleaned of what a terminal would obey.
func (e *Env) Printf(format string, args ...any) {
	fmt.Fprintf(e.Stdout, format, terminal.Arguments(args)...)
}

// Content writes a text to standard output as it is, for files that others
// read; where a person reads it, it is cleaned as in Printf.
func (e *Env) Content(text string) {
	if file, ok := e.Stdout.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		text = terminal.Text(text)
	}
	io.WriteString(e.Stdout, text)
}

// Logf writes one line to standard error, for people. Texts among the
// arguments are cleaned as in Printf.
func (e *Env) Logf(format string, args ...any) {
	fmt.Fprintf(e.Stderr, format+"\n", terminal.Arguments(args)...)
}

// JSON writes value as one line on standard output: the last line of a
// command that was given --json.
func (e *Env) JSON(value any) error {
	line, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("write the JSON result: %w", err)
	}
	_, err = e.Stdout.Write(append(line, '\n'))
	return err
}
