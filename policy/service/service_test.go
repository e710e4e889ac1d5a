package service_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"dryad/games/remote"
	"dryad/games/tag"
	"dryad/policy"
	"dryad/policy/service"
)

// tree runs after somebody, and stands still for two ticks where nobody is.
const tree = `policy chaser for tag

tree main:
  selector:
    sequence:
      condition: is_it
      task: move_to nearest_player
    task: stay 2ticks
`

// load binds the tree to the words of tag, whatever file is asked for.
func load(path, _ string) (*policy.Policy, *remote.Stub, error) {
	if path != "chaser.dryad" {
		return nil, nil, fmt.Errorf("there is no %s", path)
	}
	stub := remote.NewStub(tag.New().Vocabulary())
	p, faults := policy.Parse("chaser", []byte(tree), stub, policy.Params{})
	if p == nil {
		return nil, nil, faults.Err()
	}
	return p, stub, nil
}

// talk serves a program's lines and returns the answers, one each.
func talk(t testing.TB, lines ...string) []map[string]any {
	t.Helper()
	var out bytes.Buffer
	s := service.Service{Load: load}
	if err := s.Serve(strings.NewReader(strings.Join(lines, "\n")), &out); err != nil {
		t.Fatal(err)
	}
	var answers []map[string]any
	for scanner := bufio.NewScanner(&out); scanner.Scan(); {
		var a map[string]any
		if err := json.Unmarshal(scanner.Bytes(), &a); err != nil {
			t.Fatalf("answered %q: %v", scanner.Text(), err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(lines) {
		t.Fatalf("%d answers to %d requests: %v", len(answers), len(lines), answers)
	}
	return answers
}

// commands returns the tasks that an answer commands.
func commands(answer map[string]any) (tasks []string) {
	list, _ := answer["commands"].([]any)
	for _, c := range list {
		tasks = append(tasks, c.(map[string]any)["task"].(string))
	}
	return tasks
}

// TestTicks: what the tree commands follows from what the program says, and a
// state that is restored goes on as it did when it was saved.
func TestTicks(t *testing.T) {
	const (
		chase = `{"id":2,"do":"tick","agent":1,"now":0,"features":{"is_it":1},"choices":{"nearest_player":[{"id":3,"x":5,"y":6}]}}`
		rest  = `{"id":3,"do":"tick","agent":1,"now":%d,"features":{"is_it":0}}`
	)
	first := talk(t, `{"id":1,"do":"load","policy":"chaser.dryad","seed":7}`, chase, fmt.Sprintf(rest, 1), `{"id":4,"do":"save","agent":1}`)
	if a := first[0]; a["agent"] != 1.0 || a["name"] != "chaser" || a["game"] != "tag" || fmt.Sprint(a["reads"]) != "[is_it]" {
		t.Errorf("loaded %v", a)
	}
	order := first[1]["commands"].([]any)[0].(map[string]any)
	if order["task"] != "move_to" || order["started"] != true || !strings.Contains(fmt.Sprint(order["args"]), "id:3") {
		t.Errorf("commands %v", order)
	}
	if got := commands(first[2]); len(got) != 1 || got[0] != "stay" || first[2]["status"] != "running" {
		t.Errorf("without a runner: %v", first[2])
	}
	state := first[3]["state"].(string)
	tick := fmt.Sprintf(rest, 2)
	kept := talk(t, `{"do":"load","policy":"chaser.dryad","seed":7}`, chase, fmt.Sprintf(rest, 1), tick)
	restored := talk(t, `{"do":"load","policy":"chaser.dryad","seed":7}`, fmt.Sprintf(`{"do":"restore","agent":1,"state":%q}`, state), tick)
	if a, b := fmt.Sprint(kept[3]), fmt.Sprint(restored[2]); a != b {
		t.Errorf("kept %s, restored %s", a, b)
	}
	if halted := talk(t, `{"do":"load","policy":"chaser.dryad"}`, fmt.Sprintf(rest, 0), `{"do":"halt","agent":1,"now":1}`, fmt.Sprintf(rest, 2)); halted[3]["commands"].([]any)[0].(map[string]any)["started"] != true {
		t.Errorf("after a halt: %v", halted[3])
	}
}

// TestWrongRequests are answered with an error each, and the next one is served.
func TestWrongRequests(t *testing.T) {
	wrong := map[string]string{
		`{"id":9`:                        "unexpected end",
		`{"do":"tick","agent":1}`:        "there is no agent 1; load a policy first",
		`{"do":"load","policy":"other"}`: "there is no other",
		`{"do":"load","policy":"chaser.dryad","seat":256}`: "there is no seat 256",
		`[]`: "cannot unmarshal",
	}
	for line, want := range wrong {
		answers := talk(t, line, `{"id":5,"do":"load","policy":"chaser.dryad"}`)
		if text, _ := answers[0]["error"].(string); !strings.Contains(text, want) {
			t.Errorf("%s: answered %v, want %s", line, answers[0], want)
		}
		if answers[1]["agent"] != 1.0 || answers[1]["id"] != 5.0 {
			t.Errorf("after %s: %v", line, answers[1])
		}
	}
	for line, want := range map[string]string{
		`{"do":"dance","agent":1}`:                                   `there is no request "dance"; there are load, tick, halt, save, restore`,
		`{"do":"restore","agent":1,"state":"~"}`:                     "the state is no base64",
		`{"do":"restore","agent":1,"state":"AAAA"}`:                  "3 bytes are no snapshot",
		`{"do":"tick","agent":1,"features":{"no_such_thing":1}}`:     "no_such_thing",
		`{"do":"tick","agent":1,"choices":{"no_such_chooser":[{}]}}`: "no_such_chooser",
	} {
		if answers := talk(t, `{"do":"load","policy":"chaser.dryad"}`, line); !strings.Contains(fmt.Sprint(answers[1]["error"]), want) {
			t.Errorf("%s: answered %v, want %s", line, answers[1], want)
		}
	}
}

// FuzzServe: whatever a program sends, each line gets one answer that is JSON.
func FuzzServe(f *testing.F) {
	f.Add(`{"do":"tick","agent":1,"now":3,"features":{"is_it":1},"choices":{"nearest_player":[{"id":3}]},"ended":{"stay":true}}`)
	f.Add(`{"do":"restore","agent":1,"state":"AAAAAAAAAAA="}`)
	f.Add(`{"do":"load","policy":"chaser.dryad","seat":-1}`)
	f.Add("{\"id\":1e99,\"do\":\"save\",\"agent\":1}\n\n{}")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\r") || len(text) > 1<<16 {
			return
		}
		lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
		if lines[len(lines)-1] == "" {
			return
		}
		talk(t, append([]string{`{"do":"load","policy":"chaser.dryad"}`}, lines...)...)
	})
}
