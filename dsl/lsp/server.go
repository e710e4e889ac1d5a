package lsp

import (
	"context"
	"fmt"
	"io"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"dryad/dsl"
	"dryad/vocab"
)

// Judge reads and checks policies of one game.
type Judge interface {
	// Vocabulary returns the words of the game.
	Vocabulary() *vocab.Vocabulary
	// Source reads a text and returns all its faults, sorted. The file holds
	// what could be read.
	Source(path, source string) (*dsl.File, dsl.Diagnostics)
}

// Params says what the server knows.
type Params struct {
	// Games returns the judge of a policy for a game, nil when there is no game
	// of that name. The path is that of the policy's file, beside which its Lua
	// functions are; it is empty for a text that is no file.
	Games func(name, path string) Judge
	// Names lists the games.
	Names func() []string
	// Default is the game of a policy without a header.
	Default string
	// Version is reported to the editor.
	Version string
	// Log takes what happens while no editor can be told; it may be nil.
	Log io.Writer
}

// server holds the open documents. It is used by one goroutine.
type server struct {
	params    Params
	notify    func(method string, params any) error // the editor
	documents map[uri.URI]*document
}

func newServer(params Params, notify func(method string, params any) error) *server {
	return &server{params: params, notify: notify, documents: map[uri.URI]*document{}}
}

func yes() *bool { v := true; return &v }

func (s *server) initialize(context.Context, *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	return &protocol.InitializeResult{
		Capabilities: protocol.ServerCapabilities{
			TextDocumentSync:           protocol.TextDocumentSyncKindFull,
			CompletionProvider:         &protocol.CompletionOptions{TriggerCharacters: []string{" ", ":"}},
			HoverProvider:              protocol.Boolean(true),
			DefinitionProvider:         protocol.Boolean(true),
			ReferencesProvider:         protocol.Boolean(true),
			DocumentSymbolProvider:     protocol.Boolean(true),
			CodeActionProvider:         protocol.Boolean(true),
			DocumentFormattingProvider: protocol.Boolean(true),
			RenameProvider:             &protocol.RenameOptions{PrepareProvider: yes()},
			SemanticTokensProvider: &protocol.SemanticTokensOptions{
				Legend: protocol.SemanticTokensLegend{TokenTypes: tokenTypes, TokenModifiers: []string{}},
				Full:   protocol.Boolean(true),
			},
		},
		ServerInfo: protocol.ServerInfo{Name: "dryad", Version: protocol.NewOptional(s.params.Version)},
	}, nil
}

// maxShown is how many alternatives a message lists; completion has all.
const maxShown = 12

// maxDocuments bounds what an editor can have open.
const maxDocuments = 256

func (s *server) didOpen(_ context.Context, p *protocol.DidOpenTextDocumentParams) error {
	if len(s.documents) >= maxDocuments && s.documents[p.TextDocument.URI] == nil {
		return fmt.Errorf("%d documents are open, and the server takes no more", maxDocuments)
	}
	return s.take(p.TextDocument.URI, p.TextDocument.Text, p.TextDocument.Version)
}

func (s *server) didChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	d := s.documents[p.TextDocument.URI]
	if d == nil {
		return fmt.Errorf("%q is not open", p.TextDocument.URI)
	}
	text, err := change(d.text, p.ContentChanges)
	if err != nil {
		return err
	}
	return s.take(p.TextDocument.URI, text, p.TextDocument.Version)
}

func (s *server) didClose(_ context.Context, p *protocol.DidCloseTextDocumentParams) error {
	delete(s.documents, p.TextDocument.URI)
	return s.notify("textDocument/publishDiagnostics", &protocol.PublishDiagnosticsParams{URI: p.TextDocument.URI, Diagnostics: []protocol.Diagnostic{}})
}

// take reads a text and sends what is wrong with it.
func (s *server) take(at uri.URI, text string, version int32) error {
	d := s.open(at, text, version)
	s.documents[at] = d
	return s.notify("textDocument/publishDiagnostics", &protocol.PublishDiagnosticsParams{
		URI: at, Version: protocol.NewOptional(version), Diagnostics: d.diagnostics(),
	})
}

// document returns an open document, or nil.
func (s *server) document(at uri.URI) *document { return s.documents[at] }

// diagnostics writes the faults as the protocol does.
func (d *document) diagnostics() []protocol.Diagnostic {
	out := make([]protocol.Diagnostic, 0, len(d.faults))
	for i := range d.faults {
		out = append(out, d.diagnostic(&d.faults[i]))
	}
	return out
}

func (d *document) diagnostic(f *dsl.Diagnostic) protocol.Diagnostic {
	severity := map[dsl.Severity]protocol.DiagnosticSeverity{
		dsl.Error: protocol.DiagnosticSeverityError, dsl.Warning: protocol.DiagnosticSeverityWarning, dsl.Hint: protocol.DiagnosticSeverityHint}
	message := f.Summary
	for i, legal := range f.Legal {
		joint := ", "
		if i == 0 {
			joint = "\nlegal here: "
		}
		if i == maxShown {
			message += fmt.Sprintf(" and %d more", len(f.Legal)-i)
			break
		}
		message += joint + legal
	}
	return protocol.Diagnostic{
		Range: d.rangeLSP(f.Range), Severity: severity[f.Severity], Code: protocol.String(f.Code),
		Source: protocol.NewOptional("dryad"), Message: protocol.String(message),
	}
}
