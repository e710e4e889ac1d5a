package jsonform

import (
	"encoding/json"
	"fmt"

	"dryad/dsl"
)

// The values of the fields "by".
const (
	byScheduler = "scheduler"
	byNet       = "net"
)

// Encode writes a file as indented JSON. The file must have been parsed
// without an error.
func Encode(file *dsl.File) ([]byte, error) {
	p := policy{Policy: file.Policy.Name, Game: file.Policy.Game, End: file.Comments, Trees: []tree{},
		Comments: above(file.Policy.Comments, file.Policy.Comment)}
	if file.Policy.Scheduler {
		p.By = byScheduler
	}
	for _, u := range file.Network {
		p.Network = append(p.Network, unit{Unit: u.Role.String(), Input: u.Input.Text, Weights: u.Weights, Comments: above(u.Comments, u.Comment)})
	}
	for _, k := range file.Keys {
		out := key{Name: k.Name, Type: k.Type, Values: k.Values, Comments: above(k.Comments, k.Comment)}
		if k.HasDefault {
			out.Default = argument(&k.Default)
		}
		if k.Scope != dsl.AgentScope {
			out.Scope = k.Scope.String()
		}
		p.Keys = append(p.Keys, out)
	}
	for _, t := range file.Trees {
		if t.Root == nil {
			return nil, fmt.Errorf("write the policy as JSON: the tree %q is empty", t.Name)
		}
		out := tree{Name: t.Name, Root: encodeNode(t.Root), Comments: above(t.Comments, t.Comment)}
		for i := range t.Params {
			q := &t.Params[i]
			param := parameter{Name: q.Name, Type: q.Type}
			if q.HasDefault {
				param.Default = argument(&q.Default)
			}
			out.Params = append(out.Params, param)
		}
		p.Trees = append(p.Trees, out)
	}
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the policy as JSON: %w", err)
	}
	return append(text, '\n'), nil
}

// above puts the comment at the end of a line with those above it.
func above(comments []string, comment string) []string {
	if comment == "" {
		return comments
	}
	return append(append([]string(nil), comments...), comment)
}

func encodeNode(n *dsl.Node) *node {
	out := &node{Kind: n.Kind.String(), Name: n.Name, Memory: n.Memory, Word: n.Word, Comments: above(n.Comments, n.Comment)}
	if n.ByNet {
		out.Kind, out.By = dsl.Task.String(), byNet
	}
	switch n.Kind {
	case dsl.Condition:
		out.Test = n.Expression()
	case dsl.Score:
		out.Score = n.Expression()
	case dsl.Set:
		out.Value = n.Expression()
	case dsl.Task, dsl.Net, dsl.Call, dsl.Lua:
		for i := range n.Args {
			out.Args = append(out.Args, argument(&n.Args[i]))
		}
	case dsl.Utility:
		if len(n.Args) > 0 {
			out.Margin = n.Amount().String()
		}
	default:
		if len(n.Args) > 0 {
			out.Amount = n.Amount().String()
		}
	}
	for _, child := range n.Children {
		out.Children = append(out.Children, encodeNode(child))
	}
	return out
}

// argument writes an argument as the language does.
func argument(a *dsl.Arg) string {
	text := a.Text
	switch a.Kind {
	case dsl.AmountArg:
		text = a.Amount.String()
	case dsl.ExpressionArg:
		text = "(" + a.Text + ")"
	}
	if a.Name != "" {
		return a.Name + "=" + text
	}
	return text
}
