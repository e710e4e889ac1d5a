package dsl

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"dryad/internal/terminal"
)

// The bounds of what is read. What exceeds them is an error, found in linear
// time.
const (
	MaxSource = 1 << 20 // bytes of a file
	MaxLine   = 4096    // bytes of a line
	MaxDepth  = 64      // levels of indentation
)

// Parse reads a policy. It always returns a file, made of what could be read,
// and every fault of form that the text has; the file may be used further only
// if the diagnostics are OK. path names the source in messages.
func Parse(path, source string) (*File, Diagnostics) {
	p := &parser{file: &File{Path: path}}
	p.levels, p.waiting = p.room.levels[:0], p.room.waiting[:0]
	p.read(source)
	p.finish()
	return p.file, p.faults.Sorted()
}

// level is an open block: the lines that stand indented below an opener.
type level struct {
	indent int   // of the lines in the block; -1 until the first one comes
	opener int   // indentation of the line that opened it
	node   *Node // that line, or nil for a tree's header
	tree   *Tree
	from   int // where the node's children begin among those that wait
}

type parser struct {
	file   *File
	faults Diagnostics

	line     int // number of the current line
	levels   []level
	comments []string // waiting for the construct they stand above
	blank    bool

	spaces, tabs int // first line indented with either, 0 for none
	negation     *Node
	tree         *Tree // the current one
	headers      bool  // a header "tree NAME:" was seen

	// What follows saves allocations: nodes, arguments and lists of children
	// are taken from blocks.
	nodes   []Node
	args    []Arg
	below   []*Node
	waiting []*Node // children of the open blocks, which get them when they close
	room    struct {
		levels  [8]level
		waiting [32]*Node
	}
}

func (p *parser) fault(d Diagnostic) {
	// The cap on what is reported also caps what is collected.
	if len(p.faults) < 4*MaxDiagnostics {
		p.faults = append(p.faults, d)
	}
}

func (p *parser) errorAt(r Range, code, summary string, fixes ...Fix) {
	p.fault(Diagnostic{Severity: Error, Code: code, Range: r, Summary: summary, Fixes: fixes})
}

// read walks over the lines of the source.
func (p *parser) read(source string) {
	source = strings.TrimPrefix(source, "\ufeff")
	if len(source) > MaxSource {
		p.errorAt(on(1, 1, 1), "too-large", "the file is larger than "+strconv.Itoa(MaxSource)+" bytes, the most that is read")
		return
	}
	if strings.IndexByte(source, 0) >= 0 || bytes.HasPrefix([]byte(source[:min(2, len(source))]), []byte{0xff, 0xfe}) {
		p.errorAt(on(1, 1, 1), "encoding", "the file is not text in UTF-8")
		return
	}
	count := min(strings.Count(source, "\n")+1, 4096)
	p.nodes, p.args, p.below = make([]Node, 0, count), make([]Arg, 0, count), make([]*Node, 0, count)
	for len(source) > 0 || p.line == 0 {
		text := source
		if end := strings.IndexByte(source, '\n'); end >= 0 {
			text, source = source[:end], source[end+1:]
		} else {
			source = ""
		}
		p.line++
		p.readLine(strings.TrimSuffix(text, "\r"))
	}
}

// readLine reads one line of the source.
func (p *parser) readLine(text string) {
	if len(text) > MaxLine {
		p.errorAt(on(p.line, 1, MaxLine), "too-long", "the line has more than "+strconv.Itoa(MaxLine)+" bytes")
		return
	}
	indent, start := p.indentation(text)
	code, comment := splitComment(text[start:])
	if !utf8.ValidString(text) {
		p.errorAt(on(p.line, 1, len(text)), "encoding", "the line is not valid UTF-8")
		code, comment = strings.ToValidUTF8(code, "?"), strings.ToValidUTF8(comment, "?")
	} else {
		p.unseen(text)
	}
	if code == "" {
		switch {
		case comment != "":
			p.comments = append(p.comments, strings.Clone(comment))
		case len(p.comments) == 0:
			p.blank = true
		}
		return
	}
	if comment != "" {
		comment = strings.Clone(comment)
	}
	p.construct(indent, start+1, code, comment)
}

