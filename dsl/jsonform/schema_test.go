package jsonform_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"dryad/dsl/internal/random"
	"dryad/dsl/jsonform"
)

// compiled reads the schema with a validator that is not ours.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(jsonform.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("policy.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("policy.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(schema *jsonschema.Schema, text string) error {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(document)
}

// TestSchemaAdmitsPolicies: what Encode writes is what the schema says.
func TestSchemaAdmitsPolicies(t *testing.T) {
	schema := compiled(t)
	rapid.Check(t, func(t *rapid.T) {
		text, err := jsonform.Encode(random.Policy().Draw(t, "policy"))
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(schema, string(text)); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

// TestSchemaRefuses what Decode refuses for its form.
func TestSchemaRefuses(t *testing.T) {
	schema := compiled(t)
	root := func(node string) string { return `{"trees":[{"name":"main","root":` + node + `}]}` }
	if err := validate(schema, root(`{"kind":"task","word":"hold"}`)); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`{}`, `[]`,
		`{"trees":[{"name":"main"}]}`,
		root(`{"kind":"jump"}`),
		root(`{"kind":"task"}`),
		root(`{"kind":"task","word":"a b"}`),
		root(`{"kind":"task","word":"a","color":"red"}`),
		root(`{"kind":"not","children":[]}`),
		root(`{"kind":"not","children":[{"kind":"task","word":"a"},{"kind":"task","word":"b"}]}`),
		root(`{"kind":"wait","amount":"soon"}`),
		root(`{"kind":"condition","test":"a","memory":true}`),
		`{"trees":[],"keys":[{"name":"k","type":"text"}]}`,
	} {
		if validate(schema, text) == nil {
			t.Errorf("the schema admits %s", text)
		}
		if _, faults := jsonform.Decode("", []byte(text)); faults.OK() {
			t.Errorf("Decode admits %s", text)
		}
	}
}
