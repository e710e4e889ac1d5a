package regard_test

import (
	"fmt"
	"log"

	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/regard"
	"dryad/games/werewolf/rules"
)

func ExampleGame() {
	set, err := rules.Default("classic", 4)
	if err != nil {
		log.Fatal(err)
	}
	// Everybody says nothing, by strategy 0, or accuses somebody, by strategy 1.
	lexicon := &regard.Lexicon{}
	set.Deal = []rules.Role{rules.Werewolf, rules.Seer, rules.Villager, rules.Villager}
	table := rules.Deal(set, 1)
	for seat := range rules.First(4).All() {
		lexicon.Add(table.View(seat), belief.DefaultModel(), 0, phrase.Silent(0))
		lexicon.Add(table.View(seat), belief.DefaultModel(), 1, phrase.Accuse((seat+1)%4, 0))
	}
	game, err := regard.New(regard.Params{Set: set, Lexicon: lexicon})
	if err != nil {
		log.Fatal(err)
	}
	s := game.Root()
	for range 3 { // the werewolf kills, the seer looks, somebody has the floor
		var names []string
		for _, a := range s.Actions() {
			names = append(names, game.ActionName(a))
		}
		fmt.Println(names)
		s = s.Child(len(s.Actions()) - 1)
	}
	// Output:
	// [place_0 place_1 place_2]
	// [place_0 place_1 place_2]
	// [strategy_0_about_nobody strategy_1_against_most_suspected]
}
