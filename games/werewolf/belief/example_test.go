package belief_test

import (
	"fmt"

	"dryad/games"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/rules"
)

// The seer has seen a werewolf; the other one is any of the rest.
func Example() {
	set, err := rules.Default("classic", 7)
	if err != nil {
		panic(err)
	}
	set.Deal = []rules.Role{rules.Seer, rules.Werewolf, rules.Werewolf, rules.Doctor, rules.Villager, rules.Villager, rules.Villager}
	table := rules.Deal(set, 1)
	for table.Phase() == rules.Night {
		for seat := range table.Pending().All() {
			target := games.Seat(1)
			if table.Role(seat) == rules.Werewolf {
				target = 6
			}
			if err := table.Decide(seat, rules.Point(target)); err != nil {
				panic(err)
			}
		}
	}
	b := belief.Of(table.View(0), belief.DefaultModel())
	fmt.Printf("%.2f %.2f %.2f %v\n", b.Wolf(1), b.Wolf(2), b.Wolf(6), b.Likely(1))
	// Output: 1.00 0.25 0.00 werewolf
}
