package werewolf

import (
	"encoding/json"
	"fmt"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/vocab"
)

// Game is Werewolf. Its zero value is ready; all its methods may be called from
// several goroutines.
type Game struct{}

var _ games.Game = Game{}

// New returns the game.
func New() Game { return Game{} }

// Vocabulary returns the words of the game.
func (Game) Vocabulary() *vocab.Vocabulary { return &vocabulary }

// Task returns the behaviour of one of the vocabulary's tasks.
func (Game) Task(index int) games.Task { return tasks[index] }

// Complete fills in the defaults: the mode classic with seven seats. The rules
// come out with every field set.
func (Game) Complete(c games.Config) (games.Config, error) {
	c, _, err := complete(c)
	return c, err
}

func complete(c games.Config) (games.Config, rules.Set, error) {
	if c.Mode == "" {
		c.Mode = "classic"
	}
	var given struct {
		Players int `json:"players"`
	}
	if len(c.Rules) > 0 && json.Unmarshal(c.Rules, &given) == nil && c.Seats == 0 {
		c.Seats = given.Players
	}
	set, err := rules.Read(c.Mode, c.Seats, c.Rules)
	if err != nil {
		return c, set, err
	}
	c.Seats = set.Players
	most := set.Decisions()
	if c.Ticks == 0 {
		c.Ticks = most
	}
	if c.Ticks < 1 || c.Ticks > most {
		return c, set, fmt.Errorf("a match of werewolf by these rules lasts 1 to %d decisions, not %d", most, c.Ticks)
	}
	c.Rules, err = json.Marshal(set)
	return c, set, err
}

// New starts a match.
func (Game) New(config games.Config, seed uint64) (games.World, error) {
	return NewWorld(config, seed)
}
