package btcpp

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"dryad/dsl"
)

// maxElements bounds a document.
const maxElements = 50000

// Import reads the XML. The file is usable when the diagnostics are OK; they
// stand where the XML does, and name every node that has no meaning here.
func Import(path string, text []byte) (*dsl.File, dsl.Diagnostics) {
	r := &reader{path: path, params: map[string][]dsl.Param{}, model: map[string]string{}, keys: map[string]string{}}
	file := &dsl.File{Path: path}
	root := r.document(text)
	if root == nil {
		return file, r.faults
	}
	r.models(root)
	file.Comments = root.end
	main := root.get("main_tree_to_execute")
	for _, e := range root.children {
		if e.name != "BehaviorTree" {
			continue
		}
		name := identifier(e.get("ID"))
		if main == "" && (name == "" || len(file.Trees) == 0) {
			main = e.get("ID")
		}
		if e.get("ID") == main {
			name = "main"
		}
		t := &dsl.Tree{Name: name, Params: r.params[e.get("ID")], Comments: takeHeader(file, e.comments)}
		r.main = main
		r.tree = t
		if len(e.children) != 1 {
			r.fail(e, "xml", "a BehaviorTree has one root, not %d", len(e.children))
			continue
		}
		t.Root = r.node(e.children[0])
		file.Trees = append(file.Trees, t)
	}
	for _, name := range r.order {
		k := &dsl.Key{Name: name, Type: "number", Comments: []string{"# from a script; its type was not declared"}}
		if r.keys[name] == "bool" {
			k.Type = "bool"
		}
		file.Keys = append(file.Keys, k)
	}
	if len(file.Trees) == 0 {
		r.fail(root, "no-tree", "the document has no BehaviorTree")
	}
	if !r.faults.OK() {
		return file, r.faults.Sorted()
	}
	read, faults := dsl.Parse(path, dsl.Format(file))
	for _, d := range faults {
		r.fail(root, d.Code, "what was read makes no policy: %s", d.Summary)
	}
	return read, r.faults.Sorted()
}

// source is an element with its place.
type source struct {
	name       string
	attributes []xml.Attr
	children   []*source
	at         dsl.Range
	comments   []string // above it, as the language writes them
	end        []string // after its last child
}

// get returns an attribute.
func (s *source) get(name string) string {
	for _, a := range s.attributes {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

type reader struct {
	path   string
	faults dsl.Diagnostics
	params map[string][]dsl.Param // of the subtrees, by ID
	model  map[string]string      // what kind a named node is: Action, Condition, ...
	keys   map[string]string      // set by scripts
	order  []string
	main   string
	tree   *dsl.Tree
}

func (r *reader) fail(e *source, code, format string, args ...any) {
	d := dsl.Diagnostic{Severity: dsl.Error, Code: code, Summary: fmt.Sprintf(format, args...),
		Range: dsl.Range{Start: dsl.Position{Line: 1, Column: 1}, End: dsl.Position{Line: 1, Column: 2}}}
	if e != nil {
		d.Range = e.at
	}
	r.faults = append(r.faults, d)
}

func (r *reader) warn(e *source, format string, args ...any) {
	r.fail(e, "approximate", format, args...)
	r.faults[len(r.faults)-1].Severity = dsl.Warning
}

// document reads the elements, bounded in number and depth.
func (r *reader) document(text []byte) *source {
	if len(text) > dsl.MaxSource {
		r.fail(nil, "too-large", "the file is larger than %d bytes, the most that is read", dsl.MaxSource)
		return nil
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	decoder.Strict = true
	var root *source
	var open []*source
	var comments []string
	count := 0
	for {
		line, column := decoder.InputPos()
		at := dsl.Range{Start: dsl.Position{Line: line, Column: column}, End: dsl.Position{Line: line, Column: column + 1}}
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.fail(&source{at: at}, "xml", "the XML cannot be read: %v", err)
			return nil
		}
		switch t := token.(type) {
		case xml.Comment:
			if root != nil && len(open) > 0 {
				comments = append(comments, fromXML(string(t))...)
			}
		case xml.StartElement:
			e := &source{name: t.Name.Local, attributes: t.Attr, at: at, comments: comments}
			comments = nil
			if count++; count > maxElements || len(open) > 2*dsl.MaxDepth {
				r.fail(e, "too-deep", "the document has too many or too deep elements")
				return nil
			}
			if len(open) == 0 {
				root = e
			} else {
				last := open[len(open)-1]
				last.children = append(last.children, e)
			}
			open = append(open, e)
		case xml.EndElement:
			open[len(open)-1].end, comments = comments, nil
			open = open[:len(open)-1]
		}
	}
	if root == nil || root.name != "root" {
		r.fail(root, "xml", "this is no BehaviorTree.CPP document: its first element is not \"root\"")
		return nil
	}
	if v := root.get("BTCPP_format"); v != "4" {
		r.fail(root, "xml", "the document's BTCPP_format is %q, only 4 is read", v)
		return nil
	}
	return root
}

// models reads TreeNodesModel: what kinds named nodes are, and the ports of
// subtrees.
func (r *reader) models(root *source) {
	for _, m := range root.children {
		switch m.name {
		case "BehaviorTree", "TreeNodesModel":
		case "include":
			r.fail(m, "no-counterpart", "an included file is not read; put the trees into one")
		default:
			r.fail(m, "no-counterpart", "%q has no meaning here", m.name)
		}
		if m.name != "TreeNodesModel" {
			continue
		}
		for _, e := range m.children {
			id := e.get("ID")
			r.model[id] = e.name
			if e.name != "SubTree" {
				continue
			}
			for _, port := range e.children {
				kind, ok := portTypes[port.get("type")]
				if !ok {
					kind = "number"
					r.warn(port, "the port type %q is read as number", port.get("type"))
				}
				p := dsl.Param{Name: identifier(port.get("name")), Type: kind}
				if text := port.get("default"); text != "" {
					p.Default, p.HasDefault = r.argument(port, text), true
				}
				r.params[id] = append(r.params[id], p)
			}
		}
	}
}

var portTypes = map[string]string{"bool": "bool", "int": "int", "double": "number", "float": "number", "number": "number",
	"duration": "duration", "angle": "angle", "agent": "agent", "item": "item", "position": "position", "std::string": "agent", "string": "agent"}

// identifier writes a name as the language can.
func identifier(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && name[i-1] >= 'a' && name[i-1] <= 'z' {
				b.WriteByte('_')
			}
			b.WriteByte(c + 'a' - 'A')
		case c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' && b.Len() > 0:
			b.WriteByte(c)
		default:
			b.WriteByte('_')
		}
	}
	return b.String()
}
