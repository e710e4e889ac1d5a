package service_test

import (
	"bytes"
	"strings"
	"testing"

	"dryad/games/remote"
	"dryad/policy"
	"dryad/policy/service"
)

// TestInstantTasks: a task that the game of another process calls instant has
// succeeded in the tick that commands it, so that the sequence goes on.
func TestInstantTasks(t *testing.T) {
	a := service.Agent{Load: func(game *remote.Stub) (*policy.Policy, error) {
		p, faults := policy.Parse("a", []byte("sequence:\n  task: push\n  task: shout\n"), game, policy.Params{})
		if p == nil {
			return nil, faults.Err()
		}
		return p, nil
	}}
	const hello = `{"id":1,"do":"hello","protocol":1,"vocabulary":{"game":"g","version":1,"channels":["hand","voice"],` +
		`"tasks":[{"name":"push","channels":["hand"],"instant":true,"description":"pushes"},{"name":"shout","channels":["voice"],"description":"shouts"}]}}`
	for instant, want := range map[string]int{`"instant":true,`: 2, "": 1} {
		var out bytes.Buffer
		in := strings.Join([]string{strings.Replace(hello, `"instant":true,`, instant, 1), `{"id":2,"do":"sit","seat":0,"seed":7}`,
			`{"id":3,"do":"act","tick":0,"perceived":{"acts":true,"readings":[]}}`}, "\n") + "\n"
		if err := a.Serve(strings.NewReader(in), &out); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(out.String(), `"task":`); got != want {
			t.Errorf("with %q %d tasks are commanded, want %d: %s", instant, got, want, &out)
		}
	}
}
