package gamestest

import (
	"encoding/json"
	"reflect"
	"testing"

	"dryad/games"
)

// vocabulary tries the words: they are legal, the same at every call, and every
// task has a behaviour.
func vocabulary(t *testing.T, game games.Game) {
	words := game.Vocabulary()
	if err := words.Validate(); err != nil {
		t.Fatal(err)
	}
	if game.Vocabulary() != words {
		t.Error("Vocabulary returns another value at every call")
	}
	if len(words.Tasks) == 0 {
		t.Error("there is nothing to do: the vocabulary has no task")
	}
	for i, task := range words.Tasks {
		behaviour := game.Task(i)
		if behaviour == nil {
			t.Errorf("the task %s has no behaviour", task.Name)
			continue
		}
		if n := behaviour.Words(); n < 0 || n > 1<<10 {
			t.Errorf("the task %s needs %d state words", task.Name, n)
		}
	}
}

// configurations tries Complete: the zero value is legal, what is complete stays
// as it is, and nonsense is refused.
func configurations(t *testing.T, game games.Game, params Params) {
	for _, given := range append([]games.Config{{}}, params.Configs...) {
		once, err := game.Complete(given)
		if err != nil {
			t.Errorf("%+v: %v", given, err)
			continue
		}
		if once.Seats < 1 || once.Ticks < 1 {
			t.Errorf("%+v completed has %d seats and %d ticks", given, once.Seats, once.Ticks)
		}
		twice, err := game.Complete(once)
		if err != nil || !reflect.DeepEqual(once, twice) {
			t.Errorf("%+v completed again is %+v, %v", once, twice, err)
		}
		w, err := game.New(given, 1)
		if err != nil {
			t.Errorf("%+v: %v", given, err)
			continue
		}
		if w.Seats() != once.Seats || w.Now() != 0 {
			t.Errorf("the world has %d seats in tick %d", w.Seats(), w.Now())
		}
		if text, err := json.Marshal(w.Config()); err != nil || !sameConfig(t, text, once) {
			t.Errorf("the world's configuration is %s, not %+v (%v)", text, once, err)
		}
	}
	for _, c := range []games.Config{
		{Seats: -1}, {Seats: 1 << 30}, {Ticks: -1}, {Mode: "no such mode"}, {Map: "no such map"},
		{Rules: json.RawMessage(`{"no such rule":1}`)}, {Rules: json.RawMessage(`{`)},
	} {
		// Whether there is a map may show only when it is loaded.
		if _, err := game.Complete(c); err == nil && c.Map == "" {
			t.Errorf("%+v is taken for legal", c)
		}
		if _, err := game.New(c, 1); err == nil {
			t.Errorf("a match of %+v starts", c)
		}
	}
}

func sameConfig(t *testing.T, text []byte, want games.Config) bool {
	t.Helper()
	other, err := json.Marshal(want)
	return err == nil && string(text) == string(other)
}
