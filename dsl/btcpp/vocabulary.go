package btcpp

import (
	"slices"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// vocabulary returns the words that a document uses as those of a game, so that
// a policy for no game that is known can be checked in all else: its types, its
// keys, its calls.
func (r *reader) vocabulary(file *dsl.File) *vocab.Vocabulary {
	game := &vocab.Vocabulary{Game: "document", Version: 1, TicksPerSecond: 1000, Channels: []string{"any"}}
	if file.Policy.Name != "" {
		game.Game = file.Policy.Game
	}
	for _, name := range r.names {
		v := r.variables[name]
		if v.assigned {
			continue
		}
		switch v.kind {
		case isBool:
			game.Conditions = append(game.Conditions, vocab.Condition{Name: name, Description: "a condition of the document"})
		case isText:
			game.Features = append(game.Features, vocab.Feature{Name: name, Kind: vocab.Enum, Values: v.words, Description: "a text of the document"})
		default:
			game.Features = append(game.Features, vocab.Feature{Name: name, Kind: vocab.Number, Min: -1e9, Max: 1e9, Description: "a number of the document"})
		}
	}
	for _, n := range r.tasks {
		at, ok := game.Task(n.Word)
		if !ok {
			at = len(game.Tasks)
			game.Tasks = append(game.Tasks, vocab.Task{Name: n.Word, Channels: 1, Description: "an action of the document"})
		}
		for i := range n.Args {
			taskParam(&game.Tasks[at], &n.Args[i])
		}
	}
	file.Walk(func(t *dsl.Tree, n *dsl.Node) bool {
		if called := file.Tree(n.Word); n.Kind == dsl.Call && called != nil {
			for _, a := range n.Args {
				chooser(game, t, called, a)
			}
		}
		return true
	})
	return game
}

// chooser makes the word that a call gives to a parameter a chooser.
func chooser(game *vocab.Vocabulary, in, called *dsl.Tree, a dsl.Arg) {
	if a.Kind != dsl.WordArg || slices.ContainsFunc(in.Params, func(p dsl.Param) bool { return p.Name == a.Text }) {
		return
	}
	if _, known := game.Chooser(a.Text); known {
		return
	}
	kinds := map[string]vocab.Kind{"agent": vocab.Agent, "item": vocab.Item, "position": vocab.Position}
	for _, p := range called.Params {
		if k := kinds[p.Type]; k != vocab.None && p.Name == a.Name {
			game.Choosers = append(game.Choosers, vocab.Chooser{Name: a.Text, Kind: k, Description: "a word of the document"})
		}
	}
}

// taskParam makes a task accept an argument.
func taskParam(t *vocab.Task, a *dsl.Arg) {
	name := a.Name
	if name == "" {
		name = "value"
	}
	i := slices.IndexFunc(t.Params, func(p vocab.Param) bool { return p.Name == name })
	if i < 0 {
		i = len(t.Params)
		t.Params = append(t.Params, vocab.Param{Name: name, Optional: true, Description: "a port of the document",
			Kinds: []vocab.Kind{vocab.Number, vocab.Word, vocab.Duration, vocab.Angle, vocab.Bool, vocab.Agent, vocab.Item, vocab.Position}})
	}
	switch word := strings.Trim(a.Text, `"'`); a.Kind {
	case dsl.WordArg:
		if !slices.Contains(t.Params[i].Values, a.Text) {
			t.Params[i].Values = append(t.Params[i].Values, a.Text)
		}
	case dsl.ExpressionArg:
		if !slices.Contains(t.Params[i].Values, word) {
			t.Params[i].Values = append(t.Params[i].Values, word)
		}
	}
}
