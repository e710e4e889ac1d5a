package hearing_test

import (
	"fmt"
	"slices"
	"testing"

	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

func TestRead(t *testing.T) {
	const me = games.Seat(1)
	none := games.NoSeat
	for text, want := range map[string][]hearing.Claim{
		"I am the seer, and player_3 is a werewolf.":           {{hearing.ClaimsRole, me, none, rules.Seer}, {hearing.SaysWolf, me, 3, 0}},
		"I'm the seer. I looked at player_2: not a werewolf.":  {{hearing.ClaimsRole, me, none, rules.Seer}},
		"I am the seer. player_2 is not a werewolf.":           {{hearing.ClaimsRole, me, none, rules.Seer}, {hearing.SaysGood, me, 2, 0}},
		"I think that player_4 is a werewolf.":                 {{hearing.Suspects, me, 4, 0}},
		"I suspect player_12. We should vote for player_12.":   {{hearing.Suspects, me, 12, 0}},
		"I trust player_0, who is innocent.":                   {{hearing.Trusts, me, 0, 0}},
		"Do not vote for player_5.":                            {{hearing.Trusts, me, 5, 0}},
		"player_6, whom do you suspect, and why?":              {{hearing.Asks, me, 6, 0}},
		"player_6 can you explain how you voted?":              {{hearing.Asks, me, 6, 0}},
		"I am not the seer.":                                   nil,
		"My role is villager.":                                 {{hearing.ClaimsRole, me, none, rules.Villager}},
		"I have nothing to add for now.":                       nil,
		"":                                                     nil,
		"I am innocent. Voting for me only helps player_9":     nil,
		"I am player_1 and I suspect player_2 and player_3":    {{hearing.Suspects, me, 2, 0}, {hearing.Suspects, me, 3, 0}},
		"I vouch for player_2; player_3 is lying":              {{hearing.Trusts, me, 2, 0}, {hearing.Suspects, me, 3, 0}},
		"As the doctor I saved player_2":                       {{hearing.ClaimsRole, me, none, rules.Doctor}},
		"I inspected player_3, player_3 is a werewolf. Trust!": {{hearing.Suspects, me, 3, 0}},
	} {
		if got := hearing.Read(text, me); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("I am the seer, and player_3 is a werewolf.")
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range hearing.Read(text, 2) {
			if c.Speaker != 2 || c.Target == 2 || c.Target >= rules.MaxSeats {
				t.Errorf("%q: %v", text, c)
			}
		}
	})
}

func ExampleRead() {
	for _, c := range hearing.Read("I am the seer, and player_3 is a werewolf.", 1) {
		fmt.Println(c.Kind, c.Target, c.Role)
	}
	// Output:
	// claims_role -1 seer
	// says_wolf 3 unknown
}
