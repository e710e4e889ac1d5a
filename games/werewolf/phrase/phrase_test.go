package phrase_test

import (
	"testing"

	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/rules"
)

// TestHeard: every sentence is heard as it is meant.
func TestHeard(t *testing.T) {
	for draw := range uint64(6) {
		for text, want := range map[string]hearing.Claim{
			phrase.Claim(rules.Doctor, draw): {Kind: hearing.ClaimsRole, Target: games.NoSeat, Role: rules.Doctor},
			phrase.Report(3, true, draw):     {Kind: hearing.SaysWolf, Target: 3},
			phrase.Report(3, false, draw):    {Kind: hearing.SaysGood, Target: 3},
			phrase.Accuse(3, draw):           {Kind: hearing.Suspects, Target: 3},
			phrase.Defend(3, draw):           {Kind: hearing.Trusts, Target: 3},
			phrase.Question(3, draw):         {Kind: hearing.Asks, Target: 3},
		} {
			found := false
			for _, c := range hearing.Read(text, 0) {
				found = found || c == want
			}
			if !found {
				t.Errorf("%q is heard as %v, want %v", text, hearing.Read(text, 0), want)
			}
		}
		for _, text := range []string{phrase.DefendMe(draw), phrase.Silent(draw)} {
			if got := hearing.Read(text, 0); len(got) > 0 {
				t.Errorf("%q is heard as %v", text, got)
			}
		}
	}
}
