package aiwolf

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"

	"dryad/games"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/rules"
)

// JoinParams say who plays at somebody else's server.
type JoinParams struct {
	// Name is told to the server.
	Name string
	// Seat returns who plays a game by these rules, in this seat. It is called
	// at the beginning of each game.
	Seat func(set rules.Set, seat games.Seat) (wolf.Agent, error)
	// Plain says sentences as they are, with the names changed, and not in
	// AIWolf's language.
	Plain bool
	// Seed of everything drawn.
	Seed uint64
	// Silence is how long the server may say nothing; 10 minutes by default.
	Silence time.Duration
	// Ended, if any, is told how each game ended.
	Ended func(Ending)
}

// Ending is how a game ended, as the server told.
type Ending struct {
	Game   int        `json:"game"` // from 1
	Seat   games.Seat `json:"seat"`
	Role   rules.Role `json:"role"`
	Winner int        `json:"winner"` // rules.Village or rules.Wolves; -1 if it cannot be told
	Won    bool       `json:"won"`
	Asked  int        `json:"asked"`  // decisions that the server asked for
	Faults int        `json:"faults"` // of them, without an answer of the agent's
}

// maxPacket is the longest line that a server may send.
const maxPacket = 4 << 20

// maxPackets is how many a server may send in one game.
const maxPackets = 20_000

// Join plays until the server ends the connection, and returns the number of
// games; a connection that ends before the first is an error. It closes conn.
func Join(ctx context.Context, conn net.Conn, p JoinParams) (int, error) {
	if p.Silence <= 0 {
		p.Silence = 10 * time.Minute
	}
	l := newLine(conn, maxPacket)
	defer l.close()
	c := &client{params: p}
	for {
		timer := time.NewTimer(p.Silence)
		text, err := l.receive(timer.C, ctx.Done())
		timer.Stop()
		switch {
		case ctx.Err() != nil:
			return c.games, ctx.Err()
		case errors.Is(err, errGone) && c.table == nil && c.games > 0:
			return c.games, nil
		case errors.Is(err, errGone) && c.table == nil:
			return 0, errors.New("the server has ended the connection before a game: it may be full, or no server of AIWolf")
		case err != nil:
			return c.games, fmt.Errorf("play at the server: %w", err)
		case text == "":
			continue
		}
		answer, asked, err := c.read(ctx, []byte(text))
		if err != nil {
			return c.games, fmt.Errorf("play at the server: %w", err)
		}
		if asked {
			if err := l.write([]byte(answer), p.Silence); err != nil {
				return c.games, fmt.Errorf("play at the server: %w", err)
			}
		}
	}
}

// client is an agent at somebody else's server.
type client struct {
	params  JoinParams
	table   *memory // nil between games
	agent   wolf.Agent
	games   int
	packets int
	ending  Ending
	notes   []rules.Note // of the agent, in this game
}

// read takes one packet and returns the answer, if one is asked for.
func (c *client) read(ctx context.Context, data []byte) (answer string, asked bool, err error) {
	var p packet
	if err := json.Unmarshal(data, &p); err != nil {
		return "", false, fmt.Errorf("a line is no packet: %w", err)
	}
	if c.packets++; c.packets > maxPackets {
		return "", false, fmt.Errorf("a game of more than %d packets", maxPackets)
	}
	switch p.Request {
	case reqName:
		return c.params.Name, true, nil
	case reqRole:
		return "none", true, nil
	case reqInitialize:
		return "", false, c.begin(&p)
	case reqFinish:
		return "", false, c.finish(&p)
	}
	if c.table == nil {
		return "", false, fmt.Errorf("%.40q before %s", p.Request, reqInitialize)
	}
	c.table.take(&p)
	switch p.Request {
	case reqDaily, reqDailyEnd:
		return "", false, nil
	case reqWhisper:
		return c.whisper(ctx), true, nil
	case reqTalk:
		return c.talk(ctx), true, nil
	case reqVote:
		c.table.asks++
		return c.point(ctx, rules.Ballot), true, nil
	case reqDivine:
		return c.point(ctx, rules.Inspect), true, nil
	case reqGuard:
		return c.point(ctx, rules.Protect), true, nil
	case reqAttack:
		return c.point(ctx, rules.Kill), true, nil
	}
	// A request that is unknown is not answered: newer servers send notices.
	return "", false, nil
}

// begin starts a game.
func (c *client) begin(p *packet) error {
	m, err := newMemory(p, c.params.Plain)
	if err != nil {
		return err
	}
	a, err := c.params.Seat(*m.view.Set, m.view.Seat)
	if err != nil {
		return err
	}
	c.table, c.agent, c.packets, c.notes = m, a, 0, nil
	c.games++
	c.ending = Ending{Game: c.games, Seat: m.view.Seat, Role: m.view.Role, Winner: -1}
	m.take(p)
	return nil
}

// finish ends a game. A server may say so twice.
func (c *client) finish(p *packet) error {
	if c.table == nil {
		return nil
	}
	c.ending.Winner = c.table.winner(p.Info)
	c.ending.Won = c.ending.Winner == c.table.view.Role.Team()
	c.table, c.agent = nil, nil
	if c.params.Ended != nil {
		c.params.Ended(c.ending)
	}
	return nil
}

// decide asks the agent.
func (c *client) decide(ctx context.Context, act rules.Act) (*rules.View, rules.Decision) {
	c.ending.Asked++
	v := c.table.asked(act)
	v.Notes = c.notes
	d, err := c.ask(ctx, v)
	if note := rules.Clean(d.Note); note != "" && err == nil {
		c.notes = append(c.notes, rules.Note{Round: v.Round, Phase: v.Phase, Text: note})
	}
	if err == nil {
		err = v.Check(d)
	}
	if err != nil {
		c.ending.Faults++
		d = rules.Pass()
	}
	return v, d
}

// ask asks the agent. What a server tells need not make sense: an agent that
// breaks over it has no answer.
func (c *client) ask(ctx context.Context, v *rules.View) (d rules.Decision, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return c.agent.Decide(ctx, v, games.Stream(c.params.Seed, uint64(c.games), uint64(c.ending.Asked)))
}

// speechesADay is how often the agent speaks before it has nothing more to say:
// some servers ask until everybody is silent.
const speechesADay = 3

func (c *client) talk(ctx context.Context) string {
	if c.table.spoken >= speechesADay {
		return over
	}
	c.table.spoken++
	v, d := c.decide(ctx, rules.Speak)
	return told(rules.Clean(d.Text), v.Seat, c.params.Plain)
}

// whisper says, once a night, whom the agent would attack.
func (c *client) whisper(ctx context.Context) string {
	if c.table.whispered || c.table.day == 0 {
		return over
	}
	c.table.whispered = true
	if _, d := c.decide(ctx, rules.Kill); d.Target != games.NoSeat {
		return "ATTACK " + idOf(d.Target).name()
	}
	return over
}

func (c *client) point(ctx context.Context, act rules.Act) string {
	_, d := c.decide(ctx, act)
	id := idOf(d.Target)
	text, err := json.Marshal(choice{&id})
	if err != nil {
		panic("aiwolf: bug: " + err.Error())
	}
	return string(text)
}
