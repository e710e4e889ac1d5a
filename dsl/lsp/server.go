package lsp

import (
	"context"
	"fmt"
	"io"
	"sync"

	"go.lsp.dev/jsonrpc2"
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
}

// Serve answers one editor until it says exit, hangs up, or ctx is cancelled.
// It closes the connection.
func Serve(ctx context.Context, conn io.ReadWriteCloser, params Params) error {
	s := &server{params: params, documents: map[uri.URI]*document{}, started: make(chan struct{}), exit: make(chan struct{})}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	_, rpc, client := protocol.NewServer(ctx, s, jsonrpc2.NewStream(conn))
	s.client = client
	close(s.started)
	select {
	case <-ctx.Done():
	case <-s.exit:
	case <-rpc.Done():
	}
	if err := rpc.Close(); err != nil && ctx.Err() == nil {
		select {
		case <-s.exit:
		case <-rpc.Done():
		default:
			return fmt.Errorf("close the editor's connection: %w", err)
		}
	}
	return ctx.Err()
}

// server holds the open documents. Its methods may be called concurrently.
type server struct {
	protocol.UnimplementedServer
	params Params
	client protocol.Client

	started chan struct{} // closed when client is set: messages can come before
	exit    chan struct{}
	exited  sync.Once

	mu        sync.Mutex
	documents map[uri.URI]*document
}

var _ protocol.Server = (*server)(nil)

func yes() *bool { v := true; return &v }

func (s *server) Initialize(context.Context, *protocol.InitializeParams) (*protocol.InitializeResult, error) {
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

func (s *server) Initialized(context.Context, *protocol.InitializedParams) error { return nil }

func (s *server) Shutdown(context.Context) error { return nil }

func (s *server) Exit(context.Context) error {
	s.exited.Do(func() { close(s.exit) })
	return nil
}

func (s *server) DidOpen(ctx context.Context, p *protocol.DidOpenTextDocumentParams) error {
	return s.take(ctx, p.TextDocument.URI, p.TextDocument.Text, p.TextDocument.Version)
}

func (s *server) DidChange(ctx context.Context, p *protocol.DidChangeTextDocumentParams) error {
	for i := len(p.ContentChanges) - 1; i >= 0; i-- {
		// The server asks for whole texts, so the last one counts.
		if whole, ok := p.ContentChanges[i].(*protocol.TextDocumentContentChangeWholeDocument); ok {
			return s.take(ctx, p.TextDocument.URI, whole.Text, p.TextDocument.Version)
		}
	}
	return nil
}

func (s *server) DidClose(ctx context.Context, p *protocol.DidCloseTextDocumentParams) error {
	s.mu.Lock()
	delete(s.documents, p.TextDocument.URI)
	s.mu.Unlock()
	<-s.started
	return s.client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{URI: p.TextDocument.URI, Diagnostics: []protocol.Diagnostic{}})
}

// maxDocuments bounds what an editor can have open.
const maxDocuments = 256

// take reads a text and sends what is wrong with it.
func (s *server) take(ctx context.Context, at uri.URI, text string, version int32) error {
	d := s.open(at, text, version)
	s.mu.Lock()
	if len(s.documents) < maxDocuments || s.documents[at] != nil {
		s.documents[at] = d
	}
	s.mu.Unlock()
	<-s.started
	return s.client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{
		URI: at, Version: protocol.NewOptional(version), Diagnostics: d.diagnostics(),
	})
}

// document returns an open document, or nil.
func (s *server) document(at uri.URI) *document {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.documents[at]
}

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
		message += joint + legal
	}
	return protocol.Diagnostic{
		Range: d.rangeLSP(f.Range), Severity: severity[f.Severity], Code: protocol.String(f.Code),
		Source: protocol.NewOptional("dryad"), Message: protocol.String(message),
	}
}
