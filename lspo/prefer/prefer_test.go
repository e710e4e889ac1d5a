package prefer_test

import (
	"bytes"
	"fmt"
	"log"
	"strings"
	"testing"

	"dryad/lspo/prefer"
)

var rows = []prefer.Row{
	{System: "You play.", Prompt: "Speak.", Chosen: "a < b", Rejected: "c", Margin: 0.25, Origin: map[string]int{"game": 3}},
	{Prompt: "Speak again.", Chosen: "d", Rejected: "e"},
}

// TestWrittenIsSound: what is written in a format has no fault in it.
func TestWrittenIsSound(t *testing.T) {
	for _, f := range prefer.Formats() {
		var b bytes.Buffer
		if err := prefer.Write(&b, f, rows); err != nil {
			t.Fatal(err)
		}
		faults, n, err := prefer.Lint(&b, f)
		if err != nil || n != 2 || len(faults) != 0 {
			t.Errorf("%s: %d rows, %v, %v", f, n, faults, err)
		}
	}
	if err := prefer.Write(&bytes.Buffer{}, "csv", rows); err == nil {
		t.Error("csv: no error")
	}
	if _, _, err := prefer.Lint(strings.NewReader(""), "csv"); err == nil {
		t.Error("csv: no error")
	}
}

// TestOrigins: the file beside OpenAI's has a line for each row.
func TestOrigins(t *testing.T) {
	var b bytes.Buffer
	if err := prefer.WriteOrigins(&b, rows); err != nil {
		t.Fatal(err)
	}
	if want := `{"margin":0.25,"origin":{"game":3}}` + "\n" + `{"margin":0}` + "\n"; b.String() != want {
		t.Errorf("%s, want %s", b.String(), want)
	}
}

func TestLint(t *testing.T) {
	const user = `{"role":"user","content":"x"}`
	answer := func(text string) string { return `[{"role":"assistant","content":"` + text + `"}]` }
	for _, test := range []struct {
		format        prefer.Format
		line, problem string
	}{
		{prefer.TRL, `nonsense`, "no JSON object"},
		{prefer.TRL, `null`, "no JSON object"},
		{prefer.TRL, ``, "empty"},
		{prefer.TRL, `{"prompt":"x","chosen":` + answer("a") + `,"rejected":` + answer("b") + `}`, "prompt has another type than in this format: string"},
		{prefer.TRL, `{"prompt":[` + user + `,` + user + `],"chosen":` + answer("a") + `,"rejected":` + answer("b") + `}`, "end with the user"},
		{prefer.TRL, `{"prompt":[{"role":"assistant","content":"x"}],"chosen":` + answer("a") + `,"rejected":` + answer("b") + `}`, "speaks where user should"},
		{prefer.TRL, `{"prompt":[` + user + `],"chosen":` + answer("a") + `,"rejected":` + answer("a") + `}`, "are the same"},
		{prefer.TRL, `{"prompt":[` + user + `],"chosen":` + answer("") + `,"rejected":` + answer("a") + `}`, "chosen is not one message"},
		{prefer.OpenRLHF, `{"prompt":[` + user + `],"chosen":` + answer("b") + `,"rejected":` + answer("a") + `}`, "margin is missing"},
		{prefer.OpenRLHF, `{"margin":"1","prompt":[` + user + `],"chosen":` + answer("b") + `,"rejected":` + answer("a") + `}`, "margin is no number"},
		{prefer.LLaMA, `{"conversations":[],"chosen":{},"rejected":{}}`, "even number"},
		{prefer.LLaMA, `{"conversations":[{"from":"human","value":"x"}],"chosen":{"from":"human","value":"a"},"rejected":{}}`, "chosen is no message of gpt"},
		{prefer.OpenAI, `{"input":{"messages":[]},"preferred_output":[],"non_preferred_output":[]}`, "input.messages does not end"},
	} {
		faults, _, err := prefer.Lint(strings.NewReader(test.line+"\n"), test.format)
		if err != nil || len(faults) != 1 || faults[0].Line != 1 || !strings.Contains(faults[0].Problem, test.problem) {
			t.Errorf("%s: %v, %v; want %q", test.line, faults, err, test.problem)
		}
	}
}

func FuzzLint(f *testing.F) {
	for _, format := range prefer.Formats() {
		var b bytes.Buffer
		if err := prefer.Write(&b, format, rows); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range prefer.Formats() {
			faults, n, err := prefer.Lint(bytes.NewReader(data), format)
			if err == nil && len(faults) > bytes.Count(data, []byte("\n"))+1 {
				t.Errorf("%d faults in %d rows", len(faults), n)
			}
		}
	})
}

func ExampleLint() {
	file := strings.NewReader(`{"prompt":[{"role":"user","content":"Speak."}],"chosen":[],"rejected":[]}` + "\n")
	faults, rows, err := prefer.Lint(file, prefer.TRL)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(rows, faults)
	// Output: 1 [line 1: chosen is not one message of the assistant with words in it]
}
