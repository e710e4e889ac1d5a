package aiwolf

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/play"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/aiwolf"
	"dryad/games/werewolf/rules"
	"dryad/internal/english"
	"dryad/match"
	"dryad/replay"
)

type Command struct {
	Serve aiwolfServeCommand `cmd:"" help:"Be the game master: agents written by others sit down with dryad's."`
	Join  aiwolfJoinCommand  `cmd:"" help:"Sit down at somebody else's server."`
}

type aiwolfServeCommand struct {
	Listen string        `help:"Where agents connect." default:"127.0.0.1:10000" placeholder:"HOST:PORT"`
	Guests int           `help:"Seats for agents that connect." default:"1" placeholder:"N"`
	Fill   []string      `help:"Who takes the other seats, in turn: a tree's file or a name that dryad play takes." default:"talker" placeholder:"POLICY" sep:"none"`
	Games  int           `help:"Games to play, with the same guests." default:"1" placeholder:"N"`
	Mode   string        `help:"Rule set." default:"aiwolf" placeholder:"MODE"`
	Rules  string        `help:"Rule options of the game, as a JSON object." placeholder:"JSON"`
	Answer time.Duration `help:"Longest wait for an answer; a guest that is late loses that turn." default:"5s" placeholder:"DURATION"`
	Plain  bool          `help:"Pass sentences on as they are, and do not put them into AIWolf's language."`
	frame.SeedFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (aiwolfServeCommand) Help() string {
	return strings.TrimSpace(`
Agents of AIWolf connect over TCP and take seats at dryad's tables, which are
drawn anew for each game. A guest that is late, talks nonsense or hangs up
loses its own turn and nothing more.

  dryad aiwolf serve --listen 127.0.0.1:10000 --guests 2 --games 10
  dryad aiwolf serve --rules '{"players":13}' --fill heuristic --fill talker`)
}

// aiwolfGame is a game in the results of aiwolf serve.
type aiwolfGame struct {
	Seed   uint64        `json:"seed"`
	Winner int           `json:"winner"`
	Reason string        `json:"reason"`
	Seats  []aiwolfSeat  `json:"seats"`
	Events []games.Event `json:"events"`
}

type aiwolfSeat struct {
	Policy    string     `json:"policy"`
	Guest     bool       `json:"guest"`
	Role      rules.Role `json:"role"`
	Score     float64    `json:"score"`
	LostTurns int        `json:"lost_turns"`
}

func (c *aiwolfServeCommand) Run(env *frame.Env) error {
	game := werewolf.New()
	config := games.Config{Mode: c.Mode}
	if c.Rules != "" {
		config.Rules = json.RawMessage(c.Rules)
	}
	config, err := game.Complete(config)
	if err != nil {
		return err
	}
	if c.Guests < 1 || c.Guests > config.Seats || c.Games < 1 {
		return fmt.Errorf("--guests %d, --games %d: there are 1 to %d guests, and 1 game at least", c.Guests, c.Games, config.Seats)
	}
	fill, err := seats.SeatEntrants(env, c.Fill, game, nil)
	if err != nil {
		return err
	}
	house, err := aiwolf.Listen(c.Listen, aiwolf.HostParams{Answer: c.Answer, Plain: c.Plain})
	if err != nil {
		return err
	}
	defer house.Close()
	env.Logf("waiting for %d agents: dryad aiwolf join %s", c.Guests, house.Address())
	var guests []*aiwolf.Guest
	defer func() {
		for _, g := range guests {
			g.Close()
		}
	}()
	for len(guests) < c.Guests {
		g, err := house.Accept(env.Context)
		if err != nil {
			return err
		}
		guests = append(guests, g)
		env.Logf("%s is here", g.Name())
	}
	var played []aiwolfGame
	for i := range c.Games {
		g, err := c.play(env, game, config, games.Mix(c.Seed, uint64(i)), guests, fill)
		if err != nil {
			return err
		}
		played = append(played, *g)
		env.Printf("game %d: %s", i+1, g.Reason)
		for s, seat := range g.Seats {
			if seat.Guest {
				env.Printf("; %s was player_%d, %s, scores %g", seat.Policy, s, seat.Role, seat.Score)
				if seat.LostTurns > 0 {
					env.Printf(" and lost %s", english.Number(seat.LostTurns, "turn"))
				}
			}
		}
		env.Printf("\n")
	}
	if c.JSON {
		return env.JSON(map[string]any{"games": played, "rules": config.Rules})
	}
	return nil
}

// play plays one game.
func (c *aiwolfServeCommand) play(env *frame.Env, game games.Game, config games.Config, seed uint64, guests []*aiwolf.Guest, fill []match.Entrant) (*aiwolfGame, error) {
	const purposeSeats = 0x73656174
	p := match.Params{Game: game, Config: config, Seed: seed, Program: frame.Version, Events: true, Entrants: make([]match.Entrant, config.Seats)}
	for s := range p.Entrants {
		p.Entrants[s] = fill[s%len(fill)]
	}
	for i, s := range games.Stream(seed, purposeSeats).Perm(config.Seats)[:len(guests)] {
		g := guests[i]
		p.Entrants[s] = match.Entrant{Record: replay.Policy{Name: g.Name()}, Make: func(_ match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
			return g.Sit(seat, seed), nil
		}}
	}
	m, err := match.New(p)
	if err != nil {
		return nil, err
	}
	defer m.Close()
	for m.Step() {
		// Every step may wait for a guest.
		if env.Context.Err() != nil {
			return nil, env.Context.Err()
		}
	}
	o := m.Outcome()
	table := m.World().(*werewolf.World).Table()
	result := &aiwolfGame{Seed: seed, Winner: o.Result.Winner, Reason: o.Result.Reason, Events: o.Events}
	for s, lost := range play.LostTurns(m) {
		guest, is := m.Player(games.Seat(s)).(*aiwolf.Player)
		if is {
			guest.End(table)
			if lost.N > 0 {
				env.Logf("%s lost %s: %v", o.Names[s], english.Number(lost.N, "turn"), lost.Err)
			}
		}
		result.Seats = append(result.Seats, aiwolfSeat{o.Names[s], is, table.Role(games.Seat(s)), o.Result.Scores[s], lost.N})
	}
	return result, nil
}

type aiwolfJoinCommand struct {
	Address string        `arg:"" help:"The server's HOST:PORT."`
	Agent   string        `help:"Who plays: a tree's file, or a name that dryad play takes." default:"talker" placeholder:"POLICY"`
	Name    string        `help:"Name that the server is told; the agent's own by default." placeholder:"NAME"`
	Plain   bool          `help:"Say sentences as they are, and not in AIWolf's language."`
	Silence time.Duration `help:"How long the server may say nothing." default:"10m" placeholder:"DURATION"`
	frame.SeedFlag
	frame.JSONFlag
}

func (c *aiwolfJoinCommand) Run(env *frame.Env) error {
	if c.Agent == seats.Person {
		return errors.New("--agent: a person cannot join a server, give an agent")
	}
	seat, err := seats.SeatAnywhere(env, c.Agent, c.Seed)
	if err != nil {
		return err
	}
	name := c.Name
	if name == "" {
		name = "dryad-" + strings.ReplaceAll(c.Agent, "/", "-")
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(env.Context, "tcp", c.Address)
	if err != nil {
		return fmt.Errorf("join the server: %w", err)
	}
	endings := []aiwolf.Ending{}
	won := 0
	_, err = aiwolf.Join(env.Context, conn, aiwolf.JoinParams{
		Name: name, Seat: seat, Plain: c.Plain, Seed: c.Seed, Silence: c.Silence,
		Ended: func(e aiwolf.Ending) {
			endings = append(endings, e)
			if e.Won {
				won++
			}
			env.Printf("game %d: %s, %s: %s\n", e.Game, rules.Name(e.Seat), e.Role, wonOrLost(e))
		},
	})
	if err != nil {
		return err
	}
	env.Printf("%d of %s won\n", won, english.Number(len(endings), "game"))
	if c.JSON {
		return env.JSON(map[string]any{"games": endings})
	}
	return nil
}

func wonOrLost(e aiwolf.Ending) string {
	switch {
	case e.Winner < 0:
		return "nobody won"
	case e.Won:
		return "won"
	}
	return "lost"
}
