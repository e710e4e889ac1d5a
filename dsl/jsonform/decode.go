package jsonform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"dryad/dsl"
)

// maxSource bounds what is read.
const maxSource = 4 * dsl.MaxSource

// Decode reads the JSON form of a policy. Places in the diagnostics are those
// of the file's canonical text ([dsl.Format]), except for faults of the JSON
// itself.
func Decode(path string, text []byte) (*dsl.File, dsl.Diagnostics) {
	empty := &dsl.File{Path: path}
	if len(text) > maxSource {
		return empty, fault(text, 0, "too-large", "the file is larger than %d bytes, the most that is read", maxSource)
	}
	var p policy
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		return empty, fault(text, offsetOf(decoder, err), "json", "the JSON cannot be read: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return empty, fault(text, int(decoder.InputOffset()), "json", "something follows the end of the JSON")
	}
	b := builder{}
	file := b.file(&p)
	file.Path = path
	if b.err != nil {
		return empty, fault(text, 0, "json", "%v", b.err)
	}
	// What the strings hold is read by the one parser that there is; a text
	// that means something else than the JSON did is refused.
	read, faults := dsl.Parse(path, dsl.Format(file))
	if faults.OK() && !read.Equal(file) {
		return empty, fault(text, 0, "json", "a string holds more than one construct, name or value")
	}
	return read, faults
}

func offsetOf(decoder *json.Decoder, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return int(syntax.Offset)
	case errors.As(err, &kind):
		return int(kind.Offset)
	}
	return int(decoder.InputOffset())
}

// fault returns the one diagnostic of a text that is no JSON form.
func fault(text []byte, offset int, code, format string, args ...any) dsl.Diagnostics {
	offset = max(0, min(offset, len(text)))
	before := text[:offset]
	at := dsl.Position{Line: bytes.Count(before, []byte("\n")) + 1, Column: offset - bytes.LastIndexByte(before, '\n')}
	end := at
	end.Column++
	return dsl.Diagnostics{{Severity: dsl.Error, Code: code, Range: dsl.Range{Start: at, End: end}, Summary: fmt.Sprintf(format, args...)}}
}

// builder makes the syntax tree of a decoded form.
type builder struct {
	err   error
	depth int
}

func (b *builder) fail(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf(format, args...)
	}
}

func (b *builder) file(p *policy) *dsl.File {
	f := &dsl.File{Policy: dsl.Policy{Name: p.Policy, Game: p.Game, Comments: b.comments(p.Comments)}, Comments: b.comments(p.End)}
	if p.Policy == "" && p.Game != "" {
		b.fail("a policy with a \"game\" needs a name in \"policy\"")
	}
	switch p.By {
	case "":
	case byScheduler:
		f.Policy.Scheduler = true
	default:
		b.fail("a policy is by %q, not by %q", byScheduler, p.By)
	}
	for _, u := range p.Network {
		role, ok := dsl.RoleOf(u.Unit)
		if !ok {
			b.fail("there is no unit %q: input, hidden and output", u.Unit)
		}
		out := &dsl.Neuron{Role: role, Weights: u.Weights, Comments: b.comments(u.Comments)}
		if role == dsl.InputNeuron {
			out.Input = dsl.ExpressionOf(u.Input)
		}
		if (role == dsl.InputNeuron) != (u.Input != "") || (role == dsl.InputNeuron) == (len(u.Weights) > 0) {
			b.fail("a unit %q has an \"input\" when it is an input, else \"weights\"", u.Unit)
		}
		f.Network = append(f.Network, out)
	}
	for _, k := range p.Keys {
		out := &dsl.Key{Name: k.Name, Type: k.Type, Values: k.Values, Comments: b.comments(k.Comments)}
		switch k.Scope {
		case "", "agent":
		case "tree":
			out.Scope = dsl.TreeScope
		case "team":
			out.Scope = dsl.TeamScope
		default:
			b.fail("there is no scope %q", k.Scope)
		}
		if k.Default != "" {
			out.Default, out.HasDefault = b.value(k.Default), true
		}
		f.Keys = append(f.Keys, out)
	}
	for _, t := range p.Trees {
		out := &dsl.Tree{Name: t.Name, Comments: b.comments(t.Comments)}
		for _, q := range t.Params {
			param := dsl.Param{Name: q.Name, Type: q.Type}
			if q.Default != "" {
				param.Default, param.HasDefault = b.value(q.Default), true
			}
			out.Params = append(out.Params, param)
		}
		if t.Root == nil {
			b.fail("the tree %q has no root", t.Name)
		} else {
			out.Root = b.node(t.Root)
		}
		f.Trees = append(f.Trees, out)
	}
	return f
}

// comments makes sure that comments are nothing else.
func (b *builder) comments(lines []string) []string {
	var out []string
	for _, line := range lines {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "//") {
			line = "# " + line
		}
		out = append(out, strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' {
				return ' '
			}
			return r
		}, line))
	}
	return out
}

