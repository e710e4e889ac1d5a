package battlesnake

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"dryad/games"
	"dryad/vocab"
)

// Defaults of a match.
const (
	defaultMap   = "11x11:1"
	defaultSeats = 2
	defaultTicks = 1000
)

// Game is Battlesnake. Its zero value is ready; all its methods may be called
// from several goroutines.
type Game struct{}

var (
	_ games.Game      = Game{}
	_ games.Describer = Game{}
)

// New returns the game.
func New() Game { return Game{} }

// Vocabulary returns the words of the game.
func (Game) Vocabulary() *vocab.Vocabulary { return &vocabulary }

// Task returns the behaviour of one of the vocabulary's tasks.
func (Game) Task(index int) games.Task { return tasks[index] }

// Describe says how many play and how the match ends.
func (g Game) Describe(config games.Config) ([]string, error) {
	config, err := g.Complete(config)
	if err != nil {
		return nil, err
	}
	if config.Seats == 1 {
		return []string{"One snake plays alone; its score is the share of the turns that it lasts."}, nil
	}
	return []string{"The last snake that is in wins; those that go out last together share the win. At the end of the time the longest wins."}, nil
}

// Complete fills in the defaults: two seats, 1000 turns, the map 11x11:1, the
// mode standard.
func (Game) Complete(c games.Config) (games.Config, error) {
	if c.Map == "" {
		c.Map = defaultMap
	}
	if c.Mode == "" {
		c.Mode = "standard"
	}
	if c.Seats == 0 {
		c.Seats = defaultSeats
	}
	if c.Ticks == 0 {
		c.Ticks = defaultTicks
	}
	if _, _, _, err := readMap(c.Map); err != nil {
		return c, err
	}
	switch {
	case c.Mode != "standard":
		return c, fmt.Errorf("battlesnake has no mode %q; its only mode is standard", c.Mode)
	case c.Seats < 1 || c.Seats > MaxSnakes:
		return c, fmt.Errorf("battlesnake is for 1 to %d seats, not %d", MaxSnakes, c.Seats)
	case c.Ticks < 1 || c.Ticks > maxTurns:
		return c, fmt.Errorf("a match of battlesnake lasts 1 to %d turns, not %d", maxTurns, c.Ticks)
	case len(c.Rules) > 0 && string(c.Rules) != "null":
		return c, errors.New("battlesnake has no rule options")
	}
	return c, nil
}

// readMap reads the name of a map: its size, and the family of its starts.
func readMap(name string) (width, height int, family uint64, err error) {
	size, digits, ok := strings.Cut(name, ":")
	columns, rows, also := strings.Cut(size, "x")
	if ok && also {
		width, err = strconv.Atoi(columns)
		if err == nil {
			height, err = strconv.Atoi(rows)
		}
		if err == nil {
			family, err = strconv.ParseUint(digits, 10, 64)
		}
	}
	if !ok || !also || err != nil {
		return 0, 0, 0, fmt.Errorf("battlesnake has no map %q; its maps are named WIDTHxHEIGHT:SEED, such as 11x11:1", name)
	}
	if width < MinSize || width > MaxSize || height < MinSize || height > MaxSize {
		return 0, 0, 0, fmt.Errorf("a board of %d by %d cells: %d to %d are possible", width, height, MinSize, MaxSize)
	}
	return width, height, family, nil
}

// New starts a match.
func (g Game) New(config games.Config, seed uint64) (games.World, error) {
	config, err := g.Complete(config)
	if err != nil {
		return nil, err
	}
	width, height, family, err := readMap(config.Map)
	if err != nil {
		return nil, err
	}
	w := &world{config: config, seed: games.Mix(seed, family), figures: make([]figures, config.Seats), bodies: make([]Body, config.Seats)}
	w.board = setUp(width, height, config.Seats, w.seed)
	w.moves = make([]Direction, config.Seats)
	for s := range w.bodies {
		w.bodies[s].Take(w.board, games.Seat(s))
	}
	return w, nil
}
