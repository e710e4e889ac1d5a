package catalog_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"dryad/catalog"
	"dryad/games"
	"dryad/match"
	"dryad/nn"
)

// TestRows: what a row says of its game is true.
func TestRows(t *testing.T) {
	for _, name := range catalog.Names() {
		t.Run(name, func(t *testing.T) {
			row, err := catalog.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			game := row.Game()
			words := game.Vocabulary()
			if words.Game != name || row.About == "" || strings.HasSuffix(row.About, ".") {
				t.Errorf("the words are of %q; about %q", words.Game, row.About)
			}
			held := map[string]bool{}
			for _, m := range row.Scenarios.HeldOut {
				held[m] = true
			}
			for _, m := range row.Scenarios.Training {
				if held[m] {
					t.Errorf("%s is for training and held out", m)
				}
			}
			for _, c := range row.Scenarios.Configs {
				if _, err := game.Complete(c); err != nil {
					t.Error(err)
				}
			}
			checker := row.Checker(catalog.Networks{})
			if row.Start != "" {
				if p, faults := checker.Parse("start", row.Start); p == nil {
					t.Error(faults)
				}
			}
			shipped, err := row.Shipped()
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range shipped {
				if q, faults := checker.Parse(p.Name, p.Source); q == nil {
					t.Errorf("%s: %v", p.Name, faults)
				}
			}
			for _, n := range row.Networks {
				if _, ok := words.Net(n.Task); !ok {
					t.Errorf("there is no neural task %q", n.Task)
				}
				if n.Observes == "" || n.Acts == "" {
					t.Errorf("%s does not say what it observes and what becomes of its output", n.Task)
				}
				net, err := n.Untrained(1)
				if err == nil {
					err = row.Check(catalog.Networks{Own: map[string]*nn.Network{n.Task: net}})
				}
				if err != nil {
					t.Error(err)
				}
			}
			if len(row.Networks) != len(words.Nets) {
				t.Errorf("%d rows for %d neural tasks", len(row.Networks), len(words.Nets))
			}
			for i, e := range row.Events {
				if e.Weight < 1 || i > 0 && e.Weight > row.Events[i-1].Weight {
					t.Errorf("event %s of weight %d", e.Kind, e.Weight)
				}
			}
		})
	}
}

// TestPainters draw a match that has begun, from above and for a seat.
func TestPainters(t *testing.T) {
	for _, name := range catalog.Names() {
		row, err := catalog.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		if row.Paint == nil {
			continue
		}
		world, err := row.Game().New(games.Config{}, 1)
		if err != nil {
			t.Fatal(err)
		}
		for s := range world.Seats() {
			world.Perceive(games.Seat(s))
		}
		for _, seat := range []games.Seat{games.NoSeat, 0} {
			if picture, err := row.Paint(world, seat, 0, 0); err != nil || picture.Bounds().Empty() {
				t.Errorf("%s, seat %d: %v", name, seat, err)
			}
		}
	}
}

// TestSelect: games and definitions are found by name, and a mistyped name is
// answered with the one that was meant.
func TestSelect(t *testing.T) {
	arena, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	d := arena.Definitions()[42]
	row, config, err := catalog.Select("arena/" + d.Name)
	if err != nil || row != arena || config.Map != d.Config.Map || config.Name != d.Name {
		t.Errorf("%v %+v %v", row, config, err)
	}
	if row, config, err := catalog.Select("tag"); err != nil || row.Name != "tag" || config.Map != "" {
		t.Errorf("%v %+v %v", row, config, err)
	}
	for name, want := range map[string]string{
		"aren":                  `did you mean "arena"?`,
		"chess":                 "there are arena, battlesnake, goofspiel",
		"tag/one":               "tag has no named definitions",
		"arena/" + d.Name + "x": "did you mean",
		d.Name:                  "write arena/" + d.Name,
	} {
		_, _, err := catalog.Select(name)
		if !errors.Is(err, catalog.ErrUnknown) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNetworksOfOnesOwn: a given network takes the place of the shipped one and
// belongs to the policy's hash; one that does not fit is refused.
func TestNetworksOfOnesOwn(t *testing.T) {
	row, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	const tree = "tree main:\n  net: shoot\n"
	mine, err := row.Networks[0].Untrained(5)
	if err != nil {
		t.Fatal(err)
	}
	shipped, faults := row.Checker(catalog.Networks{}).Parse("p", tree)
	own, more := row.Checker(catalog.Networks{Own: map[string]*nn.Network{"shoot": mine}}).Parse("p", tree)
	if shipped == nil || own == nil || shipped.Hash == own.Hash {
		t.Errorf("%v %v", faults, more)
	}
	wrong, err := nn.New(nn.MLP(2, 2), 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := row.Check(catalog.Networks{Own: map[string]*nn.Network{"shoot": wrong}}); err == nil || !strings.Contains(err.Error(), "maps 2 values to 2") {
		t.Error(err)
	}
	broken := mine.Clone()
	broken.Parameters()[7] = float32(math.NaN())
	if err := row.Check(catalog.Networks{Own: map[string]*nn.Network{"shoot": broken}}); err == nil || !strings.Contains(err.Error(), "NaN or infinite") {
		t.Error(err)
	}
	if err := row.Check(catalog.Networks{Own: map[string]*nn.Network{"shot": mine}}); err == nil || !strings.Contains(err.Error(), `did you mean "shoot"?`) {
		t.Error(err)
	}
}

// TestAdd: a row that is not complete, or whose name is taken, is refused.
func TestAdd(t *testing.T) {
	for _, r := range []catalog.Row{{}, {Name: "a/b", New: func() games.Game { return nil }}, {Name: "nothing"}, {Name: "tag", New: func() games.Game { return nil }}} {
		if catalog.Add(r) == nil {
			t.Errorf("%q was added", r.Name)
		}
	}
}

func ExampleFind() {
	row, err := catalog.Find("tag")
	if err != nil {
		fmt.Println(err)
		return
	}
	shipped, err := row.Shipped()
	if err != nil {
		fmt.Println(err)
		return
	}
	p, faults := row.Checker(catalog.Networks{}).Parse(shipped[0].Name, shipped[0].Source)
	if p == nil {
		fmt.Println(faults)
		return
	}
	e := match.Tree(p)
	fmt.Println(row.About, e.Record.Name, len(row.Scenarios.Training))
	// Output: the smallest game: one is it, and tags another runner 8
}
