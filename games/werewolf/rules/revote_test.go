package rules_test

import (
	"testing"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// TestRevotes: a tie is voted on again, as often as the rules say, and then decided
// as they say; ballots are numbered, and each counts by itself.
func TestRevotes(t *testing.T) {
	set, err := rules.Default("classic", 4)
	if err != nil {
		t.Fatal(err)
	}
	set.Revotes, set.Ties = 2, rules.TieNobody
	day := func() *rules.Table {
		table := rules.Start(&set, []rules.Role{rules.Werewolf, rules.Seer, rules.Villager, rules.Villager})
		for table.Phase() != rules.Vote {
			for seat := range table.Pending().All() {
				if err := table.Decide(seat, rules.Pass()); err != nil {
					t.Fatal(err)
				}
			}
		}
		return table
	}
	vote := func(table *rules.Table, targets ...games.Seat) {
		t.Helper()
		if table.Phase() != rules.Vote || table.Pending() != rules.First(4) {
			t.Fatalf("the table is in %v and waits for %v", table.Phase(), table.Pending().List())
		}
		for seat, target := range targets {
			if err := table.Decide(games.Seat(seat), rules.Point(target)); err != nil {
				t.Fatal(err)
			}
		}
	}
	table := day()
	vote(table, 1, 0, 1, 0)
	vote(table, 1, 0, 0, 0) // the second ballot decides: the tie before does not count
	if !table.Over() || table.Winner() != rules.Village {
		t.Errorf("after the second ballot the winner is %d: %s", table.Winner(), table.Reason())
	}
	turns := map[uint8]int{}
	for _, r := range table.Log() {
		if r.Kind == rules.Voted {
			turns[r.Turn]++
		}
	}
	if turns[0] != 4 || turns[1] != 4 || len(turns) != 2 {
		t.Errorf("the ballots have %v votes", turns)
	}
	table = day()
	for range 3 {
		vote(table, 1, 0, 1, 0)
	}
	if table.Phase() != rules.Night || table.Round() != 2 || table.Alive().Len() != 4 {
		t.Errorf("after three ties the table is in %v of round %d, and %v live", table.Phase(), table.Round(), table.Alive().List())
	}
	set.Revotes = 9
	if set.Validate() == nil {
		t.Error("nine revotes are possible")
	}
}
