// Package lsp is the language server of dryad's language: diagnostics as one
// types, completion, hover, definition, references, rename, formatting, code
// actions, semantic tokens and document symbols.
//
//	err := lsp.Serve(ctx, stdio, lsp.Params{Games: judgeOf, Names: gameNames})
//
// A document is checked for the game that its header names. The server reads
// no file: it knows what the editor has open.
package lsp
