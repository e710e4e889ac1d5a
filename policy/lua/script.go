package lua

import (
	"fmt"
	"slices"
	"strings"

	gopher "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"
)

// maxSource bounds the text of a script.
const maxSource = 1 << 14

// maxIndex bounds the part of a table that is an array: a write far beyond its
// end fills what lies between.
const maxIndex = 1 << 10

func init() { gopher.MaxArrayIndex = maxIndex }

// Script is a script that was read and admitted. It is immutable and serves
// any number of machines.
type Script struct {
	name      string
	functions []string
	mentioned map[string]bool
	proto     *gopher.FunctionProto
}

// Compile reads a script and reports what it may not contain.
func Compile(name string, source []byte) (*Script, error) {
	if len(source) > maxSource {
		return nil, fmt.Errorf("%s: the script has %d bytes, at most %d are read", name, len(source), maxSource)
	}
	chunk, proto, err := read(name, string(source))
	if err != nil {
		return nil, fmt.Errorf("%s: %s", name, oneLine(err.Error()))
	}
	s := &Script{name: name, mentioned: map[string]bool{}, proto: proto}
	a := &admission{script: s}
	a.block(chunk)
	if a.err != nil {
		return nil, fmt.Errorf("%s:%w", name, a.err)
	}
	for _, statement := range chunk {
		if f, ok := statement.(*ast.FuncDefStmt); ok {
			if id, ok := f.Name.Func.(*ast.IdentExpr); ok {
				s.functions = append(s.functions, id.Value)
			}
		}
	}
	return s, nil
}

// read parses and compiles; what panics inside is an error of the script.
func read(name, source string) (chunk []ast.Stmt, proto *gopher.FunctionProto, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the script cannot be compiled: %v", r)
		}
	}()
	if chunk, err = parse.Parse(strings.NewReader(source), name); err != nil {
		return nil, nil, err
	}
	proto, err = gopher.Compile(chunk, name)
	return chunk, proto, err
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Functions returns the names of the script's functions, in its order.
func (s *Script) Functions() []string { return s.functions }

// Has says whether the script defines a function.
func (s *Script) Has(function string) bool { return slices.Contains(s.functions, function) }

// Mentions says whether the script reads a field of that name of anything:
// what it does not mention need not be given to it.
func (s *Script) Mentions(name string) bool { return s.mentioned[name] }
