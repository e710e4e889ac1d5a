package export

import (
	"fmt"
	"strings"

	"dryad/dsl"
	"dryad/policy"
)

// Language is what a policy is written in.
type Language string

// The languages.
const (
	C  Language = "c"
	Go Language = "go"
)

// Params says how a policy is written.
type Params struct {
	// To is the language.
	To Language
	// Prefix begins every name of the C code and names the files; it is the
	// package of the Go code. Without one the policy's name is taken, in lower
	// case.
	Prefix string
}

// File is a file to be written.
type File struct {
	Name string
	Data []byte
}

// Write writes a policy as source code. It reports what cannot be exported: a
// function in Lua, a network that is too large, and a prefix that is no name.
func Write(p *policy.Policy, params Params) ([]File, error) {
	prefix := params.Prefix
	if prefix == "" {
		if prefix = strings.ToLower(p.Name); !dsl.Identifier(prefix) || keywords(params.To)[prefix] {
			prefix = "policy_" + strings.Map(identifierRune, prefix)
		}
	}
	if !dsl.Identifier(prefix) {
		return nil, fmt.Errorf("the prefix %q is no name: use letters, digits and underscores, a letter first", prefix)
	}
	if keywords(params.To)[prefix] {
		return nil, fmt.Errorf("the prefix %q is a word of the language %s: choose another one", prefix, params.To)
	}
	m, err := newModel(p, prefix)
	if err != nil {
		return nil, err
	}
	switch params.To {
	case C:
		return writeC(m)
	case Go:
		return writeGo(m)
	}
	return nil, fmt.Errorf("there is no language %q to export to; there are c and go", params.To)
}

func identifierRune(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return '_'
}