// unseen warns of a character that hides or turns what stands around it, so that
// a person reads another text than is run.
func (p *parser) unseen(text string) {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= ' ' && c < 0x7f || c == '\t' {
			continue
		}
		for at, r := range text[i:] {
			if r == '\t' || terminal.Shown(r) {
				continue
			}
			where := on(p.line, i+at+1, utf8.RuneLen(r))
			p.fault(Diagnostic{Severity: Warning, Code: "unseen", Range: where,
				Summary: fmt.Sprintf("the character U+%04X is not seen, or turns the text around it", r),
				Fixes:   []Fix{{Title: "take it out", Edits: []Edit{{where, ""}}, Safe: true}}})
			return
		}
		return
	}
}

// indentation returns the width of the white space before the code, and its
// bytes. A tab counts as two columns; a file may use spaces or tabs, not both.
func (p *parser) indentation(text string) (width, bytes int) {
	for bytes < len(text) && blank(text[bytes]) {
		if text[bytes] == '\t' {
			width += 2
		} else {
			width++
		}
		bytes++
	}
	if bytes == 0 || bytes == len(text) {
		return width, bytes
	}
	space, tab := strings.IndexByte(text[:bytes], ' ') >= 0, strings.IndexByte(text[:bytes], '\t') >= 0
	if space && p.spaces == 0 {
		p.spaces = p.line
	}
	if tab && p.tabs == 0 {
		p.tabs = p.line
	}
	if space && tab || space && p.tabs != 0 || tab && p.spaces != 0 {
		p.errorAt(on(p.line, 1, bytes), "mixed-indentation", "the file mixes tabs and spaces in its indentation",
			Fix{Title: "indent with spaces", Edits: []Edit{{on(p.line, 1, bytes), strings.Repeat(" ", width)}}, Safe: true})
	}
	return width, bytes
}

// splitComment cuts a line into code and comment, both trimmed.
func splitComment(text string) (code, comment string) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '#', c == '/' && i+1 < len(text) && text[i+1] == '/':
			return trimEnd(text[:i]), trimEnd(text[i:])
		case c == '"' || c == '\'':
			if quote := strings.IndexByte(text[i+1:], c); quote >= 0 {
				i += quote + 1
			}
		}
	}
	return trimEnd(text), ""
}

func trimEnd(s string) string {
	end := len(s)
	for end > 0 && (s[end-1] == ' ' || s[end-1] >= '\t' && s[end-1] <= '\r' && s[end-1] != '\n') {
		end--
	}
	return s[:end]
}

// construct takes up a line of code that begins at the given column.
func (p *parser) construct(indent, column int, code, comment string) {
	m := meaningOf(code)
	comments, above := p.comments, p.blank
	p.comments, p.blank = nil, false
	if m.node == nil || m.node.Kind != Condition {
		p.unusedNegation()
	}
	switch {
	case m.policy != nil:
		p.policy(indent, column, m.policy, comments, comment)
	case m.unit != nil:
		p.unit(indent, column, m.unit, comments, comment, above)
	case m.key != nil:
		p.key(indent, column, m.key, comments, comment, above)
	case m.tree != nil:
		p.header(indent, column, m.tree, comments, comment, above)
	case indent == 0 && m.fault != nil && p.faultyHeader(m, column, code):
	default:
		n := p.node(m, column, len(code), comment)
		n.Comments, n.Blank = comments, above
		p.attach(n, m, indent, column)
	}
}

// faultyHeader takes a line at the left margin that was meant to be a header
// but could not be read. Below a tree's header the tree is still read.
func (p *parser) faultyHeader(m *lineMeaning, column int, code string) bool {
	switch head := m.fault.head; {
	case head == "policy", head == "key", firstWords[head] == tokenUnit:
		p.close(0)
	case head == "tree" && usageOf(code, head) != Call.Usage():
		p.close(0)
		name := firstWord(strings.TrimLeft(code[len(firstWord(code)):], " \t"))
		t := &Tree{Name: name, Range: on(p.line, column, len(code)), NameRange: on(p.line, column, len(code))}
		p.tree, p.headers = t, true
		p.file.Trees = append(p.file.Trees, t)
		p.levels = append(p.levels, level{indent: -1, opener: 0, tree: t})
	default:
		return false
	}
	p.report(m.fault, column)
	return true
}

// report adds the fault of a line that begins at column.
func (p *parser) report(f *lineFault, column int) {
	d := Diagnostic{Severity: Error, Code: f.code, Range: on(p.line, column+f.start, f.end-f.start), Summary: f.summary, Legal: f.legal}
	for _, fix := range f.fixes {
		d.Fixes = append(d.Fixes, Fix{Title: fix.title, Edits: []Edit{{on(p.line, column+fix.start, fix.end-fix.start), fix.text}}, Safe: fix.safe})
	}
	p.fault(d)
}

