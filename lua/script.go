package lua

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"
)

// What a script may have at most.
const (
	// MaxSource is the bytes of a script.
	MaxSource = 1 << 14
	// MaxText is the bytes of one text in it.
	MaxText = 255
	// maxNesting is how deep statements and expressions lie in each other.
	maxNesting = 200
	// maxLocals is the variables of a function that are alive at once, and
	// maxCaptured those that it captures.
	maxLocals   = 200
	maxCaptured = 60
)

// Script is a script that was read and admitted. It is immutable and serves
// any number of machines.
type Script struct {
	name      string
	functions []string
	mentioned map[string]bool
	main      *prototype
	globals   map[string]int // the place of each global name
}

// Compile reads a script and reports what it may not contain.
func Compile(name string, source []byte) (*Script, error) {
	if len(source) > MaxSource {
		return nil, fmt.Errorf("%s: the script has %d bytes, at most %d are read", name, len(source), MaxSource)
	}
	chunk, err := parseSource(name, string(source))
	if err != nil {
		return nil, fmt.Errorf("%s: %s", name, oneLine(err.Error()))
	}
	s := &Script{name: name}
	if err := s.compile(chunk); err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
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

// parseSource parses; what panics inside is an error of the script.
func parseSource(name, source string) (chunk []ast.Stmt, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the script cannot be read: %v", r)
		}
	}()
	return parse.Parse(strings.NewReader(source), name)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Functions returns the names of the script's functions, in its order.
func (s *Script) Functions() []string { return s.functions }

// Has reports whether the script defines a function.
func (s *Script) Has(function string) bool { return slices.Contains(s.functions, function) }

// Mentions reports whether the script reads a field of that name of anything:
// what it does not mention need not be given to it.
func (s *Script) Mentions(name string) bool { return s.mentioned[name] }
