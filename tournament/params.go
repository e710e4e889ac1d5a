package tournament

import (
	"fmt"

	"dryad/games"
	"dryad/job"
	"dryad/match"
	"dryad/queue"
	"dryad/replay"
	"dryad/store"
)

// Params says what is played and where it is kept.
type Params struct {
	Game games.Game
	// Config is the configuration of every match but its map. Without seats
	// the game's default is taken; the sides take the teams in turn.
	Config games.Config
	// Maps are played in turn.
	Maps []string
	// Scenarios, if any, are whole configurations that are played in turn in
	// place of Config on Maps, such as named games of a catalogue.
	Scenarios []games.Config
	Seed      uint64
	// Schedule says who meets whom.
	Schedule Schedule
	// Matches is the number of matches in all, rounded up to whole groups; 0 for a
	// schedule that ends by itself.
	Matches int
	// Competitors are the policies; their names are all different.
	Competitors []match.Entrant
	// Portfolios has the members of those competitors that are portfolios, by their
	// index. A portfolio plays a group of matches with one of its members, which it
	// chooses by EXP3 from the results of the rounds before: against each opponent
	// for itself, or, in matches of more than two sides, against all of them. Make
	// is not needed for such a competitor.
	Portfolios map[int][]match.Entrant
	// Test, if any, compares the first of two competitors with the second, and
	// ends the tournament as soon as it has decided.
	Test *Test
	// Scoring says how a pair of matches of a configuration compares two
	// competitors; nil stands for two sides that fight each other.
	Scoring func(games.Config) match.Scoring
	// Rating is a system that rates the competitors beside Elo; none if empty.
	// It changes no match.
	Rating System
	// Bootstrap is the number of resamples of groups from which the intervals of
	// ratings come that do not look at the order of matches; 0 for intervals of the
	// observed information. It changes no match.
	Bootstrap int

	// Workers is the number of matches at a time; 0 for one a processor.
	Workers int
	// Queue, if any, has the matches played, as [match.Assign] puts them, by
	// handlers named "match" ([match.Referee.Play]); then Workers is not looked
	// at, and all policies are written in the language.
	Queue  queue.Queue
	Budget job.Budget
	// Store keeps the matches, under the run's ID.
	Store *store.Store
	ID    string
	// Program is dryad's version, for the replays.
	Program string
	// Keep, if any, is given the replay of each match and returns the path
	// that the store is to remember. It is called for one match at a time.
	Keep     func(f Fixture, r *replay.Replay) (string, error)
	Progress *job.Progress
	// Interim, if any, is kept up to date with the matches that have ended.
	Interim *Interim
	// Begun, if any, is told of each match as it is handed out. It must not wait.
	Begun func(match.Params)
	// Ended, if any, is told of each match that was played, one at a time: also of
	// those that say nothing and are played again, with kept false.
	Ended func(f Fixture, o *match.Outcome, kept bool)
}

// complete checks the parameters.
func (p *Params) complete() error {
	if len(p.Competitors) < 2 {
		return fmt.Errorf("a tournament needs two policies at least, %d are given", len(p.Competitors))
	}
	if err := p.Schedule.check(len(p.Competitors), p.Matches); err != nil {
		return err
	}
	if len(p.Scenarios) > 0 {
		p.Maps = nil
		for _, c := range p.Scenarios {
			p.Maps = append(p.Maps, label(c))
		}
	}
	if len(p.Maps) == 0 {
		p.Maps = []string{p.Config.Map}
	}
	if _, err := p.Rating.newLadder(len(p.Competitors)); err != nil {
		return err
	}
	if p.Test != nil {
		if _, err := p.newTrial(); err != nil {
			return err
		}
	}
	seen := map[string]bool{}
	for _, c := range p.Competitors {
		if seen[c.Record.Name] {
			return fmt.Errorf("two policies are named %s", c.Record.Name)
		}
		seen[c.Record.Name] = true
	}
	for i := range p.Maps {
		if _, err := p.Game.Complete(p.config(i)); err != nil {
			return err
		}
	}
	return p.enoughTeams()
}

// config is the configuration of a map or scenario.
func (p *Params) config(scenario int) games.Config {
	if len(p.Scenarios) > 0 {
		return p.Scenarios[scenario]
	}
	config := p.Config
	config.Map = p.Maps[scenario]
	return config
}

// enoughTeams refuses games that have fewer teams than a match has sides.
func (p *Params) enoughTeams() error {
	sides := p.Schedule.sides()
	if sides == 2 {
		return nil // in a game of one team both would sit on it, and draw
	}
	seen := map[string]bool{}
	for i := range p.Maps {
		config, err := p.Game.Complete(p.config(i))
		if err != nil {
			return err
		}
		kind := fmt.Sprintf("%s %d %s", config.Mode, config.Seats, config.Rules)
		if seen[kind] {
			continue
		}
		seen[kind] = true
		world, err := p.Game.New(config, p.Seed)
		if err != nil {
			return err
		}
		teams := map[int]bool{}
		for s := range world.Seats() {
			teams[world.Team(games.Seat(s))] = true
		}
		if len(teams)%sides != 0 {
			return fmt.Errorf("%s with %d seats has %d teams, which %d sides cannot share: choose another mode or number of seats", config.Mode, config.Seats, len(teams), sides)
		}
	}
	return nil
}

// label names a scenario: by its definition, or by its map.
func label(c games.Config) string {
	if c.Name != "" {
		return c.Name
	}
	return c.Map
}
