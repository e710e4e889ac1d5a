package lsp

import (
	"context"
	"errors"
	"io"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl/lsp"
)

// Command takes the flag that editors commonly hand to a server.
type Command struct {
	Stdio bool `help:"Use standard input and output, as it does anyway; editors say so."`
}

// Run serves an editor on standard input and output.
func (Command) Run(env *frame.Env) error {
	err := lsp.Serve(env.Context, openStandardStreams(env.Stdin, env.Stdout), lsp.Params{
		Games: func(name, path string) lsp.Judge {
			row, err := catalog.Find(name)
			if err != nil {
				return nil
			}
			checker := row.Checker(catalog.Networks{})
			if path == "" {
				return checker
			}
			script, err := seats.ScriptBeside(path)
			if err != nil {
				return checker // a file that cannot be read is no fault of the text
			}
			return checker.WithScript(script)
		},
		Names: catalog.Names, Default: seats.DefaultGame, Version: frame.Version, Log: env.Stderr,
	})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// standardStreams is the connection to the editor that started the program.
type standardStreams struct {
	*io.PipeReader
	io.Writer
}

// openStandardStreams reads in through a pipe: closing the pipe ends a read
// that is under way, while closing standard input waits for the editor's next
// byte when the descriptor is a blocking one.
func openStandardStreams(in io.Reader, out io.Writer) standardStreams {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, in)
		w.CloseWithError(err)
	}()
	return standardStreams{r, out}
}
