package aiwolf

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"dryad/games"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/rules"
)

// Guest is an agent of somebody else's at the other end of a connection. It may
// play one match after the other.
type Guest struct {
	params HostParams
	line   *line
	name   string
	owed   int // answers that did not come in time, and may still come
}

// Name returns what the guest calls itself, made fit to be shown.
func (g *Guest) Name() string { return g.name }

// Close ends the connection.
func (g *Guest) Close() { g.line.close() }

// ask sends a packet and waits so long for the answer. A line that fits tells is no
// answer to this request is passed over if an answer to another is still owed.
func (g *Guest) ask(p *packet, limit time.Duration, fits func(line string) error) (string, error) {
	g.owed = max(0, g.owed-g.line.drain())
	if err := g.line.send(p, limit); err != nil {
		return "", err
	}
	over, stop := g.params.timer(limit)
	defer stop()
	for {
		text, err := g.line.receive(over, nil)
		if err == nil && fits != nil {
			err = fits(text)
		}
		switch {
		case err == nil:
			return text, nil
		case errors.Is(err, errLate):
			g.owed++
			return "", err
		case errors.Is(err, errGone) || g.owed == 0:
			return "", err
		}
		g.owed--
	}
}

// tell sends a packet that wants no answer.
func (g *Guest) tell(p *packet) error { return g.line.send(p, g.params.Answer) }

// Sit takes a seat for one match.
func (g *Guest) Sit(seat games.Seat, seed uint64) *Player {
	return &Player{guest: g, seat: seat, seed: seed, day: -1, closed: -1}
}

// Player is a guest on a seat of one match. It satisfies match.Player.
type Player struct {
	guest  *Guest
	seat   games.Seat
	seed   uint64
	begun  bool
	day    int // last day that was opened, -1 before the first
	closed int // last day that was closed
	heard  int // speeches of the day that were told
	faults int
	fault  error
}

// Faults returns how many turns the guest has lost, and the last reason.
func (p *Player) Faults() (int, error) { return p.faults, p.fault }

// Tick asks the guest. Without a good answer in time the seat passes.
func (p *Player) Tick(body games.Body) error {
	b, ok := body.(*wolf.Body)
	if !ok {
		return fmt.Errorf("aiwolf: a guest sits at another game, with a %T", body)
	}
	d, err := p.decide(b.View())
	if err == nil {
		err = b.Decide(d)
	}
	if err != nil {
		p.faults++
		p.fault = err
		b.Commit(0)
	}
	return nil
}

// Finish does nothing: the decision was committed.
func (p *Player) Finish(games.Body) error { return nil }

// Rest does nothing.
func (p *Player) Rest(games.Body) {}

// dayOf is AIWolf's day of a point of the game: a night belongs to the day
// before.
func dayOf(v *rules.View) int {
	if v.Phase == rules.Night {
		return v.Round - 1
	}
	return v.Round
}

// decide brings the guest up to date and asks for a decision.
func (p *Player) decide(v *rules.View) (rules.Decision, error) {
	if v.Act == rules.Offer {
		return rules.Bid(1), nil // AIWolf knows no bids
	}
	if err := p.catchUp(v); err != nil {
		return rules.Pass(), err
	}
	if v.Act == rules.Whisper {
		line, err := p.guest.ask(&packet{Request: reqWhisper, Info: p.info(v, p.day, true), Talks: p.news(v), Whispers: whispers(v, p.day, p.guest.params.Plain)}, p.guest.params.Answer, nil)
		if err != nil {
			return rules.Pass(), err
		}
		return rules.Say(plan(line, p.seat, games.Mix(p.seed, uint64(p.seat), uint64(len(v.Log))))), nil
	}
	if v.Act == rules.Kill && !v.Set.NightTalk {
		if err := p.whisper(v); err != nil {
			return rules.Pass(), err
		}
	}
	ask := &packet{Request: requestOf(v.Act), Talks: p.news(v)}
	if v.Act != rules.Speak && (v.Act != rules.Ballot || again(v)) {
		ask.Info = p.info(v, p.day, true)
	}
	if v.Act == rules.Speak {
		line, err := p.guest.ask(ask, p.guest.params.Answer, func(line string) error {
			if strings.HasPrefix(line, `{"agentIdx"`) {
				return fmt.Errorf("%.60q is no speech", line)
			}
			return nil
		})
		if err != nil {
			return rules.Pass(), err
		}
		return rules.Say(heard(line, p.seat, games.Mix(p.seed, uint64(p.seat), uint64(len(v.Log))))), nil
	}
	target := games.NoSeat
	_, err := p.guest.ask(ask, p.guest.params.Answer, func(line string) (err error) {
		target, err = readChoice(line, v.Set.Players)
		return err
	})
	return rules.Point(target), err
}

