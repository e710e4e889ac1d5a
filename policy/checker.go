package policy

import (
	"slices"
	"sync"

	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/games"
	"dryad/lua"
	"dryad/policy/compile"
	"dryad/vocab"
)

// Checker judges the policies of one game. Whatever it finds no error in can be
// played: it reads, checks and compiles the tree, and binds its networks. One
// checker serves authors, searches, tournaments, scenarios and editors, so that
// all of them call the same trees faulty.
//
// A checker is immutable and may be used by several goroutines.
type Checker struct {
	game     games.Game
	params   Params
	runnable func() *vocab.Vocabulary
}

// NewChecker returns the checker of a game. The parameters say what its
// policies may use beside the words of the game.
func NewChecker(game games.Game, params Params) *Checker {
	params.Budget = params.Budget.complete()
	c := &Checker{game: game, params: params}
	c.runnable = sync.OnceValue(c.findRunnable)
	return c
}

// WithScript returns a checker of policies that have a Lua source beside them;
// nil stands for none.
func (c *Checker) WithScript(source []byte) *Checker {
	with := *c
	with.params.Script = source
	return &with
}

// Game returns the game whose policies are judged.
func (c *Checker) Game() games.Game { return c.game }

// Vocabulary returns all words of the game.
func (c *Checker) Vocabulary() *vocab.Vocabulary { return c.game.Vocabulary() }

// Params returns what policies may use beside the words of the game, with the
// default budget filled in.
func (c *Checker) Params() Params { return c.params }

// Runnable returns the words of the game that a policy can run: the game's
// vocabulary without the neural tasks for which there is no network that fits
// the task and the budget. An author is told these. The caller must not change
// it.
func (c *Checker) Runnable() *vocab.Vocabulary { return c.runnable() }

func (c *Checker) findRunnable() *vocab.Vocabulary {
	words := c.game.Vocabulary()
	var nets []vocab.Net
	for i := range words.Nets {
		net, err := resolve(&words.Nets[i], c.params.Net)
		if err == nil && net.MACs() <= c.params.Budget.MultiplyAdds {
			nets = append(nets, words.Nets[i])
		}
	}
	if len(nets) == len(words.Nets) {
		return words
	}
	runnable := *words
	runnable.Nets = nets
	return &runnable
}

// Parse reads a policy, as [Parse] does.
func (c *Checker) Parse(name, source string) (*Policy, dsl.Diagnostics) {
	return Parse(name, []byte(source), c.game, c.params)
}

// Source reads a text and returns all its faults, sorted: those that Parse
// finds. The file is what could be read; it may be played only if the faults
// are OK.
func (c *Checker) Source(path, source string) (*dsl.File, dsl.Diagnostics) {
	file, faults := dsl.Parse(path, source)
	return file, c.judge(file, faults)
}

// Check returns all faults of a tree in memory, sorted: those that Parse finds
// in the tree's text.
func (c *Checker) Check(file *dsl.File) dsl.Diagnostics { return c.judge(file, nil) }

// judge adds to the faults of form all others.
func (c *Checker) judge(file *dsl.File, faults dsl.Diagnostics) dsl.Diagnostics {
	faults = append(faults, check.Check(file, c.game.Vocabulary())...)
	unit, _, more := build(file, c.game, &c.params, faults.OK())
	if faults = append(faults, more...); unit == nil {
		return faults.Sorted()
	}
	p := &Policy{Game: c.game, File: file, Program: unit.Program, sources: unit.Sources}
	return append(faults, p.bind(unit.Nets, c.params.Net, c.params.Budget.MultiplyAdds)...).Sorted()
}

// Faults returns what is wrong with a policy, each fault rendered with its line
// for an author who is to correct it; none for a policy that can be played.
func (c *Checker) Faults(source string) []string {
	_, faults := c.Parse("answer", source)
	if faults.OK() {
		return nil
	}
	var texts []string
	for _, f := range faults {
		texts = append(texts, dsl.Render(dsl.Diagnostics{f}, dsl.RenderParams{Source: source, All: true}))
	}
	return texts
}

// Script compiles the Lua source of the parameters; nil when there is none.
func (c *Checker) Script() (*lua.Script, error) {
	if c.params.Script == nil {
		return nil, nil
	}
	return lua.Compile("script", c.params.Script)
}

// build compiles a tree together with its Lua functions, if so far it has no
// error. The unit is nil when it has one, the script when no function is used.
func build(file *dsl.File, game games.Game, params *Params, sound bool) (*compile.Unit, *lua.Script, dsl.Diagnostics) {
	script, faults := readScript(file, params.Script)
	if !sound || !faults.OK() {
		return nil, nil, faults
	}
	unit, more := compile.Compile(file, game, compile.Params{
		Budget: bt.Budget{Nodes: params.Budget.Nodes, Operations: params.Budget.Operations}, Script: script})
	if faults = slices.Concat(faults, more); !faults.OK() {
		return nil, nil, faults
	}
	return unit, script, faults
}
