package lsp_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/goleak"

	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/dsl/internal/skirmish"
	"dryad/dsl/lsp"
	"dryad/vocab"
)

var params = lsp.Params{
	Games: func(name, path string) lsp.Judge {
		if name == "skirmish" {
			return judge{path}
		}
		return nil
	},
	Names:   func() []string { return []string{"skirmish"} },
	Default: "skirmish", Version: "test",
}

// judge is a game without Lua functions.
type judge struct{ path string }

func (judge) Vocabulary() *vocab.Vocabulary { return skirmish.Vocabulary }

func (j judge) Source(name, source string) (*dsl.File, dsl.Diagnostics) {
	file, faults := check.Source(name, source, skirmish.Vocabulary)
	file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		if n.Kind == dsl.Lua {
			faults = append(faults, dsl.Diagnostic{Severity: dsl.Error, Code: "unknown-function", Range: n.WordRange, Summary: j.path + " has no " + n.Word})
		}
		return true
	})
	return file, faults.Sorted()
}

// editor is the other end of the protocol.
type editor struct {
	protocol.Server
	t      *testing.T
	faults chan *protocol.PublishDiagnosticsParams
}

// inbox takes what the server sends by itself.
type inbox struct {
	protocol.UnimplementedClient
	faults chan *protocol.PublishDiagnosticsParams
}

func (e inbox) PublishDiagnostics(_ context.Context, p *protocol.PublishDiagnosticsParams) error {
	e.faults <- p
	return nil
}

// start runs a server and an editor that talk over a pipe.
func start(t *testing.T) *editor {
	t.Helper()
	leaks := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, leaks) })
	near, far := net.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- lsp.Serve(ctx, far, params) }()
	box := inbox{faults: make(chan *protocol.PublishDiagnosticsParams, 16)}
	_, conn, server := protocol.NewClient(ctx, box, jsonrpc2.NewStream(near))
	e := &editor{Server: server, faults: box.faults, t: t}
	t.Cleanup(func() {
		if err := server.Shutdown(ctx); err != nil {
			t.Error(err)
		}
		if err := server.Exit(ctx); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
		conn.Close()
		<-conn.Done()
		cancel()
	})
	result, err := server.Initialize(ctx, &protocol.InitializeParams{})
	if err != nil || result.ServerInfo.Name != "dryad" {
		t.Fatalf("%v %v", result, err)
	}
	if err := server.Initialized(ctx, &protocol.InitializedParams{}); err != nil {
		t.Fatal(err)
	}
	return e
}

const name = uri.URI("file:///bot.dryad")

func (e *editor) open(text string) []protocol.Diagnostic {
	e.t.Helper()
	err := e.DidOpen(e.t.Context(), &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{URI: name, Text: text, Version: 1}})
	if err != nil {
		e.t.Fatal(err)
	}
	return (<-e.faults).Diagnostics
}

func at(line, column int) protocol.TextDocumentPositionParams {
	return protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: name},
		Position: protocol.Position{Line: uint32(line), Character: uint32(column)}}
}

// TestFunctions: what is wrong with Lua functions is shown with the rest.
func TestFunctions(t *testing.T) {
	faults := start(t).open("selector:\n  lua: hunt\n  task: hold\n")
	if len(faults) != 1 || fmt.Sprint(faults[0].Message) != "/bot.dryad has no hunt" || faults[0].Range.Start.Character != 7 {
		t.Errorf("%v", faults)
	}
}

// TestMarkers runs the marks that stand in the comments of a policy: "#@ verb
// WORD => expectation" speaks of WORD on its line.
func TestMarkers(t *testing.T) {
	raw, err := os.ReadFile("testdata/markers.dryad")
	if err != nil {
		t.Fatal(err)
	}
	e := start(t)
	faults := e.open(string(raw))
	marks := 0
	for i, line := range strings.Split(string(raw), "\n") {
		code, _, _ := strings.Cut(line, "#@")
		for _, mark := range strings.Split(line[len(code):], "#@") {
			if mark = strings.TrimSpace(mark); mark == "" {
				continue
			}
			marks++
			if problem := e.mark(i, code, mark, faults); problem != "" {
				t.Errorf("line %d: %s: %s", i+1, mark, problem)
			}
		}
	}
	if marks < 20 || len(faults) != 3 {
		t.Errorf("%d marks, %d faults", marks, len(faults))
	}
}

