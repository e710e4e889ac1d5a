package export_test

import (
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dryad/dsl"
	"dryad/dsl/export"
	"dryad/dsl/jsonform"
	"dryad/games/tag"
)

// TestSchemaForAValidator gives the JSON Schema of a game to a validator that
// is not ours: it admits what is drawn from it and refuses what the
// sublanguage leaves out.
func TestSchemaForAValidator(t *testing.T) {
	game := tag.New()
	text, err := export.Grammar(game.Vocabulary(), export.Params{Format: export.JSONSchema, Depth: 4})
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("tag.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("tag.json")
	if err != nil {
		t.Fatal(err)
	}
	validate := func(text string) error {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		return schema.Validate(value)
	}

	draw := sampler(t, export.JSONSchema, text)
	for range 500 {
		_, _, source := draw()
		if err := validate(source); err != nil {
			t.Fatalf("%v\n%s", err, source)
		}
	}

	written := func(body string) string {
		file, faults := dsl.Parse("", "policy a for tag\n\ntree main:\n"+body)
		if !faults.OK() {
			t.Fatal(faults.Err())
		}
		out, err := jsonform.Encode(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	if err := validate(written("  sequence:\n    condition: is_it\n    task: flee nearest_player\n")); err != nil {
		t.Error(err)
	}
	for _, body := range []string{
		"  task: fly\n",
		"  task: flee\n",
		"  task: flee random_cell\n",
		"  lua: hunt\n",
		"  sequence:\n    set: a = 1\n    task: flee nearest_player\n",
		"  tree: other\n",
		"  parallel:\n    task: flee nearest_player\n    task: move_to random_cell\n",
		"  condition: no_such_feature\n",
	} {
		if validate(written(body)) == nil {
			t.Errorf("the schema admits\n%s", body)
		}
	}
}
