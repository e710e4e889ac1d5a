package games_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dryad/catalog"
	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// run returns what a command prints.
func run(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, log bytes.Buffer
	env := &frame.Env{Context: context.Background(), Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &log, Getenv: func(string) string { return "" }}
	if status := cli.Main(args, env); status != 0 {
		t.Fatalf("%v: %d %s", args, status, log.String())
	}
	return out.Bytes()
}

// TestJSONFitsItsSchema: each game's words fit the schema that is printed, for a
// validator that is not ours.
func TestJSONFitsItsSchema(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(run(t, "games", "schema")))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("games.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("games.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range catalog.Names() {
		game, err := jsonschema.UnmarshalJSON(bytes.NewReader(run(t, "games", "show", name, "--json")))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(game); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
