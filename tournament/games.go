package tournament

import (
	"context"

	"dryad/store"
)

// Game is a match that was played.
type Game struct {
	Key   string `json:"key"`
	Index int    `json:"index"`
	Round int    `json:"round"`
	Map   string `json:"map"`
	Seed  uint64 `json:"seed"`
	// Policies are on the sides in their order, and Members what the portfolios
	// among them have chosen, empty for others; nil without portfolios.
	Policies []string `json:"policies"`
	Members  []string `json:"members,omitempty"`
	// Places are those of the sides, 0 for the best; equal sides share one.
	Places []int  `json:"places"`
	Ticks  int    `json:"ticks"`
	Reason string `json:"reason"`
	// Void says that the match is not counted: something around a player failed.
	Void bool `json:"void,omitempty"`
	// Forfeits are the seats that were taken out of the match.
	Forfeits []GameForfeit `json:"forfeits,omitempty"`
	// Hash is the digest of the last state.
	Hash string `json:"state_hash"`
	// Replay is its path in the run's folder; empty if none was kept.
	Replay string `json:"replay,omitempty"`
}

// GameForfeit is a seat that was taken out of a match.
type GameForfeit struct {
	Side  int    `json:"side"`
	Tick  int    `json:"tick"`
	Class string `json:"class"`
	Text  string `json:"text"`
}

// Games calls each for the matches that the store holds, in the order of the
// schedule. Its error ends the reading and is returned.
func Games(ctx context.Context, p Params, each func(Game) error) error {
	if err := p.complete(); err != nil {
		return err
	}
	return p.games(ctx, func(g Game, _ Fixture, _ record) error { return each(g) })
}

// games is Games with what the store holds.
func (p *Params) games(ctx context.Context, each func(g Game, f Fixture, r record) error) error {
	_, err := p.readRows(ctx, func(row store.MatchText, f Fixture, r record) error {
		sides, places, err := r.standings()
		if err != nil {
			return err
		}
		g := Game{Key: row.Key, Index: f.Index, Round: f.Round, Map: f.Map, Seed: f.Seed, Places: places,
			Ticks: r.Ticks, Reason: r.Reason, Void: r.Void, Hash: r.Hash, Replay: row.Replay}
		for side, competitor := range sides {
			g.Policies = append(g.Policies, p.Competitors[competitor].Record.Name)
			if f.Members != nil {
				member := ""
				if members := p.Portfolios[competitor]; members != nil {
					member = members[f.Members[side]].Record.Name
				}
				g.Members = append(g.Members, member)
			}
		}
		for _, lost := range r.Forfeits {
			g.Forfeits = append(g.Forfeits, GameForfeit{Side: lost.Side, Tick: lost.Tick, Class: lost.Class, Text: lost.Text})
		}
		return each(g, f, r)
	})
	return err
}
