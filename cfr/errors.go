package cfr

import (
	"errors"
	"fmt"
)

// ErrImperfectRecall says that an exact computation was asked for a player who
// forgets what she knew or did.
var ErrImperfectRecall = errors.New("the player has imperfect recall")

// ErrNotTwoPlayerZeroSum says that an algorithm was asked to solve a game
// outside two-player zero-sum games with perfect recall.
var ErrNotTwoPlayerZeroSum = errors.New("the game is not a two-player zero-sum game with perfect recall")

// GameError is a fault of a game's definition, at one of its histories.
type GameError struct {
	Game    string // name of the game
	History string // actions from the root, separated by spaces; empty for the root
	Problem string // what is wrong there
}

func (e *GameError) Error() string {
	at := "at the root"
	if e.History != "" {
		at = fmt.Sprintf("at history %q", e.History)
	}
	return fmt.Sprintf("game %s, %s: %s", e.Game, at, e.Problem)
}
