package lsp

import (
	"context"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// Probe asks everything about a place in a text, without a connection.
func Probe(params Params, text string, p protocol.Position) {
	const name = uri.URI("file:///a.dryad")
	s := &server{params: params, documents: map[uri.URI]*document{}}
	d := s.open(name, text, 1)
	s.documents[name] = d
	d.diagnostics()
	ctx := context.Background()
	document := protocol.TextDocumentIdentifier{URI: name}
	at := protocol.TextDocumentPositionParams{TextDocument: document, Position: p}
	_, _ = s.Hover(ctx, &protocol.HoverParams{TextDocumentPositionParams: at})
	_, _ = s.Definition(ctx, &protocol.DefinitionParams{TextDocumentPositionParams: at})
	_, _ = s.References(ctx, &protocol.ReferenceParams{TextDocumentPositionParams: at})
	_, _ = s.Rename(ctx, &protocol.RenameParams{TextDocumentPositionParams: at, NewName: "other"})
	_, _ = s.PrepareRename(ctx, &protocol.PrepareRenameParams{TextDocumentPositionParams: at})
	_, _ = s.Completion(ctx, &protocol.CompletionParams{TextDocumentPositionParams: at})
	_, _ = s.Formatting(ctx, &protocol.DocumentFormattingParams{TextDocument: document})
	_, _ = s.CodeAction(ctx, &protocol.CodeActionParams{TextDocument: document, Range: protocol.Range{Start: p, End: p}})
	_, _ = s.DocumentSymbol(ctx, &protocol.DocumentSymbolParams{TextDocument: document})
	_, _ = s.SemanticTokensFull(ctx, &protocol.SemanticTokensParams{TextDocument: document})
}
