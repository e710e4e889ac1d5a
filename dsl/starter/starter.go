package starter

import (
	"embed"
	"fmt"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/vocab"
)

// tactics are the templates, by name: which parts stand in which order.
var tactics = []struct {
	name, about string
	parts       []part
}{
	{"minimal", "one task, to begin from nothing", []part{wander}},
	{"aggressive", "acts on whoever is there, cares for itself last", []part{act, chase, care, wander}},
	{"cautious", "cares for itself first, acts when it is well", []part{care, act, wander}},
	{"balanced", "cares when it must, acts when it can, else looks around", []part{care, act, chase, wander}},
}

// Tactics returns the names of the templates and what each is about.
func Tactics() (names, about []string) {
	for _, t := range tactics {
		names, about = append(names, t.name), append(about, t.about)
	}
	return names, about
}

// templates are policies written for one game each, by game and tactic.
//
//go:embed templates
var templates embed.FS

// written returns the template of a tactic that was written for the game; nil
// where there is none, or where the game lacks a word of it.
func written(tactic, name string, game *vocab.Vocabulary) *dsl.File {
	text, err := templates.ReadFile("templates/" + game.Game + "/" + tactic + ".dryad")
	if err != nil {
		return nil
	}
	file, faults := dsl.Parse(name, string(text))
	if !faults.OK() || !check.Check(file, game).OK() {
		return nil
	}
	file.Policy.Name = name
	return file
}

// Example returns a policy that shows how the constructs of the language work
// together in a game, for somebody who learns to write one: the one that was
// written for it, else its balanced template; nil for a game that has neither, or
// lacks a word of both.
func Example(game *vocab.Vocabulary) *dsl.File {
	for _, tactic := range []string{"example", "balanced"} {
		if file := written(tactic, "example", game); file != nil {
			return file
		}
	}
	return nil
}

// New returns a policy of the given tactic and name: the template that was
// written for the game, or else one that is put together of the game's words.
func New(tactic, name string, game *vocab.Vocabulary) (*dsl.File, error) {
	if !dsl.Identifier(name) {
		return nil, fmt.Errorf("the policy's name %q is not an identifier", name)
	}
	for _, t := range tactics {
		if t.name != tactic {
			continue
		}
		if file := written(tactic, name, game); file != nil {
			return file, nil
		}
		if file := mixed(tactic, t.about, name, game); file != nil {
			return file, nil
		}
		root := dsl.Composed(dsl.Selector, "")
		for _, part := range t.parts {
			if n := part(game); n != nil {
				root.Children = append(root.Children, n)
			}
		}
		if len(root.Children) == 0 {
			return nil, fmt.Errorf("the game %s has no task that can be done without knowing more of it", game.Game)
		}
		if last := root.Children[len(root.Children)-1]; last.Name == "" {
			last.Comments = append(last.Comments, "# when nothing else applies")
		}
		return &dsl.File{
			Policy: dsl.Policy{Name: name, Game: game.Game, Comments: []string{"# " + t.name + ": " + t.about}},
			Trees:  []*dsl.Tree{{Name: "main", Root: root}},
		}, nil
	}
	names, _ := Tactics()
	return nil, fmt.Errorf("there is no tactic %q; there are %s", tactic, strings.Join(names, ", "))
}

// part makes one branch of a policy, or nil where the game has no words for it.
type part func(*vocab.Vocabulary) *dsl.Node

// care fetches what raises a reading that is low.
func care(game *vocab.Vocabulary) *dsl.Node {
	for _, c := range game.Choosers {
		for _, raised := range c.Effects {
			i, ok := game.Feature(raised)
			if !ok {
				continue
			}
			f := &game.Features[i]
			task := leaf(game, func(t *vocab.Task) bool { return t.Mover }, c.Name)
			if task == nil || f.Kind == vocab.Duration || f.Max <= f.Min {
				continue
			}
			low := f.Min + float64((f.Max-f.Min)*0.2)
			n := dsl.Composed(dsl.Sequence, "care",
				dsl.Test(f.Name+" < "+strconv.FormatFloat(low, 'f', -1, 64)), task)
			n.Memory = true
			n.Comments = []string{"# too little " + strings.ReplaceAll(f.Name, "_", " ")}
			return n
		}
	}
	return nil
}

// act does something to another agent that does not move oneself.
func act(game *vocab.Vocabulary) *dsl.Node {
	for _, c := range game.Choosers {
		if c.Kind != vocab.Agent {
			continue
		}
		task := leaf(game, func(t *vocab.Task) bool { return !t.Mover }, c.Name)
		if task == nil {
			continue
		}
		children := []*dsl.Node{task}
		if guard := condition(game, "view", "visible", "seen", "near"); guard != nil {
			children = []*dsl.Node{guard, task}
		}
		return dsl.Composed(dsl.Sequence, "act", children...)
	}
	return nil
}

// chase goes to another agent.
func chase(game *vocab.Vocabulary) *dsl.Node { return goTo(game, "chase", vocab.Agent) }

// wander goes to some place, or does the first thing that needs no target.
func wander(game *vocab.Vocabulary) *dsl.Node {
	if n := goTo(game, "", vocab.Position); n != nil {
		return n
	}
	for i := range game.Tasks {
		if t := &game.Tasks[i]; required(t) == 0 {
			return dsl.Do(dsl.Task, t.Name)
		}
	}
	return goTo(game, "", vocab.Item)
}

func goTo(game *vocab.Vocabulary, name string, kind vocab.Kind) *dsl.Node {
	for _, c := range game.Choosers {
		if c.Kind != kind {
			continue
		}
		if task := leaf(game, func(t *vocab.Task) bool { return t.Mover }, c.Name); task != nil {
			if name == "" {
				return task
			}
			return dsl.Composed(dsl.Sequence, name, task)
		}
	}
	return nil
}

// leaf returns a task that fits and needs nothing but the chooser.
func leaf(game *vocab.Vocabulary, fits func(*vocab.Task) bool, chooser string) *dsl.Node {
	at, ok := game.Chooser(chooser)
	if !ok {
		return nil
	}
	kind := game.Choosers[at].Kind
	for i := range game.Tasks {
		t := &game.Tasks[i]
		if required(t) > 1 || len(t.Params) == 0 || !fits(t) {
			continue
		}
		for _, k := range t.Params[0].Kinds {
			if k == kind {
				return dsl.Do(dsl.Task, t.Name, dsl.WordOf(chooser))
			}
		}
	}
	return nil
}

func required(t *vocab.Task) int {
	n := 0
	for i := range t.Params {
		if !t.Params[i].Optional {
			n++
		}
	}
	return n
}

// condition returns a test of the first condition whose name holds one of the
// parts, or nil.
func condition(game *vocab.Vocabulary, parts ...string) *dsl.Node {
	for _, p := range parts {
		for _, c := range game.Conditions {
			if strings.Contains(c.Name, p) {
				return dsl.Test(c.Name)
			}
		}
	}
	return nil
}
