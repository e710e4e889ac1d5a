package btcpp

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"dryad/dsl"
)

// maxElements bounds a document with all that it includes.
const maxElements = 50000

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
	text, _ := s.lookup(name)
	return text
}

func (s *source) lookup(name string) (string, bool) {
	for _, a := range s.attributes {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// drop removes an attribute.
func (s *source) drop(name string) {
	for i, a := range s.attributes {
		if a.Name.Local == name {
			s.attributes = append(s.attributes[:i:i], s.attributes[i+1:]...)
			return
		}
	}
}

func (s *source) walk(visit func(*source)) {
	visit(s)
	for _, child := range s.children {
		child.walk(visit)
	}
}

// document reads the elements, bounded in number and depth.
func (r *reader) document(text []byte) *source {
	if len(text) > dsl.MaxSource {
		r.fail(nil, "too-large", "the file is larger than %d bytes, the most that is read", dsl.MaxSource)
		return nil
	}
	decoder := xml.NewDecoder(bytes.NewReader(escaped(text)))
	decoder.CharsetReader = charset
	var root *source
	var open []*source
	var comments []string
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
			if r.count++; r.count > maxElements || len(open) > 2*dsl.MaxDepth {
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
	switch v := root.get("BTCPP_format"); v {
	case "4":
	case "", "3":
		r.third = true
	default:
		r.fail(root, "xml", "the document's BTCPP_format is %q; 3 and 4 are read", v)
		return nil
	}
	root.walk(r.normalise)
	return root
}

// normalise turns the explicit form of a node, <Control ID="Sequence">, into
// the short one, and names of version 3 into those of version 4.
func (r *reader) normalise(e *source) {
	if id := e.get("ID"); id != "" {
		switch e.name {
		case "Control", "Decorator":
			e.name = id
			e.drop("ID")
		case "Action", "Condition":
			if builtin(id) {
				e.name = id
				e.drop("ID")
			}
		}
	}
	if renamed, ok := thirdNames[e.name]; ok && (r.third || e.name != "SubTreePlus") {
		e.name = renamed
	}
}

// thirdNames are names of version 3 that version 4 has changed.
var thirdNames = map[string]string{"SequenceStar": "SequenceWithMemory", "FallbackStar": "Fallback", "RetryUntilSuccesful": "RetryUntilSuccessful",
	"SubTreePlus": "SubTree"}

// entity is what may follow a "&" in XML.
var entity = regexp.MustCompile(`^&(amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);`)

// escaped writes "&lt;" and "&amp;" for a bare "<" and "&" in the values of
// attributes, where people write scripts as they mean them.
func escaped(text []byte) []byte {
	if !bytes.ContainsAny(text, "&<") {
		return text
	}
	var out bytes.Buffer
	for i := 0; i < len(text); {
		rest := text[i:]
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			i += copyTo(&out, rest, "-->")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			i += copyTo(&out, rest, "]]>")
		case bytes.HasPrefix(rest, []byte("<?")):
			i += copyTo(&out, rest, "?>")
		case rest[0] == '<':
			i += copyTag(&out, rest)
		default:
			out.WriteByte(rest[0])
			i++
		}
	}
	return out.Bytes()
}

func copyTo(out *bytes.Buffer, text []byte, end string) int {
	n := bytes.Index(text, []byte(end))
	if n < 0 {
		n = len(text)
	} else {
		n += len(end)
	}
	out.Write(text[:n])
	return n
}

func copyTag(out *bytes.Buffer, text []byte) int {
	var quote byte
	for i, c := range text {
		switch {
		case quote == 0:
			out.WriteByte(c)
			if c == '"' || c == '\'' {
				quote = c
			} else if c == '>' {
				return i + 1
			}
		case c == quote:
			quote = 0
			out.WriteByte(c)
		case c == '<':
			out.WriteString("&lt;")
		case c == '&' && !entity.Match(text[i:min(i+12, len(text))]):
			out.WriteString("&amp;")
		default:
			out.WriteByte(c)
		}
	}
	return len(text)
}

// charset reads the encodings of which each byte is one character.
func charset(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii":
		return in, nil
	case "iso-8859-1", "latin1", "latin-1":
		text, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		runes := make([]rune, len(text))
		for i, c := range text {
			runes[i] = rune(c)
		}
		return strings.NewReader(string(runes)), nil
	}
	return nil, fmt.Errorf("the encoding is %q; UTF-8 and ISO-8859-1 are read", label)
}
