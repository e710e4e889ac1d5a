package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// method answers a request or takes a notification, given its params.
type method func(ctx context.Context, params json.RawMessage) (any, error)

// methods are what the server does for an editor that it knows; "initialize",
// "shutdown" and "exit" change that and are the connection's.
func (s *server) methods() (requests, notifications map[string]method) {
	const document, place = "textDocument.uri", "position.line position.character"
	return map[string]method{
			"textDocument/completion":          request(s.completion, document, place),
			"textDocument/hover":               request(s.hover, document, place),
			"textDocument/definition":          request(s.definition, document, place),
			"textDocument/references":          request(s.references, document, place),
			"textDocument/prepareRename":       request(s.prepareRename, document, place),
			"textDocument/rename":              request(s.rename, document, place, "newName"),
			"textDocument/formatting":          request(s.formatting, document),
			"textDocument/codeAction":          request(s.codeAction, document, "range.start.line range.end.line"),
			"textDocument/documentSymbol":      request(s.documentSymbol, document),
			"textDocument/semanticTokens/full": request(s.semanticTokens, document),
		}, map[string]method{
			"initialized":            ignore,
			"textDocument/didOpen":   notify(s.didOpen, document, "textDocument.text"),
			"textDocument/didChange": notify(s.didChange, document, "contentChanges"),
			"textDocument/didClose":  notify(s.didClose, document),
			"textDocument/didSave":   ignore,
			"$/setTrace":             notify(func(context.Context, *protocol.SetTraceParams) error { return nil }, "value"),
			"$/cancelRequest":        ignore, // requests are answered in their order, so it comes too late
		}
}

func ignore(context.Context, json.RawMessage) (any, error) { return nil, nil }

// request makes a method of a function that takes typed params. The paths name
// members that must be there, several in one string divided by blanks.
func request[P, R any](do func(context.Context, *P) (R, error), paths ...string) method {
	return func(ctx context.Context, raw json.RawMessage) (any, error) {
		for _, path := range strings.Fields(strings.Join(paths, " ")) {
			if !has(raw, path) {
				return nil, jsonrpc2.NewError(jsonrpc2.InvalidParams, "params has no "+path)
			}
		}
		var params P
		if err := protocol.Unmarshal(raw, &params); err != nil {
			return nil, jsonrpc2.NewError(jsonrpc2.InvalidParams, fmt.Sprintf("params cannot be read: %v", err))
		}
		return do(ctx, &params)
	}
}

func notify[P any](do func(context.Context, *P) error, paths ...string) method {
	return request(func(ctx context.Context, p *P) (any, error) { return nil, do(ctx, p) }, paths...)
}

// has reports whether an object has a member, given the names that lead there.
func has(raw json.RawMessage, path string) bool {
	for name := range strings.SplitSeq(path, ".") {
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) != nil {
			return false
		}
		member, ok := members[name]
		if !ok || string(member) == "null" {
			return false
		}
		raw = member
	}
	return true
}
