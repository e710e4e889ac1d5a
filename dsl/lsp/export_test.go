package lsp

import (
	"context"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// Probe asks everything about a place in a text, without a connection.
func Probe(params Params, text string, p protocol.Position) {
	const name = uri.URI("file:///a.dryad")
	s := newServer(params, nil)
	d := s.open(name, text, 1)
	s.documents[name] = d
	d.diagnostics()
	ctx := context.Background()
	document := protocol.TextDocumentIdentifier{URI: name}
	at := protocol.TextDocumentPositionParams{TextDocument: document, Position: p}
	_, _ = s.hover(ctx, &protocol.HoverParams{TextDocumentPositionParams: at})
	_, _ = s.definition(ctx, &protocol.DefinitionParams{TextDocumentPositionParams: at})
	_, _ = s.references(ctx, &protocol.ReferenceParams{TextDocumentPositionParams: at})
	_, _ = s.rename(ctx, &protocol.RenameParams{TextDocumentPositionParams: at, NewName: "other"})
	_, _ = s.prepareRename(ctx, &protocol.PrepareRenameParams{TextDocumentPositionParams: at})
	_, _ = s.completion(ctx, &protocol.CompletionParams{TextDocumentPositionParams: at})
	_, _ = s.formatting(ctx, &protocol.DocumentFormattingParams{TextDocument: document})
	_, _ = s.codeAction(ctx, &protocol.CodeActionParams{TextDocument: document, Range: protocol.Range{Start: p, End: p}})
	_, _ = s.documentSymbol(ctx, &protocol.DocumentSymbolParams{TextDocument: document})
	_, _ = s.semanticTokens(ctx, &protocol.SemanticTokensParams{TextDocument: document})
}
