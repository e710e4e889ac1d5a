package jsonform_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/dsl"
	"dryad/dsl/internal/random"
	"dryad/dsl/jsonform"
	_ "dryad/internal/fixedseed"
)

func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := random.Policy().Draw(t, "policy")
		text, err := jsonform.Encode(file)
		if err != nil {
			t.Fatal(err)
		}
		again, faults := jsonform.Decode("", text)
		if len(faults) > 0 || !again.Equal(file) {
			t.Fatalf("%v\n%s\n%s", faults, text, dsl.Format(again))
		}
		second, err := jsonform.Encode(again)
		if err != nil || string(second) != string(text) {
			t.Fatalf("%s\nbecame\n%s", text, second)
		}
	})
}

func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		``:             "cannot be read",
		`{"trees":[]}`: "no tree",
		`{"trees":[{"name":"main","root":{"kind":"jump"}}]}`:                                  "no node of kind",
		`{"trees":[{"name":"main","root":{"kind":"task"}}]}`:                                  "needs the field \"word\"",
		`{"trees":[{"name":"main","root":{"kind":"task","word":"a b:c"}}]}`:                   "",
		`{"trees":[{"name":"main","root":{"kind":"task","word":"a\ntask: b"}}]}`:              "",
		`{"trees":[{"name":"main","root":{"kind":"condition","test":"a # b"}}]}`:              "more than one",
		`{"trees":[{"name":"main","root":{"kind":"wait","amount":"soon"}}]}`:                  "no number",
		`{"trees":[{"name":"main","root":{"kind":"task","word":"a","children":[]}}]} extra`:   "follows the end",
		`{"trees":[{"name":"main","root":{"kind":"task","word":"a","color":"red"}}]}`:         "color",
		`{"trees":[{"name":"main","root":{"kind":"task","word":"a","arguments":["b = c"]}}]}`: "no argument",
	} {
		_, faults := jsonform.Decode("", []byte(text))
		if faults.OK() || !strings.Contains(faults[0].Summary, want) {
			t.Errorf("%s: %v", text, faults)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"trees":[{"name":"main","root":{"kind":"selector","children":[{"kind":"task","word":"a","arguments":["b","3s","(c)"]}]}}]}`)
	f.Add(`{"policy":"a","game":"b","keys":[{"name":"k","type":"enum","values":["x"],"default":"x"}],"trees":[]}`)
	f.Fuzz(func(t *testing.T, text string) {
		file, faults := jsonform.Decode("", []byte(text))
		if !faults.OK() {
			return
		}
		again, err := jsonform.Encode(file)
		if err != nil {
			t.Fatal(err)
		}
		if second, faults := jsonform.Decode("", again); !faults.OK() || !second.Equal(file) {
			t.Fatalf("%q: %v", text, faults)
		}
	})
}
