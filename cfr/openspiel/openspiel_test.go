package openspiel_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cfr"
	"dryad/cfr/openspiel"
)

// python is the interpreter that scripts/needs installs OpenSpiel for, with the
// environment in which it finds the package of clients/python.
func python(t testing.TB) (program string, env []string) {
	t.Helper()
	program, err := filepath.Abs("../../.tools/openspiel/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", program)
	}
	source, err := filepath.Abs("../../clients/python/src")
	if err != nil {
		t.Fatal(err)
	}
	return program, append(os.Environ(), "PYTHONPATH="+source, "PYTHONDONTWRITEBYTECODE=1")
}

func load(t testing.TB, name string) (cfr.Game, error) {
	t.Helper()
	program, env := python(t)
	return openspiel.Load(context.Background(), openspiel.Params{Game: name, Python: program, Env: env})
}

// TestOpenSpielConfirms: ten games of OpenSpiel's are solved, and OpenSpiel
// finds the NashConv of each strategy that dryad found, to 1e-9.
func TestOpenSpielConfirms(t *testing.T) {
	games := []struct {
		name, canonical string
		iterations      int
		most            float64 // of NashConv; +Inf where no algorithm promises one
	}{
		{"kuhn_poker", "kuhn_poker()", 1000, 1e-3},
		{"kuhn_poker(players=3)", "kuhn_poker(players=3)", 300, math.Inf(1)},
		{"leduc_poker", "leduc_poker()", 300, 2e-2},
		{"liars_dice(dice_sides=3)", "liars_dice(dice_sides=3)", 500, 2e-3},
		{"goofspiel(num_cards=5,imp_info=True,points_order=descending)", "goofspiel(imp_info=True,num_cards=5,points_order=descending)", 300, 1e-2},
		{"first_sealed_auction(max_value=3)", "first_sealed_auction(max_value=3)", 300, math.Inf(1)},
		{"oshi_zumo(coins=4,size=1,horizon=4)", "oshi_zumo(coins=4,horizon=4,size=1)", 300, 1e-2},
		{"tiny_hanabi", "tiny_hanabi()", 300, math.Inf(1)},
		{"dark_hex(board_size=2)", "dark_hex(board_size=2)", 300, 1e-2},
		{"battleship(board_width=2,board_height=2,ship_sizes=[1],ship_values=[1],num_shots=2,allow_repeated_shots=False)", "battleship(allow_repeated_shots=False,board_height=2,board_width=2,num_shots=2,ship_sizes=[1],ship_values=[1])", 300, math.Inf(1)},
	}
	dir := t.TempDir()
	arguments := []string{"-m", "dryad_games.openspiel", "check"}
	var gaps []float64
	for i, g := range games {
		game, err := load(t, g.name)
		if err != nil {
			t.Fatal(err)
		}
		if want := "openspiel:" + g.canonical; game.Name() != want {
			t.Errorf("%s is called %s, not %s", g.name, game.Name(), want)
		}
		tree, err := cfr.Compile(game, cfr.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		solver, err := cfr.New(tree, cfr.Params{Algorithm: "dcfr"})
		if err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
		solver.Run(g.iterations)
		strategy := cfr.NewStrategy(tree)
		solver.Average(strategy)
		gap, err := tree.Exploitability(strategy)
		if err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
		gaps = append(gaps, gap*float64(game.Players()))
		if gaps[i] > g.most {
			t.Errorf("%s: NashConv %g after %d iterations, more than %g", g.name, gaps[i], g.iterations, g.most)
		}
		path := filepath.Join(dir, string(rune('a'+i))+".strategy")
		arguments = append(arguments, path)
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := cfr.WriteStrategy(file, strategy, cfr.StrategyInfo{Algorithm: "dcfr", Iterations: g.iterations, Exploitability: gap}); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	program, env := python(t)
	process := exec.Command(program, arguments...)
	process.Env = env
	var said bytes.Buffer
	process.Stderr = &said
	out, err := process.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, &said)
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for i, g := range games {
		var found struct {
			Game      string
			OpenSpiel float64
		}
		if err := decoder.Decode(&found); err != nil {
			t.Fatal(err)
		}
		if found.Game != "openspiel:"+g.canonical || math.Abs(found.OpenSpiel-gaps[i]) > 1e-9 {
			t.Errorf("%s: NashConv %v, OpenSpiel says %v of %s", g.name, gaps[i], found.OpenSpiel, found.Game)
		}
	}
}

// TestWhatIsRefused: what OpenSpiel or the limit refuses is said in words.
func TestWhatIsRefused(t *testing.T) {
	for name, want := range map[string]string{
		"kuhn":                  "Unknown game 'kuhn'",
		"kuhn_poker(players=1)": "kuhn_poker",
		"pathfinding":           "pathfinding",
		"mfg_crowd_modelling":   "mfg_crowd_modelling",
	} {
		if _, err := load(t, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	program, env := python(t)
	_, err := openspiel.Load(context.Background(), openspiel.Params{Game: "leduc_poker", Python: program, Histories: 1000, Env: env})
	if err == nil || !strings.Contains(err.Error(), "more than 1000 histories") {
		t.Error(err)
	}
	_, err = openspiel.Load(context.Background(), openspiel.Params{Game: "leduc_poker", Python: filepath.Join(t.TempDir(), "nothing")})
	if err == nil || !strings.Contains(err.Error(), "start Python") {
		t.Error(err)
	}
}
