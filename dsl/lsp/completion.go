package lsp

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/vocab"
)

func (s *server) completion(_ context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	at := d.fromLSP(p.Position)
	line := d.line(at.Line)
	c := &completer{d: d, server: s, line: at.Line}
	c.complete(line[:min(at.Column-1, len(line))])
	return &protocol.CompletionList{Items: c.items}, nil
}

// completer collects what could stand at a place.
type completer struct {
	d      *document
	server *server
	line   int
	items  []protocol.CompletionItem
}

func (c *completer) add(kind protocol.CompletionItemKind, label, detail string) {
	item := protocol.CompletionItem{Label: label, Kind: kind}
	if detail != "" {
		item.Detail = protocol.NewOptional(detail)
	}
	c.items = append(c.items, item)
}

// complete looks at the text of the line before the place.
func (c *completer) complete(before string) {
	code := strings.TrimLeft(before, " \t")
	if strings.ContainsRune(code, '#') || strings.Contains(code, "//") {
		return
	}
	word, rest, colon := strings.Cut(code, ":")
	switch {
	case !colon && !strings.ContainsRune(code, ' '):
		c.starters(before == code)
	case !colon && strings.HasPrefix(code, "policy ") && strings.Contains(code, " by "):
		c.add(protocol.CompletionItemKindKeyword, "scheduler", "a network chooses which option runs")
	case !colon && strings.HasPrefix(code, "policy ") && strings.Contains(code, " for "):
		for _, name := range c.server.params.Names() {
			c.add(protocol.CompletionItemKindModule, name, "game")
		}
	case !colon && strings.HasPrefix(code, "score "):
		c.values()
	case !colon && strings.HasPrefix(code, "memory "):
		c.add(protocol.CompletionItemKindKeyword, "selector", "")
		c.add(protocol.CompletionItemKindKeyword, "sequence", "")
	case colon && strings.HasPrefix(word, "key "):
		for _, t := range []string{"bool", "int", "number", "duration", "angle", "enum"} {
			c.add(protocol.CompletionItemKindTypeParameter, t, "type")
		}
	case colon:
		c.leaf(word, rest)
	}
}

func (c *completer) starters(margin bool) {
	if margin {
		for _, w := range []string{"policy", "key", "tree", "input:", "hidden:", "output:"} {
			c.add(protocol.CompletionItemKindKeyword, w, "")
		}
	}
	for _, k := range dsl.Kinds() {
		if k == dsl.ParallelFirst {
			continue
		}
		label := k.String() + ":"
		if k.Class() != dsl.Leaf && (k == dsl.Retry || k == dsl.Repeat || k == dsl.Timeout || k == dsl.Cooldown || k == dsl.Weight || k == dsl.Score) {
			label = k.String()
		}
		c.add(protocol.CompletionItemKindKeyword, label, k.Usage())
	}
	c.add(protocol.CompletionItemKindKeyword, "memory", "memory selector|sequence [NAME]:")
}

// leaf completes what follows "task:" and its like.
func (c *completer) leaf(word, rest string) {
	game := c.d.game
	fields := strings.Fields(rest)
	first := len(fields) == 0 || len(fields) == 1 && !strings.HasSuffix(rest, " ")
	switch {
	case word == "condition", word == "input":
		c.values()
	case word == "set" && strings.ContainsRune(rest, '='):
		c.values()
	case word == "set":
		for _, k := range c.d.file.Keys {
			c.add(protocol.CompletionItemKindVariable, k.Name, "key, "+k.Type)
		}
	case word == "tree" && first:
		for _, t := range c.d.file.Trees {
			if t.Name != "main" {
				c.add(protocol.CompletionItemKindFunction, t.Name, "tree")
			}
		}
	case word == "wait":
		for _, l := range []string{"1s", "200ms", "10ticks"} {
			c.add(protocol.CompletionItemKindUnit, l, "duration")
		}
	case game == nil:
	case word == "task" && first:
		for i := range game.Tasks {
			c.add(protocol.CompletionItemKindFunction, game.Tasks[i].Name, game.Tasks[i].Description)
		}
	case word == "net" && first:
		for i := range game.Nets {
			c.add(protocol.CompletionItemKindFunction, game.Nets[i].Name, game.Nets[i].Description)
		}
	case first: // a word that is no leaf, or nothing to refer to
	default:
		at := len(fields) - 1 // of the argument being written
		if !strings.HasSuffix(rest, " ") {
			at--
		}
		if _, ok := game.NetFor(fields[0]); ok && word == "task" {
			c.add(protocol.CompletionItemKindKeyword, "by net", "a network does the task; its rule where the network cannot")
		}
		if params := c.params(word, fields[0]); at >= 0 && at < len(params) {
			c.argument(&params[at])
		}
	}
}

// params returns the parameters of what a leaf refers to.
func (c *completer) params(word, name string) []vocab.Param {
	game := c.d.game
	switch word {
	case "tree":
		if t := c.d.file.Tree(name); t != nil {
			return check.TreeParams(t)
		}
	case "net":
		if i, ok := game.Net(name); ok {
			name = game.Nets[i].Rule
		}
	}
	if i, ok := game.Task(name); ok {
		return game.Tasks[i].Params
	}
	return nil
}

// argument lists what fits a parameter.
func (c *completer) argument(p *vocab.Param) {
	for i := range c.d.game.Choosers {
		if ch := &c.d.game.Choosers[i]; slices.Contains(p.Kinds, ch.Kind) {
			c.add(protocol.CompletionItemKindValue, ch.Name, ch.Description)
		}
	}
	for _, v := range p.Values {
		c.add(protocol.CompletionItemKindEnumMember, v, p.Description)
	}
	if t := c.tree(); t != nil {
		for i := range t.Params {
			if k, ok := check.ParamKind(t.Params[i].Type); ok && slices.Contains(p.Kinds, k) {
				c.add(protocol.CompletionItemKindVariable, t.Params[i].Name, "parameter, "+t.Params[i].Type)
			}
		}
	}
}

// tree returns the tree that the line stands in.
func (c *completer) tree() *dsl.Tree {
	var in *dsl.Tree
	for _, t := range c.d.file.Trees {
		if t.Range.Start.Line <= c.line {
			in = t
		}
	}
	return in
}

// values lists what expressions can read.
func (c *completer) values() {
	if game := c.d.game; game != nil {
		for i := range game.Conditions {
			c.add(protocol.CompletionItemKindValue, game.Conditions[i].Name, game.Conditions[i].Description)
		}
		for i := range game.Features {
			f := &game.Features[i]
			c.add(protocol.CompletionItemKindField, f.Name, f.Kind.String()+", "+f.Description)
			for _, v := range f.Values {
				c.add(protocol.CompletionItemKindEnumMember, v, f.Name)
			}
		}
	}
	for _, k := range c.d.file.Keys {
		c.add(protocol.CompletionItemKindVariable, k.Name, "key, "+k.Type)
	}
	if t := c.tree(); t != nil {
		for i := range t.Params {
			c.add(protocol.CompletionItemKindVariable, t.Params[i].Name, "parameter, "+t.Params[i].Type)
		}
	}
	for _, w := range []string{"not", "and", "or"} {
		c.add(protocol.CompletionItemKindOperator, w, "")
	}
}
