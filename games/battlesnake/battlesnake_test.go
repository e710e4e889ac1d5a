package battlesnake_test

import (
	"encoding/json"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/games/battlesnake"
)

func TestComplete(t *testing.T) {
	got, err := battlesnake.New().Complete(games.Config{})
	if err != nil || got.Map != "11x11:1" || got.Mode != "standard" || got.Seats != 2 || got.Ticks != 1000 {
		t.Errorf("defaults %+v, %v", got, err)
	}
	for want, c := range map[string]games.Config{
		"no map":      {Map: "generated:1"},
		"7 to 25":     {Map: "11x26:1"},
		"no mode":     {Mode: "royale"},
		"1 to 8":      {Seats: 9},
		"turns":       {Ticks: -1},
		"rule option": {Rules: json.RawMessage(`{"x":1}`)},
	} {
		if _, err := battlesnake.New().New(c, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want an error about %q", c, err, want)
		}
	}
}

type points = []battlesnake.Point

// position is a board of 7 by 7 cells with the snakes' bodies.
func position(food points, bodies ...points) *battlesnake.Board {
	b := &battlesnake.Board{Width: 7, Height: 7, Food: food}
	for _, body := range bodies {
		b.Snakes = append(b.Snakes, battlesnake.Snake{Body: body, Health: 50, By: -1})
	}
	return b
}

// reading is a feature or a condition of a seat.
func reading(t *testing.T, b *battlesnake.Board, seat games.Seat, name string) float64 {
	t.Helper()
	i, ok := battlesnake.New().Vocabulary().Reading(name)
	if !ok {
		t.Fatalf("there is no %s", name)
	}
	value := []float64{0}
	battlesnake.Sit(b, seat).Observe([]int32{int32(i)}, value)
	return value[0]
}

// does returns what a task makes of the target of a chooser; "" stands for none.
func does(t *testing.T, b *battlesnake.Board, seat games.Seat, task, chooser string) (bt.Status, string) {
	t.Helper()
	words := battlesnake.New().Vocabulary()
	i, ok := words.Task(task)
	if !ok {
		t.Fatalf("there is no task %s", task)
	}
	body := battlesnake.Sit(b, seat)
	call := games.Call{May: 1, Started: true}
	if chooser != "" {
		c, ok := words.Chooser(chooser)
		if !ok {
			t.Fatalf("there is no chooser %s", chooser)
		}
		target, ok := body.Choose(c, 0)
		if !ok {
			return 0, "nothing to choose"
		}
		call.Args = []games.Value{{Given: true, Target: target}}
	}
	status, used := battlesnake.New().Task(i).Tick(body, call, nil)
	if used == 0 {
		return status, ""
	}
	body.Commit(used)
	return status, body.Move().String()
}

// TestWords: what seats perceive and what tasks do, on positions whose answers can
// be read off.
//
//	. . . . . . .      A, the snake of seat 0, goes along the bottom with its head
//	. . . . . . .      at (2,0); B, longer, has its head at (4,1). Food at (0,3)
//	. . . . b . .      and (4,0).
//	f . . . b . .
//	. . . . b . .
//	. . . . B . .
//	a a A . f . .
func TestWords(t *testing.T) {
	b := position(points{{0, 3}, {4, 0}},
		points{{2, 0}, {1, 0}, {0, 0}},
		points{{4, 1}, {4, 2}, {4, 3}, {4, 4}})
	for name, want := range map[string]float64{
		"health": 50, "length": 3, "x": 2, "y": 0, "snakes_left": 2, "longest_other": 4, "length_lead": -1,
		"food_distance": 2, "food_lead": -1, "food_count": 2, "enemy_distance": 3, "enemy_length": 4,
		"wall_distance": 0, "centre_distance": 4, "safe_moves": 2, "dangerous_moves": 0,
		"space_down": 0, "space_left": 0, "is_longest": 0, "can_win_food": 1, "can_strike": 0, "is_at_edge": 1,
		"is_cramped": 0, "can_reach_tail": 1,
	} {
		if got := reading(t, b, 0, name); got != want {
			t.Errorf("%s is %v, not %v", name, got, want)
		}
	}
	for _, c := range []struct {
		seat          games.Seat
		task, chooser string
		status        bt.Status
		move          string
	}{
		{0, "go_to", "nearest_food", bt.Success, "right"},
		{0, "go_to", "winnable_food", bt.Success, "up"},
		{1, "go_to", "nearest_food", bt.Success, "down"},
		{0, "go_straight", "", bt.Running, "right"},
		{1, "strike", "", bt.Failure, ""},
		{0, "chase", "nearest_enemy", bt.Failure, ""},
		{1, "chase", "nearest_enemy", bt.Running, "down"},
		{0, "keep_away", "", bt.Running, "up"},
		{1, "keep_to_wall", "", bt.Running, "down"},
		{0, "keep_to_centre", "", bt.Running, "up"},
	} {
		if status, move := does(t, b, c.seat, c.task, c.chooser); status != c.status || move != c.move {
			t.Errorf("seat %d, %s %s: %v %q, not %v %q", c.seat, c.task, c.chooser, status, move, c.status, c.move)
		}
	}
	// The heads are beside each other then, and A can only go on.
	b.Advance([]battlesnake.Direction{battlesnake.Right, battlesnake.Left})
	if reading(t, b, 0, "dangerous_moves") != 0 || reading(t, b, 0, "safe_moves") != 1 || reading(t, b, 1, "can_strike") != 0 {
		t.Errorf("%+v", b)
	}
}

// TestDeadEnd: a snake in a dead end has no safe move, and all tasks fail but none
// does harm.
func TestDeadEnd(t *testing.T) {
	b := position(nil, points{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {2, 0}, {2, 1}}, points{{5, 5}, {5, 4}, {5, 3}})
	for _, w := range battlesnake.New().Vocabulary().Tasks {
		chooser := map[string]string{"go_to": "centre", "go_safely": "centre", "chase": "nearest_enemy", "confine": "nearest_enemy"}[w.Name]
		if status, move := does(t, b, 0, w.Name, chooser); status != bt.Failure || move != "" {
			t.Errorf("%s: %v %q", w.Name, status, move)
		}
	}
	if got := battlesnake.Sit(b, 0).Move(); got != battlesnake.Down {
		t.Errorf("without a command it goes %v", got)
	}
}

// FuzzRestore checks that a snapshot is refused or leaves a world that goes on.
func FuzzRestore(f *testing.F) {
	start := func() games.World {
		w, err := battlesnake.New().New(games.Config{Seats: 2, Map: "7x7:1", Ticks: 60}, 1)
		if err != nil {
			f.Fatal(err)
		}
		return w
	}
	f.Add(start().Snapshot(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, snapshot []byte) {
		w := start()
		before := w.Hash()
		if err := w.Restore(snapshot); err != nil {
			if w.Hash() != before {
				t.Error("a refused snapshot changed the world")
			}
			return
		}
		for range 3 {
			if _, over := w.Result(); over {
				return
			}
			for s := range games.Seat(2) {
				if w.Perceive(s) {
					all := make([]int32, battlesnake.New().Vocabulary().Readings())
					for i := range all {
						all[i] = int32(i)
					}
					w.Body(s).Observe(all, make([]float64, len(all)))
					w.Body(s).Commit(0)
				}
			}
			w.Step()
		}
	})
}
