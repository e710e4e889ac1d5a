package rules_test

import (
	"fmt"

	"dryad/games/werewolf/rules"
)

// The first decision point of a game: who decides, and what one of them sees.
func Example() {
	set, err := rules.Default("classic", 7)
	if err != nil {
		panic(err)
	}
	set.Deal = []rules.Role{rules.Villager, rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager, rules.Werewolf, rules.Villager}
	table := rules.Deal(set, 1)
	for seat := range table.Pending().All() {
		v := table.View(seat)
		fmt.Println(rules.Name(seat), v.Role, v.Act, v.Legal.List())
	}
	// Output:
	// player_1 werewolf kill [0 2 3 4 6]
	// player_2 seer inspect [0 1 3 4 5 6]
	// player_3 doctor protect [0 1 2 3 4 5 6]
}