func (b *builder) node(n *node) *dsl.Node {
	b.depth++
	defer func() { b.depth-- }()
	kind, ok := dsl.KindOf(n.Kind)
	out := &dsl.Node{Kind: kind, Name: n.Name, Memory: n.Memory, Word: n.Word, Comments: b.comments(n.Comments)}
	if !ok || b.depth > dsl.MaxDepth {
		b.fail("there is no node of kind %q, or it is nested too deep", n.Kind)
		return out
	}
	b.fields(n, kind)
	switch {
	case n.By == "":
	case n.By == byNet && kind == dsl.Task:
		kind, out.Kind, out.ByNet = dsl.Net, dsl.Net, true
	default:
		b.fail("a node of kind %q is never by %q", n.Kind, n.By)
	}
	switch kind {
	case dsl.Condition:
		out.Args = []dsl.Arg{dsl.ExpressionOf(n.Test)}
	case dsl.Score:
		out.Args = []dsl.Arg{dsl.ExpressionOf(n.Score)}
	case dsl.Set:
		out.Args = []dsl.Arg{dsl.ExpressionOf(n.Value)}
	case dsl.Utility:
		if n.Margin != "" {
			out.Args = []dsl.Arg{b.amount(n.Margin)}
			out.Args[0].Name = "margin"
		}
	case dsl.Task, dsl.Net, dsl.Call, dsl.Lua:
		for _, a := range n.Args {
			out.Args = append(out.Args, b.argument(a))
		}
	default:
		if n.Amount != "" {
			out.Args = []dsl.Arg{b.amount(n.Amount)}
		}
	}
	for _, child := range n.Children {
		if child == nil {
			b.fail("a child of %q is null", n.Kind)
			continue
		}
		out.Children = append(out.Children, b.node(child))
	}
	return out
}

// fields refuses fields that the kind does not take, and requires those that
// it cannot do without.
func (b *builder) fields(n *node, kind dsl.Kind) {
	takes := fieldsOf(kind)
	for _, f := range []struct {
		name  string
		given bool
	}{
		{"memory", n.Memory}, {"amount", n.Amount != ""}, {"margin", n.Margin != ""}, {"test", n.Test != ""},
		{"score", n.Score != ""}, {"word", n.Word != ""}, {"value", n.Value != ""}, {"arguments", len(n.Args) > 0},
		{"name", n.Name != ""}, {"children", len(n.Children) > 0},
	} {
		switch needed, known := takes[f.name]; {
		case f.given && !known:
			b.fail("a node of kind %q has no field %q", n.Kind, f.name)
		case !f.given && needed:
			b.fail("a node of kind %q needs the field %q", n.Kind, f.name)
		}
	}
}

// fieldsOf returns the fields of a kind, and which of them are needed.
func fieldsOf(kind dsl.Kind) map[string]bool {
	switch kind {
	case dsl.Selector, dsl.Sequence:
		return map[string]bool{"memory": false, "name": false, "children": true}
	case dsl.Parallel, dsl.ParallelFirst, dsl.Random, dsl.Not, dsl.Succeed, dsl.Fail, dsl.Once:
		return map[string]bool{"name": false, "children": true}
	case dsl.Utility:
		return map[string]bool{"name": false, "margin": false, "children": true}
	case dsl.Retry, dsl.Repeat:
		return map[string]bool{"name": false, "amount": false, "children": true}
	case dsl.Timeout, dsl.Cooldown:
		return map[string]bool{"name": false, "amount": true, "children": true}
	case dsl.Weight:
		return map[string]bool{"amount": true, "children": true}
	case dsl.Score:
		return map[string]bool{"score": true, "children": true}
	case dsl.Condition:
		return map[string]bool{"test": true}
	case dsl.Set:
		return map[string]bool{"word": true, "value": true}
	case dsl.Wait:
		return map[string]bool{"amount": true}
	}
	return map[string]bool{"word": true, "arguments": false}
}

func (b *builder) amount(text string) dsl.Arg {
	amount, ok := dsl.ParseAmount(text)
	if !ok {
		b.fail("%q is no number with a unit", text)
	}
	return dsl.AmountOf(amount.Value, amount.Unit)
}

// argument reads an argument as the language writes it.
func (b *builder) argument(text string) dsl.Arg {
	name := ""
	if front, back, ok := strings.Cut(text, "="); ok && dsl.Identifier(front) && !strings.HasPrefix(back, "=") {
		name, text = front, back
	}
	var a dsl.Arg
	amount, ok := dsl.ParseAmount(text)
	switch {
	case ok:
		a = dsl.AmountOf(amount.Value, amount.Unit)
	case dsl.Identifier(text):
		a = dsl.WordOf(text)
	case len(text) > 2 && text[0] == '(' && text[len(text)-1] == ')' && strings.Trim(text[1:len(text)-1], " \t") != "":
		a = dsl.ExpressionOf(strings.Trim(text[1:len(text)-1], " \t"))
	default:
		b.fail("%q is no argument: a name, a number with a unit, or an expression in parentheses", text)
	}
	a.Name = name
	return a
}

// value reads a default: a word or an amount.
func (b *builder) value(text string) dsl.Arg {
	a := b.argument(text)
	if a.Kind == dsl.ExpressionArg || a.Name != "" {
		b.fail("%q is no default: a word or a number with a unit", text)
	}
	return a
}
