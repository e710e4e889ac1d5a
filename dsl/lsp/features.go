package lsp

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"dryad/dsl"
)

func (s *server) hover(_ context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	text, at := d.describe(d.fromLSP(p.Position))
	if text == "" {
		return nil, nil
	}
	r := d.rangeLSP(at)
	return &protocol.Hover{Contents: &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}, Range: &r}, nil
}

func (s *server) definition(_ context.Context, p *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	if u := d.useAt(d.fromLSP(p.Position)); u != nil {
		for _, v := range d.same(u) {
			if v.defines {
				return protocol.LocationSlice{{URI: p.TextDocument.URI, Range: d.rangeLSP(v.at)}}, nil
			}
		}
	}
	return nil, nil
}

func (s *server) references(_ context.Context, p *protocol.ReferenceParams) ([]protocol.Location, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	u := d.useAt(d.fromLSP(p.Position))
	if u == nil {
		return nil, nil
	}
	var out []protocol.Location
	for _, v := range d.same(u) {
		if !v.defines || p.Context.IncludeDeclaration {
			out = append(out, protocol.Location{URI: p.TextDocument.URI, Range: d.rangeLSP(v.at)})
		}
	}
	return out, nil
}

// renamable returns what stands at a place if the file gives it its name.
func (d *document) renamable(p dsl.Position) *use {
	u := d.useAt(p)
	if u == nil || u.what == aTree && u.name == "main" {
		return nil
	}
	switch u.what {
	case aTree, aKey, aParam, aLabel:
		return u
	}
	return nil
}

func (s *server) prepareRename(_ context.Context, p *protocol.PrepareRenameParams) (protocol.PrepareRenameResult, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	u := d.renamable(d.fromLSP(p.Position))
	if u == nil {
		return nil, nil
	}
	r := d.rangeLSP(u.at)
	return &r, nil
}

func (s *server) rename(_ context.Context, p *protocol.RenameParams) (*protocol.WorkspaceEdit, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, errors.New("the document is not open")
	}
	u := d.renamable(d.fromLSP(p.Position))
	switch {
	case u == nil:
		return nil, errors.New("only trees, keys, parameters and names of nodes can be renamed here")
	case !dsl.Identifier(p.NewName):
		return nil, fmt.Errorf("%q is no name", p.NewName)
	}
	for _, v := range d.uses {
		if v.name == p.NewName && v.what == u.what && v.defines && u.what != aLabel && (u.what != aParam || v.tree == u.tree) {
			return nil, fmt.Errorf("there is already something named %q", p.NewName)
		}
	}
	var edits []protocol.TextEdit
	if u.what == aLabel { // only this node has this name by intention
		edits = append(edits, protocol.TextEdit{Range: d.rangeLSP(u.at), NewText: p.NewName})
	} else {
		for _, v := range d.same(u) {
			edits = append(edits, protocol.TextEdit{Range: d.rangeLSP(v.at), NewText: p.NewName})
		}
	}
	return &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{p.TextDocument.URI: edits}}, nil
}

func (s *server) formatting(_ context.Context, p *protocol.DocumentFormattingParams) ([]protocol.TextEdit, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	file, faults := dsl.Parse("", d.text)
	if !faults.OK() {
		return nil, nil // nothing is thrown away that could not be read
	}
	text := dsl.Format(file)
	if text == d.text {
		return nil, nil
	}
	return []protocol.TextEdit{{Range: d.whole(), NewText: text}}, nil
}

func (s *server) codeAction(_ context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	from, to := d.fromLSP(p.Range.Start), d.fromLSP(p.Range.End)
	var out []protocol.CommandOrCodeAction
	for i := range d.faults {
		f := &d.faults[i]
		if f.Range.End.Before(from) || to.Before(f.Range.Start) {
			continue
		}
		for j, fix := range f.Fixes {
			kind := protocol.CodeActionKindQuickFix
			action := &protocol.CodeAction{Title: fix.Title, Kind: &kind, Diagnostics: []protocol.Diagnostic{d.diagnostic(f)}}
			if j == 0 && fix.Safe {
				action.IsPreferred = yes()
			}
			var edits []protocol.TextEdit
			for _, e := range fix.Edits {
				edits = append(edits, protocol.TextEdit{Range: d.rangeLSP(e.Range), NewText: e.Text})
			}
			action.Edit = &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{p.TextDocument.URI: edits}}
			out = append(out, action)
		}
	}
	return out, nil
}

func (s *server) documentSymbol(_ context.Context, p *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	out := protocol.DocumentSymbolSlice{}
	for _, k := range d.file.Keys {
		out = append(out, protocol.DocumentSymbol{Name: k.Name, Kind: protocol.SymbolKindVariable,
			Range: d.rangeLSP(k.Range), SelectionRange: d.rangeLSP(k.NameRange)})
	}
	for _, t := range d.file.Trees {
		if t.Root == nil {
			continue
		}
		symbol := protocol.DocumentSymbol{Name: "tree " + t.Name, Kind: protocol.SymbolKindFunction,
			Range: d.rangeLSP(span(t.Range, t.Root)), SelectionRange: d.rangeLSP(t.NameRange)}
		symbol.Children = append(symbol.Children, d.symbol(t.Root))
		out = append(out, symbol)
	}
	return out, nil
}

func (d *document) symbol(n *dsl.Node) protocol.DocumentSymbol {
	kind := protocol.SymbolKindNamespace
	switch n.Kind {
	case dsl.Condition:
		kind = protocol.SymbolKindBoolean
	case dsl.Task, dsl.Net, dsl.Lua, dsl.Call:
		kind = protocol.SymbolKindMethod
	case dsl.Set, dsl.Wait:
		kind = protocol.SymbolKindEvent
	}
	name := n.Line()
	if n.Kind == dsl.Invalid {
		name = strings.TrimSpace(d.line(n.Range.Start.Line))
	}
	s := protocol.DocumentSymbol{Name: name, Kind: kind, Range: d.rangeLSP(span(n.Range, n)), SelectionRange: d.rangeLSP(n.Range)}
	for _, child := range n.Children {
		s.Children = append(s.Children, d.symbol(child))
	}
	return s
}

// span extends a range over a node and what is below it.
func span(r dsl.Range, n *dsl.Node) dsl.Range {
	n.Walk(func(n *dsl.Node) bool {
		if n.Range.Start.Line > 0 && n.Range.Start.Before(r.Start) {
			r.Start = n.Range.Start
		}
		if r.End.Before(n.Range.End) {
			r.End = n.Range.End
		}
		return true
	})
	return r
}
