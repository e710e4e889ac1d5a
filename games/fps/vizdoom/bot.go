package vizdoom

import (
	"fmt"

	"dryad/games"
	"dryad/games/fps"
)

// BotName is the name of the agent that gives its seat to the engine's own bots.
const BotName = "bot"

// Bot is a player that leaves its seat to the engine. It must sit from the beginning.
type Bot struct{}

// Tick does nothing: the seat never acts.
func (Bot) Tick(games.Body) error { return nil }

// Finish does nothing.
func (Bot) Finish(games.Body) error { return nil }

// Rest leaves the seat to the engine; the match begins after it.
func (Bot) Rest(body games.Body) {
	b, ok := body.(*fps.Body)
	if !ok {
		panic(fmt.Sprintf("vizdoom: bug: a bot on a %T", body))
	}
	b.Delegated = true
}

// Snapshot returns buf: there is no state.
func (Bot) Snapshot(buf []byte) []byte { return buf }

// Restore does nothing.
func (Bot) Restore([]byte) error { return nil }
