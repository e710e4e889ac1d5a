package check

import (
	"dryad/dsl"
	"dryad/dsl/expression"
	"dryad/vocab"
)

// Scope is what the words inside a tree can mean.
type Scope struct {
	Vocabulary *vocab.Vocabulary
	Keys       []expression.Variable // as [Keys] returns them
	Params     []dsl.Param           // of the tree
}

// ScopeOf returns the scope inside a tree of a file.
func ScopeOf(file *dsl.File, t *dsl.Tree, game *vocab.Vocabulary) Scope {
	return Scope{Vocabulary: game, Keys: Keys(file), Params: t.Params}
}

// expressions returns the scope that an expression is bound in.
func (s *Scope) expressions() expression.Scope {
	out := expression.Scope{Vocabulary: s.Vocabulary, Keys: s.Keys}
	if len(s.Params) > 0 {
		out.Params = make([]expression.Variable, len(s.Params))
		for i := range s.Params {
			kind, _ := ParamKind(s.Params[i].Type)
			out.Params[i] = expression.Variable{Name: s.Params[i].Name, Kind: kind}
		}
	}
	return out
}

// Expressions returns the scope in which the tree's expressions are bound.
func (s Scope) Expressions() expression.Scope { return s.expressions() }

var (
	keyTypes   = []string{"bool", "int", "number", "duration", "angle", "enum"}
	paramTypes = []string{"bool", "int", "number", "duration", "angle", "agent", "item", "position"}
)

// KeyKind returns the kind of a key's type.
func KeyKind(word string) (vocab.Kind, bool) {
	switch word {
	case "bool":
		return vocab.Bool, true
	case "int":
		return vocab.Int, true
	case "number":
		return vocab.Number, true
	case "duration":
		return vocab.Duration, true
	case "angle":
		return vocab.Angle, true
	case "enum":
		return vocab.Enum, true
	}
	return vocab.None, false
}

// ParamKind returns the kind of a tree parameter's type.
func ParamKind(word string) (vocab.Kind, bool) {
	switch word {
	case "agent":
		return vocab.Agent, true
	case "item":
		return vocab.Item, true
	case "position":
		return vocab.Position, true
	case "enum":
		return vocab.None, false
	}
	return KeyKind(word)
}

// Keys returns the blackboard keys of a file, in order, as expressions read
// them.
func Keys(file *dsl.File) []expression.Variable {
	if len(file.Keys) == 0 {
		return nil
	}
	out := make([]expression.Variable, len(file.Keys))
	for i, k := range file.Keys {
		kind, _ := KeyKind(k.Type)
		out[i] = expression.Variable{Name: k.Name, Kind: kind, Values: k.Values}
	}
	return out
}
