package cli

import (
	"context"
	"errors"
	"io"

	"dryad/dsl"
	"dryad/dsl/lsp"
	"dryad/policy"
	"dryad/vocab"
)

// lspCommand takes the flag that editors commonly hand to a server.
type lspCommand struct {
	Stdio bool `help:"Use standard input and output, as it does anyway; editors say so."`
}

// Run serves an editor on standard input and output.
func (lspCommand) Run(env *Env) error {
	err := lsp.Serve(env.Context, openStandardStreams(env.Stdin, env.Stdout), lsp.Params{
		Games: func(name string) *vocab.Vocabulary {
			game, err := gameByName(name)
			if err != nil {
				return nil
			}
			return game.Vocabulary()
		},
		Names: gameNames, Default: defaultGame, Version: Version,
		Functions: func(path string, file *dsl.File) dsl.Diagnostics {
			if !usesLua(file) {
				return nil
			}
			script, err := scriptBeside(path)
			if err != nil {
				return nil // a file that cannot be read is no fault of the text
			}
			return policy.Functions(file, script)
		},
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
