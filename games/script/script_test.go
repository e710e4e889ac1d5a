package script_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/gamestest"
	"dryad/games/script"
	"dryad/lua"
	"dryad/match"
	"dryad/policy"
)

// shipped are the games in Lua that dryad brings along.
func shipped(t testing.TB) map[string]*script.Game {
	t.Helper()
	dirs, err := filepath.Glob("../../examples/games/*")
	if err != nil || len(dirs) < 6 {
		t.Fatalf("%d games: %v", len(dirs), err)
	}
	out := map[string]*script.Game{}
	for _, dir := range dirs {
		g, err := script.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(dir)] = g
	}
	return out
}

// TestConformance: every game in Lua keeps the contract of a game.
func TestConformance(t *testing.T) {
	for name, g := range shipped(t) {
		t.Run(name, func(t *testing.T) {
			gamestest.Run(t, g, gamestest.Params{Seeds: []uint64{1}, Ticks: 12, Configs: []games.Config{{Ticks: 40}}})
		})
	}
}

// trees are a policy for each game that plays it well enough to see it.
var trees = map[string]string{
	"tag":     "tree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n    task: flee it_player\n",
	"hill":    "tree main:\n  parallel:\n    task: move_to hill\n    succeed:\n      task: push nearest_player\n",
	"snake":   "tree main:\n  selector:\n    sequence:\n      condition: room_ahead == 0\n      selector:\n        sequence:\n          condition: room_left > room_right\n          task: left\n        task: right\n    sequence:\n      condition: food_right > 0 and room_right > 0 and food_ahead <= 0\n      task: right\n    sequence:\n      condition: food_right < 0 and room_left > 0 and food_ahead <= 0\n      task: left\n    task: straight\n",
	"tanks":   "tree main:\n  selector:\n    sequence:\n      condition: clear_shot and abs(bearing) < 5deg\n      task: fire\n    sequence:\n      condition: clear_shot\n      task: turn_to_enemy\n    sequence:\n      condition: blocked\n      task: turn 15\n    task: drive\n",
	"kitchen": "tree main:\n  selector:\n    sequence:\n      condition: holds == dish\n      task: serve\n    sequence:\n      condition: pot_ready and holds == nothing\n      task: take_dish\n    sequence:\n      condition: holds == onion and onions < 3\n      task: fill_pot\n    sequence:\n      condition: holds == nothing and onions < 3\n      task: fetch_onion\n    task: wait_here\n",
	"towers":  "tree main:\n  selector:\n    sequence:\n      condition: can_build and towers < 4\n      task: build middle_place\n    sequence:\n      condition: can_raise\n      task: raise weakest_tower\n    task: save\n",
}

// TestTheyArePlayed: a tree plays each of the games to its end, draws it, and beats
// one that does nothing.
func TestTheyArePlayed(t *testing.T) {
	for name, g := range shipped(t) {
		t.Run(name, func(t *testing.T) {
			var entrants []match.Entrant
			for _, text := range []string{trees[name], "tree main:\n  wait: 1ticks\n"} {
				p, faults := policy.Parse(name, []byte(text), g, policy.Params{})
				if p == nil {
					t.Fatal(faults.Err())
				}
				entrants = append(entrants, match.Tree(p))
			}
			o, err := match.Run(t.Context(), match.Params{Game: g, Seed: 3, Sides: entrants})
			if err != nil || !o.Over || len(o.Forfeits) > 0 {
				t.Fatalf("%+v %v", o, err)
			}
			if o.Result.Scores[0] <= o.Result.Scores[len(o.Result.Scores)-1] {
				t.Errorf("%+v", o.Result)
			}
			w, err := g.New(games.Config{}, 1)
			if err != nil {
				t.Fatal(err)
			}
			picture, err := g.Picture(w, games.NoSeat, 0, 0)
			if err != nil || picture.Bounds().Dx() < 100 {
				t.Errorf("%v", err)
			}
		})
	}
}

// minimal is a game without a fault, which the tests break.
const minimal = `
game = {
  name = "small", seats = {1, 2, 1}, ticks = {100, 10}, channels = {"hand"},
  features = {{name = "n", kind = "int", max = 9, description = "a number"}},
  tasks = {{name = "go", channels = {"hand"}, instant = true, description = "goes"}},
}
function setup(seats, ticks) return {n = 0, ticks = ticks} end
function step(state, commands) state.n = state.n + 1 return state end
function observe(state, seat) return {n = state.n} end
function result(state) if state.n >= state.ticks then return {state.n} end end
`

