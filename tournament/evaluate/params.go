package evaluate

import (
	"errors"
	"fmt"
	"slices"

	"dryad/catalog"
	"dryad/games"
	"dryad/job"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/store"
)

// Params says what is measured and where it is kept.
type Params struct {
	// Row is the game's row of the catalogue.
	Row *catalog.Row
	// Games are the games that are played; each once against each opponent.
	Games []catalog.Definition
	// Policy is what is measured, Against what it meets; their names differ. With
	// nobody to meet it plays all seats of each game twice, and the result has its
	// own figures alone.
	Policy  match.Entrant
	Against []match.Entrant
	Seed    uint64
	// Ticks is the longest match; 0 for what each game says.
	Ticks int
	// Behaviour says how the policy plays, too, with intervals: every match is recorded,
	// and executed once more.
	Behaviour bool
	// Dispatch plays the matches; nil plays them in this process.
	Dispatch *dispatch.Dispatcher
	// Store keeps each pair under the run's ID as it ends; nil keeps nothing.
	Store    *store.Store
	ID       string
	Budget   job.Budget
	Progress *job.Progress
	// Program is dryad's version, for replays.
	Program string
}

// Check reports what would end a run before its first match.
func (p *Params) Check() error {
	c := *p
	return c.complete()
}

func (p *Params) complete() error {
	switch {
	case p.Row == nil || len(p.Games) == 0:
		return errors.New("evaluate: no games are given")
	}
	names := []string{p.Policy.Record.Name}
	for _, a := range p.Against {
		if slices.Contains(names, a.Record.Name) {
			return fmt.Errorf("evaluate: two policies are named %s", a.Record.Name)
		}
		names = append(names, a.Record.Name)
	}
	if p.Dispatch == nil {
		p.Dispatch = &dispatch.Dispatcher{}
	}
	return nil
}

// pairs is the number of pairs in all.
func (p *Params) pairs() int { return len(p.Games) * p.opponents() }

// opponents is how many meet the policy; 1 when it plays alone.
func (p *Params) opponents() int { return max(1, len(p.Against)) }

// fixture is pair number index: all opponents meet the policy on a game before
// the next game, so that its map is loaded once.
type fixture struct {
	index    int
	game     catalog.Definition
	opponent int
	seed     uint64
}

func (p *Params) fixture(index int) fixture {
	game := index / p.opponents()
	return fixture{index: index, game: p.Games[game], opponent: index % p.opponents(), seed: games.Mix(p.Seed, purposePair, uint64(game))}
}

// purposePair splits the seeds of pairs from all others.
const purposePair = 0x6576616c

// key names the pair in the store.
func (f fixture) key() string { return fmt.Sprintf("%08d", f.index) }

// matches returns the two matches of a pair.
func (p *Params) matches(f fixture) [2]match.Params {
	config := f.game.Config
	if p.Ticks > 0 {
		config.Ticks = p.Ticks
	}
	one := match.Params{Game: p.Row.Game(), Config: config, Seed: f.seed, Program: p.Program, Record: p.Behaviour}
	other := one
	mine := p.Policy
	if len(p.Against) == 0 {
		one.Sides, other.Sides = []match.Entrant{mine}, []match.Entrant{mine}
		other.Seed = games.Mix(f.seed, purposePair)
		return [2]match.Params{one, other}
	}
	theirs := p.Against[f.opponent]
	one.Sides, other.Sides = []match.Entrant{mine, theirs}, []match.Entrant{theirs, mine}
	if p.Row.Scoring(f.game.Config).By == match.Alone {
		one.Sides, other.Sides = []match.Entrant{mine}, []match.Entrant{theirs}
	}
	return [2]match.Params{one, other}
}
