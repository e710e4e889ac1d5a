// Package lsp is the language server of dryad's language: diagnostics as one
// types, completion, hover, definition, references, rename, formatting, code
// actions, semantic tokens and document symbols.
//
//	err := lsp.Serve(ctx, stdio, lsp.Params{Games: judgeOf, Names: gameNames})
//
// A document is checked for the game that its header names. The server knows a
// document as the editor has it open and not as the file holds it; only the
// script with its Lua functions comes from a file.
//
// frame.go and message.go read the protocol, connection.go keeps its rules,
// methods.go lists what is offered.
package lsp
