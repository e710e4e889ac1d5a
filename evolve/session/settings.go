package session

import (
	"fmt"
	"slices"
	"strings"

	"dryad/evolve"
	"dryad/games"
	"dryad/internal/english"
	"dryad/match"
	"dryad/policy"
)

// Settings are all that determines the result of a search beside the game and
// the proposer. A run's folder keeps them. The zero value of a field takes the
// default of the field of that name in [evolve.Params], or the one in its
// comment.
type Settings struct {
	Seed      uint64            `json:"seed"`
	Start     string            `json:"start"`
	Baselines []evolve.Baseline `json:"baselines"`
	// Search is evolve.SearchLocal, evolve.SearchIID or evolve.SearchGenetic;
	// SearchLocal.
	Search string `json:"search,omitempty"`
	// Opponents says how a local search chooses opponents.
	Opponents string `json:"opponents,omitempty"`
	// Aim, Pool, Curriculum and Without are for a local search.
	Aim        string         `json:"aim,omitempty"`
	Pool       []games.Config `json:"pool,omitempty"`
	Curriculum bool           `json:"curriculum,omitempty"`
	Without    []string       `json:"without,omitempty"`
	// Library are trees whose parts a local search puts together, Sparring those
	// that it meets from the beginning.
	Library  []evolve.Baseline `json:"library,omitempty"`
	Sparring []evolve.Baseline `json:"sparring,omitempty"`
	// Training and HeldOut are the scenarios; they must have no map in common.
	Training   []games.Config `json:"training"`
	HeldOut    []games.Config `json:"held_out"`
	Candidates int            `json:"candidates"`
	Keep       int            `json:"keep"`
	Islands    int            `json:"islands,omitempty"`
	// Better is the score over the champion that the sequential test looks for;
	// 0.6.
	Better float64 `json:"better"`
	// Pairs of matches against each opponent in the finals.
	Pairs       int `json:"held_out_pairs"`
	Generations int `json:"generations"`
	// MaxMatches and MaxMinutes end the search; the finals come after them. 0 is
	// no limit.
	MaxMatches int     `json:"max_matches"`
	MaxMinutes float64 `json:"max_minutes"`
}

// Scenarios crosses maps with configurations: every map in turn, the
// configurations changing fastest.
func Scenarios(game games.Game, configs []games.Config, maps []string, ticks int) ([]games.Config, error) {
	var all []games.Config
	for _, m := range maps {
		for _, c := range configs {
			c.Map, c.Ticks = m, ticks
			complete, err := game.Complete(c)
			if err != nil {
				return nil, err
			}
			all = append(all, complete)
		}
	}
	return all, nil
}

// Playable reports the first scenario that cannot be played, because its map is
// missing or cannot be read.
func Playable(game games.Game, configs []games.Config) error {
	tried := map[string]bool{}
	for _, c := range configs {
		if tried[c.Map] {
			continue
		}
		tried[c.Map] = true
		if _, err := game.New(c, 1); err != nil {
			return err
		}
	}
	return nil
}

// Describe says in words what the matches are, for an author.
func Describe(game games.Game, training []games.Config) []string {
	seen := map[string]bool{}
	var lines []string
	for _, c := range training {
		mode := c.Mode
		if mode == "" {
			mode = game.Vocabulary().Game
		}
		line := fmt.Sprintf("Matches of %s with %s, at most %s long.", mode, english.Number(c.Seats, "seat"), length(c, game))
		if !seen[line] {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	lines = append(lines, rules(game, training)...)
	maps := map[string]bool{}
	for _, c := range training {
		maps[c.Map] = true
	}
	return append(lines, fmt.Sprintf("There are %d maps to train on; the final matches are on maps that nobody has seen.", len(maps)))
}

// toldRules is how many sets of rules an author is told apart.
const toldRules = 4

// rules are what the game says of its rules. A sentence that does not hold in
// all matches begins with where it holds, or is left out when the matches have
// many sets of rules.
func rules(game games.Game, training []games.Config) []string {
	describer, ok := game.(games.Describer)
	if !ok {
		return nil
	}
	holds := map[string][]string{} // sentence to the kinds of matches
	var sets, sentences []string
	alike := map[string]int{} // sets of rules of a kind
	for _, c := range training {
		kind := match.KindOf(c)
		set := kind + " " + string(c.Rules)
		if slices.Contains(sets, set) {
			continue
		}
		said, err := describer.Describe(c)
		if err != nil {
			continue // the search itself says why
		}
		sets = append(sets, set)
		alike[kind]++
		for _, sentence := range said {
			if holds[sentence] == nil {
				sentences = append(sentences, sentence)
			}
			holds[sentence] = append(holds[sentence], kind)
		}
	}
	var lines []string
	for _, sentence := range sentences {
		kinds := holds[sentence]
		switch {
		case len(kinds) == len(sets):
			lines = append(lines, sentence)
		case len(sets) <= toldRules:
			for k, kind := range kinds {
				if alike[kind] > 1 {
					kinds[k] = "some " + kind
				}
			}
			lines = append(lines, "In "+strings.Join(slices.Compact(kinds), " and ")+": "+sentence)
		}
	}
	if len(sets) > toldRules {
		lines = append(lines, "The rules differ between matches; these hold in all of them.")
	}
	return lines
}

// length says how long a match may last.
func length(c games.Config, game games.Game) string {
	if rate := game.Vocabulary().TicksPerSecond; rate > 0 {
		return fmt.Sprintf("%d seconds", c.Ticks/rate)
	}
	return english.Number(c.Ticks, "turn")
}

// Check reports what would end a search before its first match: settings that
// contradict each other, a faulty tree, a map that is missing.
func Check(checker *policy.Checker, s *Settings) error {
	p := (&Session{p: Params{Settings: *s, Checker: checker, Proposer: Embedded(checker, s.Search)}}).params()
	if err := p.Check(); err != nil {
		return err
	}
	return Playable(checker.Game(), append(slices.Clone(s.Training), s.HeldOut...))
}
