package cli

import (
	"context"
	"errors"
	"io"

	"dryad/dsl/lsp"
	"dryad/vocab"
)

type lspCommand struct{}

// Run serves an editor on standard input and output.
func (lspCommand) Run(env *Env) error {
	err := lsp.Serve(env.Context, standardStreams{env.Stdin, env.Stdout}, lsp.Params{
		Games: func(name string) *vocab.Vocabulary {
			game, err := gameByName(name)
			if err != nil {
				return nil
			}
			return game.Vocabulary()
		},
		Names: gameNames, Default: defaultGame, Version: Version,
	})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// standardStreams is the connection to the editor that started the program.
type standardStreams struct {
	io.Reader
	io.Writer
}

// Close closes the input if it can be closed, so that no read is left behind.
func (s standardStreams) Close() error {
	if c, ok := s.Reader.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
