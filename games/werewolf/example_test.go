package werewolf_test

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
)

// A game of the paper among agents that decide at random.
func Example() {
	const seed = 7
	world, err := werewolf.NewWorld(games.Config{Seats: 7}, seed)
	if err != nil {
		panic(err)
	}
	players := make([]*werewolf.Player, world.Seats())
	for s := range players {
		players[s] = werewolf.NewPlayer(context.Background(), rambler{}, seed, games.Seat(s))
	}
	for {
		if result, over := world.Result(); over {
			fmt.Println(result.Winner == rules.Wolves, result.Reason)
			break
		}
		for s, p := range players {
			if world.Perceive(games.Seat(s)) {
				if err := p.Tick(world.Body(games.Seat(s))); err != nil {
					panic(err)
				}
			}
		}
		world.Step()
	}
	// Output: true the werewolves equal the others
}

func ExampleRulesText() {
	set, err := rules.Default("classic", 4)
	if err != nil {
		panic(err)
	}
	fmt.Print(werewolf.RulesText(&set))
	// Output:
	// Werewolf is played by 4 players, player_0 to player_3: 1 werewolf, 1 seer, 2 villagers. The roles are dealt at random and are secret.
	// The village wins when all werewolves are out. The werewolves win as soon as they are as many as all other living players together.
	// The game goes in rounds; each is a night and a day. After 4 rounds without a winner the game is drawn.
	// Each night the werewolf kills another living player.
	// Each night a living seer looks at another living player and learns whether that player is a werewolf.
	// In the morning it is announced who was killed, or that nobody was. The killed player is out at once and says nothing more. The role of a player who is out is not shown.
	// Then each living player speaks exactly once, in the order of the numbers.
	// Then all living players vote at the same time for another living player, or abstain. The player with the most votes is out. Of equally many one is drawn at random. If nobody receives a vote, nobody is out.
	// Who voted for whom is shown to all.
}
