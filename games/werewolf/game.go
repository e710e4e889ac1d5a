package werewolf

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

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
// come out with every field set. The map, if one is given, names a book of deals
// ("deals:N"), of which the seed of a match opens a page: what is learned on some
// books can be measured on others.
func (Game) Complete(c games.Config) (games.Config, error) {
	c, _, err := complete(c)
	return c, err
}

func complete(c games.Config) (games.Config, rules.Set, error) {
	if c.Mode == "" {
		c.Mode = "classic"
	}
	if _, err := book(c.Map); err != nil {
		return c, rules.Set{}, err
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

// book reads the name of a book of deals.
func book(name string) (uint64, error) {
	if name == "" {
		return 0, nil
	}
	digits, ok := strings.CutPrefix(name, "deals:")
	n, err := strconv.ParseUint(digits, 10, 64)
	if !ok || err != nil {
		return 0, fmt.Errorf("werewolf has no map %q; its maps are books of deals, named deals:N", name)
	}
	return n, nil
}

// page returns the seed of the cards: that of the match, unless they come out of
// a book.
func page(config games.Config, seed uint64) uint64 {
	const purposeBook = 0x626f6f6b
	if config.Map == "" {
		return seed
	}
	n, err := book(config.Map)
	if err != nil {
		panic("werewolf: bug: a completed configuration: " + err.Error())
	}
	return games.Mix(seed, purposeBook, n)
}

// New starts a match.
func (Game) New(config games.Config, seed uint64) (games.World, error) {
	return NewWorld(config, seed)
}
