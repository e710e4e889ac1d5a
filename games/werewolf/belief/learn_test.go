package belief_test

import (
	"math/rand/v2"
	"testing"

	"dryad/games"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/rules"
)

// TestTally: werewolves who spare each other and never claim a role, a village
// that votes for werewolves twice as often as chance has it, and seers who tell
// what they find are found out.
func TestTally(t *testing.T) {
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	var parts [2]belief.Tally
	for seed := range uint64(200) {
		parts[seed%2].Add(playedOut(t, &set, seed))
	}
	parts[0].Merge(&parts[1])
	m := parts[0].Model()
	for _, x := range []struct {
		name           string
		got, low, high float64
	}{
		{"WolfVotesMate", m.WolfVotesMate, 0.19, 0.21}, // the bound
		{"VillageVotesWolf", m.VillageVotesWolf, 1.7, 2.3},
		{"VillageSuspectsWolf", m.VillageSuspectsWolf, 0.8, 1.25}, // they accuse anybody
		{"WolfClaimsSeer", m.WolfClaimsSeer, 0.02, 0.1},
		{"VillageLies", m.VillageLies, 0.02, 0.1},
		{"TrueClaim", m.TrueClaim, 1.5, 1.5},
		{"SeerErs", m.SeerErs, 0.02, 0.05},
	} {
		if x.got < x.low || x.got > x.high {
			t.Errorf("%s is %g, want %g to %g", x.name, x.got, x.low, x.high)
		}
	}
	if !m.Choices {
		t.Error("votes are no choices")
	}
	if empty := new(belief.Tally).Model(); empty.VillageVotesWolf != 1 {
		t.Errorf("nothing was counted: %+v", empty)
	}
}

func playedOut(t *testing.T, set *rules.Set, seed uint64) *rules.Table {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	table := rules.Deal(*set, seed)
	for !table.Over() {
		if table.Phase() == rules.Tie {
			if err := table.Break(table.Tied().Lowest()); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for seat := range table.Pending().All() {
			if err := table.Decide(seat, decided(table, seat, r)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return table
}

func decided(table *rules.Table, seat games.Seat, r *rand.Rand) rules.Decision {
	v := table.View(seat)
	others := table.Alive() &^ rules.Of(seat)
	if v.Act == rules.Speak {
		for i := range v.Log {
			if x := &v.Log[i]; x.Kind == rules.Inspected && v.Alive.Has(x.Target) {
				return rules.Say(phrase.Report(x.Target, x.Finding == rules.Wolf, r.Uint64()))
			}
		}
		return rules.Say(phrase.Accuse(others.Nth(r.IntN(others.Len())), r.Uint64()))
	}
	var drawn []games.Seat // a werewolf twice
	for target := range v.Legal.All() {
		if v.Act == rules.Ballot && v.Mates.Has(target) {
			continue
		}
		drawn = append(drawn, target)
		if v.Act == rules.Ballot && table.Role(target) == rules.Werewolf {
			drawn = append(drawn, target)
		}
	}
	return rules.Point(drawn[r.IntN(len(drawn))])
}
