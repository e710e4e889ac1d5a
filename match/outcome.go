package match

import (
	"dryad/games"
	"dryad/policy"
	"dryad/replay"
)

// Outcome is what a match came to.
type Outcome struct {
	// Config is the completed configuration.
	Config games.Config
	Seed   uint64
	// Names and Hashes say which policy sits on every seat at the end, Teams
	// has the seat's team.
	Names  []string
	Hashes []string
	Teams  []int
	// Sides has the side that took each seat, of a match between sides. A seat
	// that changes its team in the match stays with its side.
	Sides []int `json:",omitempty"`
	// Ticks is the number of steps made; Over says that the match came to its
	// end, and then Result is set, with forfeits taken into it.
	Ticks  int
	Over   bool
	Result games.Result
	// Metrics has the figures of every seat.
	Metrics [][]games.Metric
	// Events is what happened, if it was to be kept.
	Events   []games.Event
	Forfeits []replay.Forfeit
	// Hash is the digest of the last state.
	Hash uint64
	// Counters has, for every seat that is played by a tree, in how many ticks
	// it exceeded its budget and how often a network's answer was not finite.
	Counters []policy.Counters
	// Profiles has, for every seat that is played by a tree, what its nodes
	// did, if it was to be counted.
	Profiles []*Profile
	// Replay is the record of the match, if it was to be kept.
	Replay *replay.Replay
}

// Inconclusive reports whether the match tells nothing of a policy, because
// something around a player failed.
func (o *Outcome) Inconclusive() bool {
	for _, f := range o.Forfeits {
		if f.Class == ClassInfrastructure {
			return true
		}
	}
	return false
}

// Outcome returns what the match has come to so far. It may be called at any
// tick, and the match played on.
func (m *Match) Outcome() Outcome {
	o := Outcome{
		Config:   m.world.Config(),
		Seed:     m.params.Seed,
		Ticks:    m.world.Now(),
		Hash:     m.world.Hash(),
		Events:   append([]games.Event(nil), m.events...),
		Forfeits: append([]replay.Forfeit(nil), m.forfeits...),
	}
	if o.Result, o.Over = m.world.Result(); o.Over {
		o.Result = settle(m.world, o.Result, m.out)
	}
	for s := range m.players {
		o.Teams = append(o.Teams, m.world.Team(games.Seat(s)))
		o.Names = append(o.Names, m.entrants[s].Record.Name)
		o.Hashes = append(o.Hashes, m.entrants[s].Record.Hash)
		o.Metrics = append(o.Metrics, append([]games.Metric(nil), m.world.Metrics(games.Seat(s))...))
	}
	o.Sides = append(o.Sides, m.params.sides...)
	o.Counters = m.counters()
	if m.params.Profile {
		o.Profiles = m.profiles()
	}
	if m.params.Record {
		o.Replay = m.replay(&o)
	}
	return o
}

// replay puts the record of the match together.
func (m *Match) replay(o *Outcome) *replay.Replay {
	v := m.params.Game.Vocabulary()
	r := &replay.Replay{
		Program: m.params.Program, Game: v.Game, GameVersion: v.Version,
		Config: o.Config, Seed: o.Seed,
		Swaps: append([]replay.Swap(nil), m.swaps...), Ticks: o.Ticks,
		Hashes: append([]replay.Hash(nil), m.hashes...),
		Events: o.Events, Over: o.Over, Result: o.Result, Metrics: o.Metrics, Forfeits: o.Forfeits,
		Notes: append([]replay.Note(nil), m.notes...),
	}
	for s := range m.players {
		r.Policies = append(r.Policies, m.params.Entrants[s].Record)
		r.Commands = append(r.Commands, m.commands[s].Prefix(o.Ticks))
	}
	if m.told != nil {
		told := m.told.Prefix(o.Ticks)
		r.Told = &told
	}
	if last := len(r.Hashes) - 1; last < 0 || r.Hashes[last].Tick != o.Ticks {
		r.Hashes = append(r.Hashes, replay.Hash{Tick: o.Ticks, Value: o.Hash})
	}
	return r
}