// mark checks one mark and returns what is wrong.
func (e *editor) mark(line int, code, mark string, faults []protocol.Diagnostic) string {
	left, want, _ := strings.Cut(mark, " => ")
	fields := strings.Fields(left)
	verb, word := fields[0], fields[1]
	column := strings.Index(code, word)
	here := at(line, max(0, column))
	ctx := e.t.Context()
	switch verb {
	case "hover":
		h, err := e.Hover(ctx, &protocol.HoverParams{TextDocumentPositionParams: here})
		if err != nil || h == nil {
			return fmt.Sprint("no hover ", err)
		}
		if text := h.Contents.(*protocol.MarkupContent).Value; !strings.Contains(text, want) {
			return "hovers " + text
		}
	case "def":
		result, err := e.Definition(ctx, &protocol.DefinitionParams{TextDocumentPositionParams: here})
		if err != nil {
			return err.Error()
		}
		if places, ok := result.(protocol.LocationSlice); !ok || len(places) != 1 || strconv.Itoa(int(places[0].Range.Start.Line)+1) != want {
			return fmt.Sprint("defined at ", result)
		}
	case "refs":
		places, err := e.References(ctx, &protocol.ReferenceParams{TextDocumentPositionParams: here, Context: protocol.ReferenceContext{IncludeDeclaration: true}})
		if err != nil || strconv.Itoa(len(places)) != want {
			return fmt.Sprint(len(places), " references ", err)
		}
	case "rename":
		edit, err := e.Rename(ctx, &protocol.RenameParams{TextDocumentPositionParams: here, NewName: fields[2]})
		if err != nil || strconv.Itoa(len(edit.Changes[name])) != want {
			return fmt.Sprint("renames ", edit, err)
		}
	case "complete":
		here.Position.Character += uint32(len(word))
		result, err := e.Completion(ctx, &protocol.CompletionParams{TextDocumentPositionParams: here})
		if err != nil {
			return err.Error()
		}
		for _, item := range result.(*protocol.CompletionList).Items {
			if item.Label == want {
				return ""
			}
		}
		return fmt.Sprint("not among ", result)
	case "diag":
		for _, f := range faults {
			if int(f.Range.Start.Line) == line && f.Code == protocol.String(word) {
				return ""
			}
		}
		return fmt.Sprint("not among ", faults)
	case "fix":
		r := protocol.Range{Start: protocol.Position{Line: uint32(line)}, End: protocol.Position{Line: uint32(line), Character: 80}}
		actions, err := e.CodeAction(ctx, &protocol.CodeActionParams{TextDocument: here.TextDocument, Range: r})
		if err != nil || len(actions) == 0 {
			return fmt.Sprint("no action ", err)
		}
		if edit := actions[0].(*protocol.CodeAction).Edit.Changes[name]; edit[0].NewText != word {
			return fmt.Sprint("writes ", edit)
		}
	default:
		return "unknown mark"
	}
	return ""
}

func TestWholeDocument(t *testing.T) {
	e := start(t)
	e.open("# é 𝄞\nselector:\n     task: hold # é\n")
	ctx := t.Context()
	document := protocol.TextDocumentIdentifier{URI: name}
	edits, err := e.Formatting(ctx, &protocol.DocumentFormattingParams{TextDocument: document})
	if err != nil || len(edits) != 1 || edits[0].NewText != "# é 𝄞\nselector:\n  task: hold # é\n" {
		t.Errorf("%v %v", edits, err)
	}
	tokens, err := e.SemanticTokensFull(ctx, &protocol.SemanticTokensParams{TextDocument: document})
	if err != nil || len(tokens.Data) != 5*5 {
		t.Errorf("%v %v", tokens, err)
	}
	if want := []uint32{0, 0, 6, 7, 0, 1, 0, 8, 0, 0}; fmt.Sprint(tokens.Data[:10]) != fmt.Sprint(want) {
		t.Errorf("%v", tokens.Data)
	}
	symbols, err := e.DocumentSymbol(ctx, &protocol.DocumentSymbolParams{TextDocument: document})
	if err != nil {
		t.Fatal(err)
	}
	if tree := symbols.(protocol.DocumentSymbolSlice); len(tree) != 1 || tree[0].Children[0].Children[0].Name != "task: hold" {
		t.Errorf("%v", symbols)
	}
	err = e.DidChange(ctx, &protocol.DidChangeTextDocumentParams{
		TextDocument:   protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: document, Version: 2},
		ContentChanges: []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangeWholeDocument{Text: "task: hod\n"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if faults := <-e.faults; len(faults.Diagnostics) != 1 {
		t.Errorf("%v", faults)
	}
	if err := e.DidClose(ctx, &protocol.DidCloseTextDocumentParams{TextDocument: document}); err != nil {
		t.Fatal(err)
	}
	if faults := <-e.faults; len(faults.Diagnostics) != 0 {
		t.Errorf("%v", faults)
	}
	if h, err := e.Hover(ctx, &protocol.HoverParams{TextDocumentPositionParams: at(0, 0)}); h != nil || err != nil {
		t.Errorf("a closed document hovers %v %v", h, err)
	}
}