// TestFaultsOfWords: what is wrong with the words is told with its place.
func TestFaultsOfWords(t *testing.T) {
	if _, err := script.Parse("game.lua", []byte(minimal)); err != nil {
		t.Fatal(err)
	}
	for from, c := range map[string][2]string{
		"no step":     {"function step", "there is no function step"},
		"twice":       {`tasks = {{`, `"go" is declared twice`},
		"kind":        {`kind = "int"`, `kind "colour", which does not exist`},
		"upside down": {`max = 9`, "upside down"},
		"unknown":     {`instant = true`, `game.tasks[1]: the field fast`},
		"type":        {`max = 9`, "game.features[1]: max is a string, not a number"},
		"seats":       {`{1, 2, 1}`, "game: seats has 2 numbers, not 3"},
		"syntax":      {"function setup(", "game.lua"},
	} {
		to := map[string]string{
			"no step": "function stop", "twice": `tasks = {{name = "go", description = "goes"}, {`, "kind": `kind = "colour"`,
			"upside down": "min = 10, max = 9", "unknown": "fast = true", "type": `max = "9"`, "seats": "{1, 2}", "syntax": "function setup((",
		}[from]
		_, err := script.Parse("game.lua", []byte(strings.Replace(minimal, c[0], to, 1)))
		if err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: %v, want %s", from, err, c[1])
		}
	}
}

// TestFaultsInPlay: a script that breaks a rule ends its match, and says where.
func TestFaultsInPlay(t *testing.T) {
	for what, c := range map[string][3]string{
		"endless":      {"state.n = state.n + 1", "while true do end", "used up its instructions"},
		"no state":     {"return state end\nfunction observe", "end\nfunction observe", "step must return the state"},
		"no feature":   {"return {n = state.n}", "return {m = 1}", "there is no n"},
		"unknown":      {"return {n = state.n}", "return {n = 1, m = 2}", `"m" is neither a feature nor a condition`},
		"no end":       {"return {state.n} end", "return end", "the match has lasted its 10 ticks"},
		"nil":          {"state.n + 1", "state.m + 1", "game.lua: step: line"},
		"function":     {"state.n = state.n + 1", "state.f = setup", "a function, which is no plain value"},
		"cycle":        {"state.n = state.n + 1", "state.s = state", "does one hold itself?"},
		"not a number": {"state.n = state.n + 1", "state.n = 0/0", "the number NaN"},
	} {
		g, err := script.Parse("game.lua", []byte(strings.Replace(minimal, c[0], c[1], 1)))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		p, faults := policy.Parse("p", []byte("tree main:\n  task: go\n"), g, policy.Params{})
		if p == nil {
			t.Fatal(faults.Err())
		}
		o, err := match.Run(t.Context(), match.Params{Game: g, Seed: 1, Entrants: []match.Entrant{match.Tree(p)}})
		text := fmt.Sprint(err)
		if err == nil && len(o.Forfeits) > 0 {
			text = o.Forfeits[0].Text
		}
		if !strings.Contains(text, c[2]) {
			t.Errorf("%s: %s, want %s", what, text, c[2])
		}
	}
}

// TestCheck: the template has no fault and no hint, and every shipped game no fault.
func TestCheck(t *testing.T) {
	g, err := script.Parse("template.lua", []byte(script.Template))
	if err != nil {
		t.Fatal(err)
	}
	if r := script.Check(g); len(r.Faults)+len(r.Hints) > 0 || r.Matches == 0 {
		t.Errorf("%+v", r)
	}
	g, err = script.Parse("game.lua", []byte(strings.Replace(minimal, "return {n = state.n}", "if state.n > 5 then return {} end return {n = 2}", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if r := script.Check(g); len(r.Faults) != 1 || !strings.Contains(r.Faults[0], "there is no n") {
		t.Errorf("%+v", r)
	}
}

// FuzzParse reads any script as a game. What is admitted starts a match and plays a
// few ticks of it, or says what is wrong.
func FuzzParse(f *testing.F) {
	f.Add(minimal)
	f.Add("game = {name = \"g\"}\nfunction setup() end\nfunction step() end\nfunction observe() end\nfunction result() end\n")
	if source, err := os.ReadFile("../../examples/games/snake/game.lua"); err == nil {
		f.Add(string(source))
	}
	f.Fuzz(func(t *testing.T, source string) {
		g, err := script.Parse("game.lua", []byte(source))
		if err != nil {
			return
		}
		w, err := g.New(games.Config{}, 1)
		if err != nil {
			return
		}
		for range 3 {
			if _, over := w.Result(); over {
				return
			}
			for s := range w.Seats() {
				if w.Perceive(games.Seat(s)) {
					w.Body(games.Seat(s)).Commit(0)
				}
			}
			w.Step()
		}
	})
}

// FuzzData reads any bytes as a value of a script: what is read is written back the
// same.
func FuzzData(f *testing.F) {
	d := lua.Data{Kind: lua.TableData, Array: []lua.Data{lua.NumberOf(2)}, Fields: []lua.DataField{{Key: lua.TextOf("a"), Value: lua.BoolOf(true)}}}
	f.Add(lua.AppendData(nil, &d))
	f.Add([]byte{4, 0, 1, 3, 1, 'x', 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := lua.ReadData(data)
		if err != nil {
			return
		}
		again, err := lua.ReadData(lua.AppendData(nil, &d))
		if err != nil || string(lua.AppendData(nil, &again)) != string(lua.AppendData(nil, &d)) {
			t.Fatalf("%v", err)
		}
	})
}
