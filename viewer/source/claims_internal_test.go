package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/replay"
	"dryad/viewer/session"
)

const claims = `{"seat":1,"critic":"vlm","ratings":[{"dimension":"aim","rating":2,"claims":[
	{"does":"pick_up","at":"0:02","holds":true},{"suffers":"kill","at":"0:03","holds":false},{"figure":"accuracy","below":30,"holds":true}]}]}`

var recorded = &replay.Replay{Ticks: 120, Policies: make([]replay.Policy, 2)}

// TestClaims: what critics claim stands at its time, with what the recording says.
func TestClaims(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.replay")
	if marks, err := Claims(path, recorded, 35); len(marks) != 0 || err != nil {
		t.Errorf("%v, %v", marks, err)
	}
	if err := os.WriteFile(path+".seat1.critique.json", []byte(claims), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".seat0.critique.json", []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	marks, err := Claims(path, recorded, 35)
	if err == nil || !strings.Contains(err.Error(), "seat 0 of out.replay") {
		t.Error(err)
	}
	want := []session.Mark{
		{Tick: 70, Seat: 1, Text: "vlm on aim: the recording bears out: pick up at 0:02"},
		{Tick: 105, Seat: 1, Text: "vlm on aim: the recording contradicts: suffers kill at 0:03"},
		{Tick: 120, Seat: 1, Text: "vlm on aim: the recording bears out: accuracy below 30"},
	}
	if len(marks) != len(want) {
		t.Fatalf("%+v", marks)
	}
	for i := range want {
		if marks[i] != want[i] {
			t.Errorf("%+v, not %+v", marks[i], want[i])
		}
	}
	for _, wrong := range []string{"turn 3", "x", "0:60", ":1", ""} {
		if _, err := readClaims([]byte(strings.Replace(claims, "0:02", wrong, 1)), recorded, 35); err == nil {
			t.Errorf("%q is a time", wrong)
		}
	}
	if marks, err := readClaims([]byte(strings.ReplaceAll(strings.Replace(claims, "0:02", "turn 3", 1), "0:03", "turn 120")), recorded, 0); err != nil || marks[0].Tick != 3 || marks[1].Tick != 120 {
		t.Errorf("%+v, %v", marks, err)
	}
}

// FuzzClaims: whatever stands in the file, the marks lie in the match.
func FuzzClaims(f *testing.F) {
	f.Add([]byte(claims), 35)
	f.Add([]byte(`{"ratings":[{"claims":[{"does":"x","at":"turn 5"}]}]}`), 0)
	f.Add([]byte(`{"seat":-1}`), 1)
	f.Fuzz(func(t *testing.T, text []byte, rate int) {
		marks, err := readClaims(text, recorded, min(max(rate, 0), 1000))
		for _, m := range marks {
			if err != nil || m.Tick < 0 || m.Tick > recorded.Ticks || m.Seat < 0 || int(m.Seat) >= len(recorded.Policies) {
				t.Errorf("%+v, %v", m, err)
			}
		}
	})
}
