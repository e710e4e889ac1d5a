package play

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/cmd/dryad/cli/view"
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/match"
	"dryad/replay"
	"dryad/viewer/session"
)

type Command struct {
	Game string `arg:"" help:"Name of the game, or GAME/NAME for a definition of its catalogue."`
	frame.SeatFlag
	frame.SeedFlag
	frame.MapFlag
	frame.WADFlag
	Mode  string `help:"Rule set of the match; the game's first one by default." placeholder:"MODE"`
	Rules string `help:"Rule options of the game, as a JSON object." placeholder:"JSON"`
	frame.TicksFlag
	frame.NetFlag
	Replay    string  `help:"File to write the replay to." placeholder:"FILE"`
	Keyframes float64 `help:"Of a match of over 20 000 ticks, how many percent the states may add to the replay with which the viewer goes to any tick at once; 0 for none." default:"5" placeholder:"PERCENT"`
	Watch     bool    `help:"Play at the game's own speed, and take a policy into the running match whenever its file is saved."`
	Speed     float64 `help:"With --watch, how many times the game's own speed." default:"1" placeholder:"X"`
	Live      bool    `help:"Let the match be watched while it is played, by viewers on this machine."`
	Model     string  `help:"Chat model of the seats react and recon." placeholder:"M"`
	frame.ModelFlags
	Profile bool `help:"Show what the nodes of each tree did."`
	frame.JSONFlag
}

// Help is the long help of the command.
func (Command) Help() string {
	return strings.TrimSpace(`
Without --seat the policies that dryad ships play. A definition of the catalogue
(dryad games list arena --catalog) has its own number of seats; fewer policies
take turns team by team. In a shooter, --seat human is played by a person in the
window of dryad-viewer, with keyboard and mouse or a gamepad; its commands are
recorded like those of any seat.

  dryad play arena
  dryad play arena --seat human --seat examples/policies/arena/rookie.dryad --replay mine.replay
  dryad play arena/caves-62-domination-fog --seat mine.dryad --seat theirs.dryad
` + seats.TableHelp + seats.PromptHelp)
}

func (c *Command) Run(env *frame.Env) error {
	row, config, err := catalog.Select(c.Game)
	if err != nil {
		return err
	}
	game := row.Game()
	if err := c.ReadNets(env, row.Name); err != nil {
		return err
	}
	if err := c.FindWADs(); err != nil {
		return err
	}
	if c.Keyframes < 0 || c.Keyframes > 1000 {
		return fmt.Errorf("--keyframes %g: write a percentage of the file from 0 to 1000", c.Keyframes)
	}
	if c.Speed <= 0 {
		return fmt.Errorf("--speed %g: it must be above 0", c.Speed)
	}
	if config, err = c.configure(config); err != nil {
		return err
	}
	if c.Seat, err = seats.FillTable(game, config, c.Seat); err != nil {
		return err
	}
	taken, seated, err := c.personSeat(game)
	if err != nil {
		return err
	}
	prompters, asked, err := c.prompters(env, game)
	if err != nil {
		return err
	}
	if asked != nil {
		defer asked.Close()
		defer asked.Report(env)
	}
	observe := tellPeople
	var show *show
	if c.Live || seated {
		if show, err = goLive(env); err != nil {
			return err
		}
		defer show.Close()
		if seated {
			show.offer(taken)
		}
		observe = func(m *match.Match) { tellPeople(m); show.step(m) }
		defer show.wait(env)
	}
	params := match.Params{
		Game: game, Config: config, Seed: c.Seed,
		Program: frame.Version, Record: c.Replay != "" || c.Live || seated, Profile: c.Profile,
		// What is said at a table is the better half of its game.
		Events: game.Vocabulary().TicksPerSecond == 0, Observe: observe,
	}
	if err := c.seat(env, row, &params, prompters, show); err != nil {
		return err
	}
	m, err := match.New(params)
	if err != nil {
		return err
	}
	defer m.Close()
	switch {
	case len(params.Sides) > 0:
		tellSides(env, m)
	case m.World().Seats() == 1:
		env.Logf("%s plays alone: give --seat once more for each opponent", m.Outcome().Names[0])
	}
	seats.WarnOfMap(env, m.Outcome().Config.Map)
	if show != nil {
		show.step(m)
	}
	var outcome match.Outcome
	playing := env
	if seated {
		if show.seat, err = admit(env, show.server); err != nil {
			return err
		}
		there := *env
		there.Context = show.seat.ctx
		playing = &there
	}
	if c.Watch || seated {
		outcome, err = c.watch(playing, row, m)
		if seated && err != nil && env.Context.Err() == nil {
			env.Logf("the seat was left at tick %d: the match ends here", m.Now())
			err = nil
		}
	} else {
		outcome, err = m.Finish(env.Context)
	}
	if c.Replay != "" && outcome.Replay != nil {
		// A match that was broken off leaves the replay of what was played.
		if e := replay.WriteFile(c.Replay, outcome.Replay); e != nil {
			return e
		}
		if e := c.index(env, game, outcome.Replay); e != nil {
			return e
		}
	}
	if err != nil {
		return err
	}
	return ReportMatch(env, game, &outcome, LostTurns(m), c.JSON)
}

