package tournament

import (
	"errors"
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
	// the game's default is taken; a side plays the even teams, the other the
	// odd ones.
	Config games.Config
	// Maps are played in turn, one a round.
	Maps []string
	// Scenarios, if any, are whole configurations that are played in turn in
	// place of Config on Maps, such as named games of a catalogue.
	Scenarios []games.Config
	Seed      uint64
	// Matches is the number of matches in all; an odd one is rounded up.
	Matches int
	// Competitors are the policies; their names are all different.
	Competitors []match.Entrant
	// Test, if any, compares the first of two competitors with the second, and
	// ends the tournament as soon as it has decided.
	Test *Test
	// Rating is a system that rates the competitors beside Elo; none if empty.
	// It changes no match.
	Rating System

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
}

// complete checks the parameters.
func (p *Params) complete() error {
	switch {
	case len(p.Competitors) < 2:
		return fmt.Errorf("a tournament needs two policies at least, %d are given", len(p.Competitors))
	case p.Matches < 1:
		return errors.New("a tournament needs one match at least")
	}
	if len(p.Scenarios) > 0 {
		p.Maps = nil
		for _, c := range p.Scenarios {
			if _, err := p.Game.Complete(c); err != nil {
				return err
			}
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
	if len(p.Scenarios) > 0 {
		return nil
	}
	for _, m := range p.Maps {
		config := p.Config
		config.Map = m
		if _, err := p.Game.Complete(config); err != nil {
			return err
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
