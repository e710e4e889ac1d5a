package policy

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"dryad/catalog"
	"github.com/alecthomas/kong"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl"
	"dryad/internal/atomicfile"
	"dryad/internal/english"
	"dryad/policy"
	"dryad/vocab"
)

// Command is the family of commands that read and write policies.
type Command struct {
	Check   checkCommand   `cmd:"" help:"Say everything that is wrong with a policy."`
	Fmt     fmtCommand     `cmd:"" help:"Write a policy in its canonical form."`
	Explain explainCommand `cmd:"" help:"Say in plain sentences what a policy does."`
	Graph   graphCommand   `cmd:"" help:"Draw a policy as SVG or for Graphviz."`
	New     newCommand     `cmd:"" help:"Write a first policy from a tactic."`
	Test    testCommand    `cmd:"" help:"Run the scenarios of a policy, with coverage and mutants."`
	Patch   patchCommand   `cmd:"" help:"Change a policy by short instructions."`
	Diff    diffCommand    `cmd:"" help:"Write the instructions that turn one policy into another."`
	Merge   mergeCommand   `cmd:"" help:"Join policies in one tree: each plays the modes in which it is the best."`
	Grammar grammarCommand `cmd:"" help:"Write a grammar for constrained decoding."`
	Convert convertCommand `cmd:"" help:"Translate between the language, JSON, PORTAL and BehaviorTree.CPP."`
	Export  exportCommand  `cmd:"" help:"Write a policy as C or Go that runs without dryad."`
	Schema  schemaCommand  `cmd:"" help:"Print the JSON Schema of a policy written as JSON."`
}

// gameFlag chooses the game of a policy that does not name one.
type gameFlag struct {
	Game string `help:"Game of a policy without a header." placeholder:"GAME"`
}

// checkedPolicy is a policy with what was found wrong with it.
type checkedPolicy struct {
	path, source string
	file         *dsl.File
	game         *vocab.Vocabulary // nil when there is no such game
	faults       dsl.Diagnostics
	networks     catalog.Networks // in place of those that dryad ships
}

// checkPolicy reads and checks a policy for the game of its header or of the
// flag.
func checkPolicy(env *frame.Env, path string, flag gameFlag) (*checkedPolicy, error) {
	source, err := seats.ReadPolicy(env, path)
	if err != nil {
		return nil, err
	}
	p := &checkedPolicy{path: path, source: source, networks: env.Networks}
	p.file, p.faults = dsl.Parse(path, source)
	p.game, err = vocabularyOf(p.file, flag.Game)
	switch {
	case err == nil:
		if err := p.check(); err != nil {
			return nil, err
		}
	case p.file.Policy.Name != "" && flag.Game == "":
		p.faults = append(p.faults, unknownGame(p.file, err)).Sorted()
	default:
		return nil, err
	}
	return p, nil
}

// check reads the policy as its game does, with the functions beside it.
func (p *checkedPolicy) check() error {
	checker, err := p.checker()
	if err != nil {
		return err
	}
	p.file, p.faults = checker.Source(p.path, p.source)
	return nil
}

// checker returns what judges the policy: the checker of its game, with the
// functions beside it.
func (p *checkedPolicy) checker() (*policy.Checker, error) {
	row, err := catalog.Find(p.game.Game)
	if err != nil {
		return nil, err
	}
	script, err := seats.ScriptBeside(p.path)
	if err != nil {
		return nil, err
	}
	return row.Checker(p.networks).WithScript(script), nil
}

// vocabularyOf returns the vocabulary that a policy is written in.
func vocabularyOf(file *dsl.File, flag string) (*vocab.Vocabulary, error) {
	name := flag
	if name == "" {
		name = file.Policy.Game
	}
	if name == "" {
		name = seats.DefaultGame
		if _, err := catalog.Find(name); err != nil {
			return nil, fmt.Errorf("the policy names no game; add a line \"policy NAME for GAME\" or --game")
		}
	}
	game, err := catalog.Game(name)
	if err != nil {
		return nil, err
	}
	return game.Vocabulary(), nil
}

// unknownGame reports a header with a game that does not exist.
func unknownGame(file *dsl.File, err error) dsl.Diagnostic {
	near, alike := dsl.Nearest(file.Policy.Game, catalog.Names())
	d := dsl.Diagnostic{Severity: dsl.Error, Code: "unknown-game", Range: file.Policy.GameRange, Summary: err.Error(), Legal: near}
	if alike {
		d.Fixes = []dsl.Fix{{Title: "write \"" + near[0] + "\"", Edits: []dsl.Edit{{Range: file.Policy.GameRange, Text: near[0]}}}}
	}
	return d
}

// usable returns an error when the policy has errors, after printing them.
func (p *checkedPolicy) usable(env *frame.Env) error {
	if p.faults.OK() {
		return nil
	}
	p.print(env)
	return frame.ExitCode(frame.ExitFailed)
}

// print writes the faults for a person.
func (p *checkedPolicy) print(env *frame.Env) {
	params := dsl.RenderParams{Path: p.path, Source: p.source, Colour: env.Colour(), Width: env.Columns()}
	if p.game != nil {
		params.Game = p.game.Game
	}
	fmt.Fprint(env.Stderr, dsl.Render(p.faults, params))
}