// again reports whether a vote is held again: the guest is told the votes before.
func again(v *rules.View) bool {
	if len(v.Log) == 0 {
		return false
	}
	last := &v.Log[len(v.Log)-1]
	return last.Kind == rules.Voted && int(last.Round) == v.Round
}

// plan is what the other werewolves hear when an agent whispers a line.
func plan(line string, speaker games.Seat, draw uint64) string {
	if name, attack := strings.CutPrefix(line, "ATTACK "); attack {
		if id, ok := parseAgent(name); ok && id.seat(rules.MaxSeats) != games.NoSeat {
			return "Let us kill " + rules.Name(id.seat(rules.MaxSeats)) + "."
		}
	}
	return heard(line, speaker, draw)
}

// whisper lets a werewolf whisper once before it chooses, for many agents make up
// their minds then. The table has no whispers here: the answer is heard by nobody, and
// what it is told is what its fellows have chosen.
func (p *Player) whisper(v *rules.View) error {
	_, err := p.guest.ask(&packet{Request: reqWhisper, Info: p.info(v, p.day, true), Talks: p.news(v), Whispers: whispers(v, p.day, p.guest.params.Plain)}, p.guest.params.Answer, nil)
	if errors.Is(err, errGone) {
		return err
	}
	return nil // it is not the answer that counts
}

func requestOf(a rules.Act) string {
	switch a {
	case rules.Kill:
		return reqAttack
	case rules.Inspect:
		return reqDivine
	case rules.Protect:
		return reqGuard
	case rules.Ballot:
		return reqVote
	}
	return reqTalk
}

// catchUp tells what has begun and ended since the guest was asked last.
func (p *Player) catchUp(v *rules.View) error {
	g := p.guest
	if !p.begun {
		p.begun = true
		if err := g.tell(&packet{Request: reqInitialize, Info: p.info(v, 0, false), Setting: g.setting(v.Set)}); err != nil {
			return err
		}
	}
	day := dayOf(v)
	for p.day < day {
		if err := p.closeDay(v); err != nil {
			return err
		}
		p.day++
		p.heard = 0
		if err := g.tell(&packet{Request: reqDaily, Info: p.info(v, p.day, false), Setting: g.setting(v.Set)}); err != nil {
			return err
		}
	}
	if v.Act != rules.Speak {
		return p.closeDay(v)
	}
	return nil
}

// closeDay says that the talk of the day is over, once.
func (p *Player) closeDay(v *rules.View) error {
	if p.day < 0 || p.closed == p.day {
		return nil
	}
	p.closed = p.day
	return p.guest.tell(&packet{Request: reqDailyEnd, Talks: p.news(v)})
}

// End tells the guest how the match ended; the table is over, or left.
func (p *Player) End(t *rules.Table) {
	v := t.View(p.seat)
	final := p.info(v, v.Round, false)
	for s := range games.Seat(v.Set.Players) {
		final.Roles[idOf(s).key()] = roleWords[t.Role(s)]
	}
	if err := p.guest.tell(&packet{Request: reqFinish, Info: final}); err != nil {
		p.fault = err
	}
}
