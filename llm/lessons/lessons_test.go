package lessons_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/llm/lessons"
)

func Example() {
	list, err := lessons.Parse([]byte(`{"game": "arena", "lesson": "do not chase when you are low", "from": "a person"}`))
	if err != nil {
		panic(err)
	}
	fmt.Println(lessons.Words(lessons.Of(list, "arena"))[0])
	// Output: do not chase when you are low (from a person)
}

func TestAdd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lessons.jsonl")
	for range 2 { // the second time nothing is new
		if err := lessons.Add(path, lessons.Lesson{Game: "arena", Text: "one\n two"}, lessons.Lesson{Game: "tag", Text: strings.Repeat("a", 2000)}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := lessons.Read(path)
	if err != nil || len(list) != 2 || list[0].Text != "one two" || len(list[1].Text) != lessons.LongestLesson {
		t.Errorf("%+v, %v", list, err)
	}
	if got := lessons.Words(lessons.Of(list, "arena")); len(got) != 1 || got[0] != "one two" {
		t.Errorf("%q", got)
	}
	if list, err := lessons.Read(path + "none"); err != nil || list != nil {
		t.Errorf("no file: %v, %v", list, err)
	}
	if err := lessons.Add(path, lessons.Lesson{Text: "of no game"}); err == nil {
		t.Error("a lesson of no game is kept")
	}
}

// A file that a person has edited into nonsense is one clear line.
func TestNonsense(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lessons.jsonl")
	good := `{"game":"arena","lesson":"a"}` + "\n\n"
	for _, c := range []struct{ line, words string }{
		{"do not chase", "line 3 is no lesson"}, {`{"game":"arena"}`, "says nothing"}, {`{"lesson":"a"}`, "names no game"},
		{`{"game":"arena","lesson":"a","why":1}`, "unknown field"}, {`{"game":"arena","lesson":"a"} {}`, "more follows"},
		{`{"game":"arena","lesson":"` + strings.Repeat("a", 700) + `"}`, "700 bytes"}, {`{"game":"arena","lesson":"a\u0007b"}`, "control characters"},
		{`{"game":"arena","lesson":[1]}`, "line 3"},
	} {
		if err := os.WriteFile(path, []byte(good+c.line+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := lessons.Read(path); err == nil || !strings.Contains(err.Error(), c.words) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", c.line, err)
		}
		if err := lessons.Add(path, lessons.Lesson{Game: "arena", Text: "b"}); err == nil {
			t.Errorf("%s: it is written over", c.line)
		}
	}
	if _, err := lessons.Parse(make([]byte, 2<<20)); err == nil || !strings.Contains(err.Error(), "kB") {
		t.Errorf("a large file: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"game":"arena","lesson":"a","from":"b"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := lessons.Parse(text)
		if err != nil {
			return
		}
		for _, l := range list {
			if l.Game == "" || l.Text == "" || len(l.Text) > lessons.LongestLesson {
				t.Fatalf("%+v", l)
			}
		}
		lessons.Words(list)
	})
}