type checkCommand struct {
	File string  `arg:"" help:"Policy, or - for standard input."`
	Fix  fixFlag `help:"Apply the edits that cannot change what the policy means, list them and write the file; --fix=guess also those that are guesses."`
	gameFlag
	frame.NetFlag
	frame.JSONFlag
}

// checkResult is what check prints with --json.
type checkResult struct {
	OK          bool       `json:"ok"`
	Diagnostics []dsl.JSON `json:"diagnostics"`
}

func (c *checkCommand) Run(env *frame.Env) error {
	if err := c.ReadNets(env, ""); err != nil {
		return err
	}
	p, err := checkPolicy(env, c.File, c.gameFlag)
	if err != nil {
		return err
	}
	if c.Fix != "" {
		if p, err = c.fix(env, p); err != nil {
			return err
		}
	}
	p.print(env)
	if c.JSON {
		if err := env.JSON(checkResult{p.faults.OK(), p.faults.JSON()}); err != nil {
			return err
		}
	} else if p.faults.OK() {
		env.Logf("%s: ok", c.File)
	}
	if !p.faults.OK() {
		return frame.ExitCode(frame.ExitFailed)
	}
	return nil
}

// fixFlag is --fix, with or without a word.
type fixFlag string

const (
	fixSafe  fixFlag = "safe"
	fixGuess fixFlag = "guess"
)

// IsBool lets the flag stand without a word.
func (fixFlag) IsBool() bool { return true }

// Decode reads the word.
func (f *fixFlag) Decode(ctx *kong.DecodeContext) error {
	*f = fixSafe
	if ctx.Scan.Peek().Type != kong.FlagValueToken {
		return nil
	}
	switch word := fmt.Sprint(ctx.Scan.Pop().Value); word {
	case string(fixGuess):
		*f = fixGuess
	case string(fixSafe), "true":
	default:
		return fmt.Errorf("there is no %q; write --fix or --fix=guess", word)
	}
	return nil
}

// guessed counts the faults that have a fix which is a guess.
func guessed(faults dsl.Diagnostics) int {
	n := 0
	for _, d := range faults {
		if len(d.Fixes) > 0 && !d.Fixes[0].Safe {
			n++
		}
	}
	return n
}

// fixRounds is how often fixes are applied: mending one fault can show another.
const fixRounds = 8

// fix applies the suggested edits until none is left, and writes the file.
func (c *checkCommand) fix(env *frame.Env, p *checkedPolicy) (*checkedPolicy, error) {
	if c.File == "-" {
		return nil, errors.New("--fix needs a file to write")
	}
	total := 0
	source := p.source
	for range fixRounds {
		fixed, applied := dsl.ApplyFixes(source, p.faults, c.Fix == fixGuess)
		if len(applied) == 0 || fixed == source {
			break
		}
		total += len(applied)
		for _, fix := range applied {
			env.Logf("%s:%d: %s", c.File, fix.Edits[0].Range.Start.Line, fix.Title)
		}
		source = fixed
		next := &checkedPolicy{path: p.path, source: source, game: p.game}
		next.file, next.faults = dsl.Parse(p.path, source)
		if game, err := vocabularyOf(next.file, c.Game); err == nil {
			next.game = game
			if err := next.check(); err != nil {
				return nil, err
			}
		}
		p = next
	}
	if total > 0 {
		if err := atomicfile.Rewrite(c.File, []byte(source)); err != nil {
			return nil, err
		}
		env.Logf("%s: %s", c.File, english.Number(total, "edit"))
	}
	if guesses := guessed(p.faults); guesses > 0 && c.Fix != fixGuess {
		env.Logf("%s: %s left that may be meant; --fix=guess applies them", c.File, english.Number(guesses, "guess"))
	}
	return p, nil
}

type fmtCommand struct {
	Files []string `arg:"" help:"Policies, or - for standard input to standard output."`
	Check bool     `help:"Write nothing; fail if a file is not in canonical form."`
}

func (c *fmtCommand) Run(env *frame.Env) error {
	failed := false
	for _, path := range c.Files {
		source, err := seats.ReadPolicy(env, path)
		if err != nil {
			return err
		}
		file, faults := dsl.Parse(path, source)
		if !faults.OK() {
			p := checkedPolicy{path: path, source: source, faults: faults}
			p.print(env)
			failed = true
			continue
		}
		text := dsl.Format(file)
		switch {
		case c.Check:
			if text != source {
				env.Printf("%s\n", path)
				failed = true
			}
		case path == "-":
			env.Content(text)
		case text != source:
			if err := atomicfile.Rewrite(path, []byte(text)); err != nil {
				return err
			}
			env.Logf("%s: formatted", path)
		}
	}
	if failed {
		return frame.ExitCode(frame.ExitFailed)
	}
	return nil
}

// policyName makes an identifier of a file's name.
func policyName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	name = strings.Map(func(r rune) rune {
		if r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
	if !dsl.Identifier(name) {
		name = "policy_" + name
	}
	return name
}
