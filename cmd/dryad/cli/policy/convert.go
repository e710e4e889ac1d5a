package policy

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl"
	"dryad/dsl/btcpp"
	"dryad/dsl/check"
	"dryad/dsl/jsonform"
	"dryad/dsl/portal"
	"dryad/internal/atomicfile"
	"dryad/vocab"
)

type convertCommand struct {
	File   string `arg:"" help:"File to read, or - for standard input."`
	From   string `help:"dryad, portal, btcpp (BehaviorTree.CPP XML) or json; by default what the file's name or first character tells." enum:",dryad,portal,btcpp,json" default:""`
	To     string `help:"dryad, btcpp or json; by default what the name of --output tells, else dryad." enum:",dryad,btcpp,json" default:""`
	Output string `short:"o" help:"File to write; standard output by default." placeholder:"FILE"`
	gameFlag
}

// Run converts and checks. Nothing is written of what has an error.
func (c *convertCommand) Run(env *frame.Env) error {
	source, err := seats.ReadSource(env, c.File)
	if err != nil {
		return err
	}
	say := func(faults dsl.Diagnostics, text string) error {
		fmt.Fprint(env.Stderr, dsl.Render(faults, dsl.RenderParams{Path: c.File, Source: text, Colour: env.Colour(), Width: env.Columns()}))
		if !faults.OK() {
			return frame.ExitCode(frame.ExitFailed)
		}
		return nil
	}
	file, game, faults, err := c.read(source)
	if err != nil {
		return err
	}
	if err := say(faults, source); err != nil {
		return err
	}
	var out []byte
	switch form(c.To, c.Output, "") {
	case "btcpp":
		text := dsl.Format(file)
		out, faults = btcpp.Export(file, game)
		if c.dryad(source) {
			text = source
		}
		if err := say(faults, text); err != nil {
			return err
		}
	case "json":
		if out, err = jsonform.Encode(file); err != nil {
			return err
		}
	default:
		out = []byte(dsl.Format(file))
	}
	if c.Output != "" {
		return atomicfile.Rewrite(c.Output, out)
	}
	_, err = env.Stdout.Write(out)
	return err
}

func (c *convertCommand) dryad(source string) bool { return form(c.From, c.File, source) == "dryad" }

// read returns the policy, checked for its game where one is known; the game is
// nil where none is.
func (c *convertCommand) read(source string) (*dsl.File, *vocab.Vocabulary, dsl.Diagnostics, error) {
	var file *dsl.File
	var faults dsl.Diagnostics
	switch form(c.From, c.File, source) {
	case "portal":
		file, faults = portal.Import(c.File, source)
	case "btcpp":
		return c.readXML(source)
	case "json":
		file, faults = jsonform.Decode(c.File, []byte(source))
	default:
		file, faults = dsl.Parse(c.File, source)
	}
	if !faults.OK() || c.Game == "" && file.Policy.Game == "" {
		return file, nil, faults, nil
	}
	game, err := vocabularyOf(file, c.Game)
	if err != nil {
		return nil, nil, nil, err
	}
	if c.dryad(source) {
		return file, game, append(faults, check.Check(file, game)...).Sorted(), nil
	}
	// What is wrong stands in no line of the source.
	for _, d := range check.Check(file, game) {
		if d.Severity == dsl.Error {
			d.Range, d.Fixes = dsl.Range{}, nil
			faults = append(faults, d)
		}
	}
	return file, game, faults, nil
}

// readXML reads a document of BehaviorTree.CPP for the game of the flag, or of
// the header that an export keeps in a comment.
func (c *convertCommand) readXML(source string) (*dsl.File, *vocab.Vocabulary, dsl.Diagnostics, error) {
	params := btcpp.Params{Include: include(c.File)}
	file, _, faults := btcpp.Import(c.File, []byte(source), params)
	name := c.Game
	if name == "" {
		name = file.Policy.Game
	}
	if name == "" {
		return file, nil, faults, nil
	}
	game, err := vocabularyOf(&dsl.File{}, name)
	if err != nil {
		return nil, nil, nil, err
	}
	params.Game = game
	file, _, faults = btcpp.Import(c.File, []byte(source), params)
	if file.Policy.Name == "" && faults.OK() {
		file.Policy.Name, file.Policy.Game = nameOf(c.File), name
	}
	return file, game, faults, nil
}

// nameOf makes a policy's name of a file's.
func nameOf(path string) string {
	name := strings.Map(func(r rune) rune {
		if r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	if !dsl.Identifier(name) {
		return "converted"
	}
	return name
}

// include reads the files that a document includes, which lie in its folder or
// below it.
func include(path string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		root, err := os.OpenRoot(filepath.Dir(path))
		if err != nil {
			return nil, err
		}
		defer root.Close()
		info, err := root.Stat(name)
		switch {
		case err != nil:
			return nil, err
		case info.Size() > dsl.MaxSource:
			return nil, fmt.Errorf("%s is larger than %d bytes, the most that is read", name, dsl.MaxSource)
		}
		return root.ReadFile(name)
	}
}

// form returns the form that a flag names, or else the file's name, or else the
// text's first character.
func form(flag, path, text string) string {
	if flag != "" {
		return flag
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xml":
		return "btcpp"
	case ".json":
		return "json"
	case ".dryad":
		return "dryad"
	}
	switch text = strings.TrimLeft(text, "\ufeff \t\r\n"); {
	case strings.HasPrefix(text, "<"):
		return "btcpp"
	case strings.HasPrefix(text, "{"):
		return "json"
	}
	return "dryad"
}

type schemaCommand struct{}

// Run prints the JSON Schema of the JSON form; "policy grammar --format
// json-schema" prints that of one game's policies.
func (schemaCommand) Run(env *frame.Env) error {
	env.Printf("%s", jsonform.Schema())
	return nil
}
