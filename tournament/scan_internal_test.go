package tournament

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// What is scanned is what encoding/json reads.
func FuzzScanRecord(f *testing.F) {
	for _, text := range []string{
		`{"home":0,"away":1,"result":"win","margin":-0.125,"ticks":700,"state_hash":"8e58975f6d0dc556","reason":"points"}`,
		`{"home":3,"away":0,"result":"draw","margin":-0,"ticks":0,"state_hash":"","reason":""}`,
		`{"home":01,"away":1,"result":"win","margin":1e3,"ticks":1.5,"state_hash":"\u0000","reason":"é"}`,
		`{"home":0,"away":1,"result":"win","margin":00.5,"ticks":1,"state_hash":"x","reason":"y","void":true}`,
		`{"home":0,"away":1,"result":"win","margin":0.1234567890123456,"ticks":9999999999,"state_hash":"x","reason":"y"}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, ok := scanRecord(text)
		if !ok {
			return
		}
		var want record
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !reflect.DeepEqual(r, want) || math.Signbit(r.Margin) != math.Signbit(want.Margin) {
			t.Fatalf("%s\n%+v\n%+v", text, r, want)
		}
	})
}

// What a match of two sides leaves is scanned.
func TestScanRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := record{
			Home: rapid.IntRange(0, 999).Draw(t, "home"), Away: rapid.IntRange(0, 999).Draw(t, "away"),
			Result: rapid.SampledFrom([]string{"win", "draw", "loss"}).Draw(t, "result"),
			Margin: float64(rapid.IntRange(-1<<20, 1<<20).Draw(t, "margin")) / 100,
			Ticks:  rapid.IntRange(0, 1<<20).Draw(t, "ticks"), Hash: "8e58975f6d0dc556", Reason: "time is up",
		}
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if r, ok := scanRecord(string(text)); !ok || !reflect.DeepEqual(r, want) {
			t.Fatalf("%s: %v, %+v", text, ok, r)
		}
	})
}
