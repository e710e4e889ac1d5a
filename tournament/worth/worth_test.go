package worth_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dryad/catalog"
	"dryad/games"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/tournament/worth"
)

func ExampleTable_Lines() {
	table, err := worth.Parse([]byte(`[{"kind":"task","word":"shoot","by":"net: shoot","policies":3,"pairs":24,"score":0.69,"low":0.57,"high":0.78}]`))
	if err != nil {
		panic(err)
	}
	fmt.Println(table.Lines(5)[0])
	// Output: `net: shoot` in place of `task: shoot`: score 0.69 (0.57 to 0.78) over 24 pairs in 3 policies
}

// A word that wins in another's place has a score above one half, whatever the
// number of workers; the contrary replacement has one below.
func TestMeasure(t *testing.T) {
	row, err := catalog.Find("tag")
	if err != nil {
		t.Fatal(err)
	}
	checker := row.Checker(catalog.Networks{})
	var policies []*policy.Policy
	for _, leaf := range []string{"stay", "flee it_player"} {
		p, faults := checker.Parse("p", "policy p for tag\n\ntree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n    task: "+leaf+"\n")
		if p == nil {
			t.Fatal(faults)
		}
		policies = append(policies, p)
	}
	measure := func(workers int) worth.Table {
		table, err := worth.Measure(t.Context(), worth.Params{
			Row: row, Checker: checker, Policies: policies, Games: []games.Config{{Map: "generated:1", Seats: 2, Ticks: 200}, {Map: "generated:2", Seats: 2, Ticks: 200}},
			Pairs: 8, Seed: 3, Dispatch: &dispatch.Dispatcher{Workers: workers},
		})
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	table := measure(1)
	if !reflect.DeepEqual(table, measure(3)) {
		t.Error("the number of workers changes the table")
	}
	for _, c := range []struct {
		word, by string
		better   bool
	}{{"flee", "move_to", false}} {
		at := slices.IndexFunc(table, func(w worth.Worth) bool { return w.Word == c.word && w.By == c.by })
		if at < 0 || (table[at].Score > 0.5) != c.better || table[at].Pairs != 8 || table[at].Low > table[at].Score || table[at].High < table[at].Score {
			t.Errorf("%s by %s: %+v", c.word, c.by, table)
		}
	}
	text, err := table.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := worth.Parse(text); err != nil || !reflect.DeepEqual(again, table) {
		t.Errorf("%v, %v", again, err)
	}
	if _, err := worth.Measure(t.Context(), worth.Params{Row: row}); err == nil {
		t.Error("nothing is measured without an error")
	}
}

// The shipped tables are whole, and speak of words that the games have.
func TestShipped(t *testing.T) {
	table, err := worth.Shipped("arena")
	if err != nil || len(table) < 100 || len(table.Lines(30)) != 30 {
		t.Fatalf("%d entries, %v", len(table), err)
	}
	shoot := func(line string) bool { return strings.HasPrefix(line, "`net: shoot` in place of `task: shoot`") }
	if lines := table.Lines(30); !slices.ContainsFunc(lines, shoot) {
		t.Error(lines)
	}
	if none, err := worth.Shipped("../arena"); none != nil || err != nil {
		t.Error(none, err)
	}
	for _, bad := range []string{"", "{}", `[{}]`, `[{"word":"a","by":"b","pairs":1,"score":2,"high":1}]`, `[{"word":"a","by":"b","pairs":1,"score":0.5,"low":0.6,"high":0.4}]`} {
		if _, err := worth.Parse([]byte(bad)); err == nil {
			t.Errorf("%s is a table", bad)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`[{"kind":"task","word":"shoot","by":"net: shoot","policies":3,"pairs":24,"score":0.69,"low":0.57,"high":0.78}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		table, err := worth.Parse(text)
		if err == nil {
			table.Lines(30)
		}
	})
}
