package classic

import (
	"fmt"

	"dryad/cfr"
	"dryad/games"
)

// Player plays a strategy of the compiled game. It is a match.Player and a
// match.Snapshotter without a state: each draw depends on the match's seed, the
// seat and the tick.
type Player struct {
	game     *Game
	strategy *cfr.Strategy
	seed     uint64
}

// Player returns a player for one seat of one match.
func (g *Game) Player(strategy *cfr.Strategy, seat games.Seat, seed uint64) *Player {
	return &Player{game: g, strategy: strategy, seed: games.Mix(seed, streamPlayer, uint64(seat))}
}

// Tick draws an action at what the seat knows.
func (p *Player) Tick(seat games.Body) error {
	b, ok := seat.(*body)
	if !ok || b.world.game != p.game {
		return fmt.Errorf("a strategy for %s sits at another game", p.game.vocabulary.Game)
	}
	state := b.world.state
	i, ok := p.game.tree.Lookup(cfr.Player(b.seat), string(state.AppendKey(nil)))
	if !ok {
		return fmt.Errorf("the strategy knows nothing of %q", state.AppendKey(nil))
	}
	b.wish = 1 + pick(p.strategy.At(i), games.Stream(p.seed, uint64(b.world.now)).Float64())
	return nil
}

// Finish commits it.
func (p *Player) Finish(seat games.Body) error {
	seat.Commit(channelMove)
	return nil
}

// Rest does nothing.
func (p *Player) Rest(games.Body) {}

// Snapshot implements match.Snapshotter: there is no state.
func (p *Player) Snapshot(buf []byte) []byte { return buf }

// Restore implements match.Snapshotter.
func (p *Player) Restore(snapshot []byte) error {
	if len(snapshot) != 0 {
		return errSnapshot
	}
	return nil
}
