package policy

import (
	"fmt"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl"
	"dryad/dsl/btcpp"
	"dryad/dsl/jsonform"
	"dryad/dsl/portal"
	"dryad/internal/atomicfile"
	"dryad/vocab"
)

type convertCommand struct {
	File   string `arg:"" help:"File to read, or - for standard input."`
	From   string `help:"dryad, portal, btcpp (BehaviorTree.CPP 4 XML) or json." enum:"dryad,portal,btcpp,json" default:"dryad"`
	To     string `help:"dryad, btcpp or json." enum:"dryad,btcpp,json" default:"dryad"`
	Output string `short:"o" help:"File to write; standard output by default." placeholder:"FILE"`
	gameFlag
}

func (c *convertCommand) Run(env *frame.Env) error {
	source, err := seats.ReadSource(env, c.File)
	if err != nil {
		return err
	}
	var file *dsl.File
	var faults dsl.Diagnostics
	switch c.From {
	case "portal":
		file, faults = portal.Import(c.File, source)
	case "btcpp":
		file, faults = btcpp.Import(c.File, []byte(source))
	case "json":
		file, faults = jsonform.Decode(c.File, []byte(source))
	default:
		file, faults = dsl.Parse(c.File, source)
	}
	say := func(faults dsl.Diagnostics) {
		fmt.Fprint(env.Stderr, dsl.Render(faults, dsl.RenderParams{Path: c.File, Source: source, Colour: env.Colour()}))
	}
	say(faults)
	if !faults.OK() {
		return frame.ExitCode(frame.ExitFailed)
	}
	if c.From == "btcpp" {
		if game, err := vocabularyOf(file, c.Game); err == nil && (c.Game != "" || file.Policy.Game != "") {
			btcpp.Positional(file, game)
		}
	}
	var out []byte
	switch c.To {
	case "btcpp":
		var game *vocab.Vocabulary
		if c.Game != "" || file.Policy.Game != "" {
			if game, err = vocabularyOf(file, c.Game); err != nil {
				return err
			}
		}
		out, faults = btcpp.Export(file, game)
		say(faults)
		if !faults.OK() {
			return frame.ExitCode(frame.ExitFailed)
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

type schemaCommand struct{}

// Run prints the JSON Schema of the JSON form; "policy grammar --format
// json-schema" prints that of one game's policies.
func (schemaCommand) Run(env *frame.Env) error {
	env.Printf("%s", jsonform.Schema())
	return nil
}
