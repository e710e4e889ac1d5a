// Package lsp is the command dryad lsp: the language server.
package lsp
