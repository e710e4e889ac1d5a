package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

type playCommand struct {
	Game string `arg:"" help:"Name of the game."`
	seatFlag
	seedFlag
	mapFlag
	wadFlag
	Mode  string `help:"Rule set of the match; the game's first one by default." placeholder:"MODE"`
	Rules string `help:"Rule options of the game, as a JSON object." placeholder:"JSON"`
	ticksFlag
	Replay string  `help:"File to write the replay to." placeholder:"FILE"`
	Watch  bool    `help:"Play at the game's own speed, and take a policy into the running match whenever its file is saved."`
	Speed  float64 `help:"With --watch, how many times the game's own speed." default:"1" placeholder:"X"`
	Model  string  `help:"Chat model of the seats react and recon." placeholder:"M"`
	modelFlags
	Profile bool `help:"Show what the nodes of each tree did."`
	jsonFlag
}

// Help is the long help of the command.
func (playCommand) Help() string { return strings.TrimSpace(tableHelp + promptHelp) }

func (c *playCommand) Run(env *Env) error {
	game, err := gameByName(c.Game)
	if err != nil {
		return err
	}
	if err := c.findWADs(); err != nil {
		return err
	}
	if len(c.Seat) == 0 {
		return errors.New("nobody plays: give a policy for each seat with --seat FILE")
	}
	if c.Speed <= 0 {
		return fmt.Errorf("--speed %g: it must be above 0", c.Speed)
	}
	config := games.Config{Map: c.Map, Mode: c.Mode, Ticks: c.Ticks}
	if c.Rules != "" {
		if config.Rules = json.RawMessage(c.Rules); !json.Valid(config.Rules) {
			return fmt.Errorf("--rules: %s is no JSON", c.Rules)
		}
	}
	if c.Seat, err = fillTable(game, config, c.Seat); err != nil {
		return err
	}
	prompters, asked, err := c.prompters(env, game)
	if err != nil {
		return err
	}
	if asked != nil {
		defer asked.Close()
		defer asked.report(env)
	}
	entrants, err := seatEntrants(env, c.Seat, game, prompters)
	if err != nil {
		return err
	}
	m, err := match.New(match.Params{
		Game: game, Config: config, Seed: c.Seed, Entrants: entrants,
		Program: Version, Record: c.Replay != "", Profile: c.Profile,
		// What is said at a table is the better half of its game.
		Events: game.Vocabulary().TicksPerSecond == 0, Observe: tellPeople,
	})
	if err != nil {
		return err
	}
	defer m.Close()
	var outcome match.Outcome
	if c.Watch {
		outcome, err = c.watch(env, game, m)
	} else {
		outcome, err = m.Finish(env.Context)
	}
	if c.Replay != "" && outcome.Replay != nil {
		// A match that was broken off leaves the replay of what was played.
		if e := replay.WriteFile(c.Replay, outcome.Replay); e != nil {
			return e
		}
	}
	if err != nil {
		return err
	}
	return reportMatch(env, game, &outcome, lostTurns(m), c.JSON)
}

// lostTurns returns for each seat how many turns its player has lost, and why the
// last one was.
func lostTurns(m *match.Match) []lostTurn {
	lost := make([]lostTurn, m.World().Seats())
	for s := range lost {
		if p, ok := m.Player(games.Seat(s)).(interface{ Faults() (int, error) }); ok {
			n, err := p.Faults()
			lost[s] = lostTurn{n, err}
		}
	}
	return lost
}

type lostTurn struct {
	n   int
	err error
}

// tellPeople tells the people at the table what happened.
func tellPeople(m *match.Match) {
	for s := range m.World().Seats() {
		if p, ok := m.Player(games.Seat(s)).(*terminalSeat); ok {
			p.hear(m.World().Events())
		}
	}
}

// watch plays at the game's own speed and takes in what is saved.
func (c *playCommand) watch(env *Env, game games.Game, m *match.Match) (match.Outcome, error) {
	rate := float64(game.Vocabulary().TicksPerSecond)
	if rate == 0 {
		rate = 1 // a turn a second
	}
	w := newWatcher(env, game, c.Seat)
	clock := time.NewTicker(time.Duration(float64(time.Second) / (rate * c.Speed)))
	defer clock.Stop()
	var looked time.Time
	for {
		select {
		case <-env.Context.Done():
			return m.Outcome(), env.Context.Err()
		case now := <-clock.C:
			if now.Sub(looked) >= 200*time.Millisecond {
				looked = now
				if err := w.look(m); err != nil {
					return m.Outcome(), err
				}
			}
		}
		if !m.Step() {
			return m.Outcome(), nil
		}
		for _, e := range m.World().Events() {
			if e.Kind == "kill" || e.Kind == "tag" || e.Kind == "say" || e.Kind == "capture" {
				env.Logf("%s", eventLine(e))
			}
		}
	}
}

// eventLine says an event in one line.
func eventLine(e games.Event) string {
	line := fmt.Sprintf("tick %d: %s", e.Tick, e.Kind)
	if e.Seat != games.NoSeat {
		line += fmt.Sprintf(" by seat %d", e.Seat)
	}
	if e.Other != games.NoSeat {
		line += fmt.Sprintf(" on seat %d", e.Other)
	}
	for _, part := range []string{e.What, e.Text} {
		if part != "" {
			line += ", " + part
		}
	}
	return line
}