// index puts keyframes into the replay of a long match that was written. A match that
// cannot be executed again has none.
func (c *Command) index(env *frame.Env, game games.Game, r *replay.Replay) error {
	if r.Ticks <= session.Long || c.Keyframes == 0 || env.Context.Err() != nil {
		return nil
	}
	err := view.AddKeyframes(env, match.PlaybackParams{Game: game, Replay: r, Resolve: seats.Resolver(env, game)}, c.Keyframes)
	switch {
	case env.Context.Err() != nil:
		return nil
	case err != nil:
		env.Logf("the replay has no keyframes: %v", err)
		return nil
	}
	return replay.WriteFile(c.Replay, r)
}

// LostTurns returns for each seat how many turns its player has lost, and why the
// last one was.
func LostTurns(m *match.Match) []lostTurn {
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
	N   int
	Err error
}

// tellPeople tells the people at the table what happened.
func tellPeople(m *match.Match) {
	for s := range m.World().Seats() {
		if p, ok := m.Player(games.Seat(s)).(*seats.TerminalSeat); ok {
			p.Hear(m.World().Events())
		}
	}
}

// watch plays at the game's own speed and takes in what is saved.
func (c *Command) watch(env *frame.Env, row *catalog.Row, m *match.Match) (match.Outcome, error) {
	game := row.Game()
	rate := float64(game.Vocabulary().TicksPerSecond)
	if rate == 0 {
		rate = 1 // a turn a second
	}
	w := newWatcher(env, game, c.paths(m))
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
			if row.KeyEvent(e.Kind) {
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

// prompters opens the model of the seats that ask one; nil where none does. The
// caller closes the session.
func (c *Command) prompters(env *frame.Env, game games.Game) (map[string]*seats.Agent, *frame.ModelSession, error) {
	_, ok := game.(werewolf.Game)
	wanted := ok && slices.ContainsFunc(c.Seat, func(s string) bool { return slices.Contains(seats.PromptNames, s) })
	switch {
	case !wanted && c.Asked(c.Model):
		return nil, nil, fmt.Errorf("--model, --llm-exec and --cassette are for the seats %s and %s of werewolf", seats.PromptNames[0], seats.PromptNames[1])
	case !wanted:
		return nil, nil, nil
	case !c.Asked(c.Model):
		return nil, nil, fmt.Errorf("the seats %s and %s need something to ask: --model M --base-url U, --llm-exec 'COMMAND', or --cassette FILE", seats.PromptNames[0], seats.PromptNames[1])
	}
	session, err := c.Open(env, c.Model, "")
	if err != nil {
		return nil, nil, err
	}
	agents, err := seats.PromptAgents(env, session.Provider, &c.ModelFlags)
	return agents, session, err
}