// top reports whether a line stands at the left margin, and reports it if not.
func (p *parser) top(indent, column int, what string) {
	if indent > 0 {
		p.errorAt(on(p.line, 1, column-1), "indentation", what+" begins at the left margin",
			Fix{Title: "remove the indentation", Edits: []Edit{{on(p.line, 1, column-1), ""}}})
	}
	p.close(0)
}

func (p *parser) policy(indent, column int, template *Policy, comments []string, comment string) {
	p.top(indent, column, "\"policy\"")
	header := *template
	header.NameRange, header.GameRange = p.place(header.NameRange, column), p.place(header.GameRange, column)
	switch {
	case p.file.Policy.Name != "":
		p.errorAt(header.NameRange, "policy-twice", "the policy's header stands twice")
		return
	case len(p.file.Keys) > 0 || len(p.file.Trees) > 0 || len(p.file.Network) > 0:
		p.errorAt(header.NameRange, "policy-late", "the policy's header stands before everything else")
	}
	header.Comments, header.Comment = comments, comment
	p.file.Policy = header
}

func (p *parser) key(indent, column int, template *Key, comments []string, comment string, above bool) {
	p.top(indent, column, "\"key\"")
	p.tree = nil
	k := *template
	k.Range, k.NameRange, k.TypeRange = p.place(k.Range, column), p.place(k.NameRange, column), p.place(k.TypeRange, column)
	k.Default.Range = p.place(k.Default.Range, column)
	k.Comments, k.Comment, k.Blank = comments, comment, above
	p.file.Keys = append(p.file.Keys, &k)
}

func (p *parser) unit(indent, column int, template *Neuron, comments []string, comment string, above bool) {
	p.top(indent, column, strconv.Quote(template.Role.String()))
	p.tree = nil
	u := *template
	u.Range, u.Input.Range = p.place(u.Range, column), p.place(u.Input.Range, column)
	u.Comments, u.Comment, u.Blank = comments, comment, above
	p.file.Network = append(p.file.Network, &u)
}

func (p *parser) header(indent, column int, template *Tree, comments []string, comment string, above bool) {
	p.top(indent, column, "\"tree\"")
	t := *template
	t.Range, t.NameRange = p.place(t.Range, column), p.place(t.NameRange, column)
	t.Params = append([]Param(nil), template.Params...)
	for i := range t.Params {
		t.Params[i].Range = p.place(t.Params[i].Range, column)
		t.Params[i].Default.Range = p.place(t.Params[i].Default.Range, column)
	}
	t.Comments, t.Comment, t.Blank = comments, comment, above
	p.tree, p.headers = &t, true
	p.file.Trees = append(p.file.Trees, &t)
	p.levels = append(p.levels, level{indent: -1, opener: 0, tree: &t})
}

// place moves a range of a line's meaning to where the line stands.
func (p *parser) place(r Range, column int) Range {
	if r.Start.Line == 0 {
		return r
	}
	return Range{Position{p.line, r.Start.Column + column - 1}, Position{p.line, r.End.Column + column - 1}}
}

// node makes the node that a line stands for; an Invalid one if it is faulty.
func (p *parser) node(m *lineMeaning, column, length int, comment string) *Node {
	if len(p.nodes) == cap(p.nodes) {
		p.nodes = make([]Node, 0, 64)
	}
	p.nodes = p.nodes[:len(p.nodes)+1]
	n := &p.nodes[len(p.nodes)-1]
	if f := m.fault; f != nil {
		p.report(f, column)
		n.Kind, n.Range = Invalid, on(p.line, column, length)
	} else {
		*n = *m.node
		n.Range, n.WordRange = p.place(n.Range, column), p.place(n.WordRange, column)
		if count := len(n.Args); count > 0 {
			if len(p.args)+count > cap(p.args) {
				p.args = make([]Arg, 0, max(64, count))
			}
			from := len(p.args)
			p.args = append(p.args, m.node.Args...)
			n.Args = p.args[from:len(p.args):len(p.args)]
			for i := range n.Args {
				n.Args[i].Range = p.place(n.Args[i].Range, column)
			}
		}
	}
	n.Comment = comment
	return n
}
