package remote

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dryad/games"
	"dryad/games/remote/peer"
)

var (
	// ErrUnreachable is wrapped by errors of an agent that could not be started or
	// connected to, or whose connection over a socket is lost: they say nothing
	// about how it plays.
	ErrUnreachable = errors.New("the agent cannot be reached")
	// ErrCommand is wrapped by errors of an agent that commands what the game does
	// not take.
	ErrCommand = errors.New("the agent commands what there is not")
)

// Agent is a program that decides for seats of a game of dryad's, in a process of
// its own or behind a socket: it is told what its seat perceives, tick by tick, and
// answers with commands, which run here as the tasks of a tree do. Its methods may
// be called from several goroutines.
type Agent struct {
	address string
	game    games.Game
	params  Params

	free peer.Pool[*link]
}

// NewAgent names an agent for a game: a command line, or the socket "tcp:HOST:PORT" or
// "unix:PATH". It is started or connected to when it is needed. The caller closes it.
func NewAgent(address string, game games.Game, params Params) *Agent {
	params.complete()
	return &Agent{address: address, game: game, params: params}
}

// Reach starts the agent, or connects to it, and tells it the game's words, if nobody
// has done so yet.
func (a *Agent) Reach(ctx context.Context) error {
	l, ok := a.free.Take()
	if !ok {
		var err error
		if l, err = a.connect(ctx); err != nil {
			return err
		}
	}
	a.release(l)
	return nil
}

// complete takes the usual limits where none are given.
func (p *Params) complete() {
	if p.Handshake == 0 {
		p.Handshake = defaultHandshake
	}
	if p.Exchange == 0 {
		p.Exchange = defaultExchange
	}
}

// introduce exchanges hello.
func (a *Agent) introduce(l *link) error {
	hello := request{Do: doHello, Protocol: Version, Encodings: encodings(a.params.JSON), Vocabulary: wire(a.game.Vocabulary())}
	for i, instant := range instantTasks(a.game) {
		hello.Vocabulary.Tasks[i].Instant = instant
	}
	var answer reply
	if err := l.ask(&hello, &answer, a.params.Handshake); err != nil {
		return err
	}
	switch {
	case answer.Protocol != Version && (answer.Protocol != 0 || answer.Error == ""):
		return fmt.Errorf("it speaks version %d of the protocol, dryad version %d", answer.Protocol, Version)
	case answer.Error != "":
		return errors.New(clip(answer.Error))
	case answer.Encoding != "" && !slices.Contains(hello.Encodings, answer.Encoding):
		return fmt.Errorf("it goes on in %q, which was not offered", clip(answer.Encoding))
	}
	if answer.Encoding == string(peer.CBOR) {
		l.Codec.Encoding = peer.CBOR
	}
	return nil
}

// encodings are those that a driver can, the best first.
func encodings(onlyJSON bool) []string {
	if onlyJSON {
		return []string{string(peer.JSON)}
	}
	return []string{string(peer.CBOR), string(peer.JSON)}
}

// connect makes a new connection.
func (a *Agent) connect(ctx context.Context) (*link, error) {
	ctx, cancel := context.WithTimeout(ctx, a.params.Handshake)
	defer cancel()
	l, err := dial(ctx, a.address)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, l.Close)
	defer stop()
	if err := a.introduce(l); err != nil {
		l.Close()
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, fmt.Errorf("the agent %q: %w", a.address, err)
	}
	return l, nil
}

// release gives a connection back for a later match.
func (a *Agent) release(l *link) {
	if !a.free.Give(l) {
		go l.Close()
	}
}

// Close ends the processes and connections that sit in no match; the others end
// with it.
func (a *Agent) Close() error {
	for _, l := range a.free.Close() {
		l.end(a.params.Exchange)
	}
	return nil
}

// socket reports whether the agent is behind one: then the network is between.
func (a *Agent) socket() bool {
	return strings.HasPrefix(a.address, "tcp:") || strings.HasPrefix(a.address, "unix:")
}

// Table is what an agent may know of its match beside what its seat perceives.
type Table interface {
	// Config is the configuration, as far as players may know it.
	Config() games.Config
	// Now is the present tick.
	Now() int
}

// Seat is an agent on a seat of one match. It is used by one goroutine at a time.
type Seat struct {
	agent *Agent
	table Table
	seat  games.Seat
	seed  uint64
	link  *link
	broke bool
	runs  served
	all   []int32 // the readings
}

// Sit seats the agent in a match. The agent is reached when the seat first acts. The
// caller closes the seat.
func (a *Agent) Sit(table Table, seat games.Seat, seed uint64) *Seat {
	return &Seat{agent: a, table: table, seat: seat, seed: seed, all: allReadings(a.game.Vocabulary())}
}

// Tick asks the agent for its commands and runs them.
func (s *Seat) Tick(body games.Body) error {
	if s.link == nil {
		if err := s.begin(); err != nil {
			return err
		}
	}
	words := s.agent.game.Vocabulary()
	perceived := s.runs.perceive(words, body, s.all, s.table.Now(), true)
	var answer reply
	if err := s.ask(&request{Do: doAct, Tick: s.table.Now(), Perceived: &perceived}, &answer); err != nil {
		return err
	}
	if err := s.runs.check(words, answer.Commands); err != nil {
		return fmt.Errorf("%w: %w", ErrCommand, err)
	}
	s.runs.ended = s.runs.ended[:0]
	s.runs.run(s.agent.game, body, answer.Commands)
	return nil
}

// Finish does nothing: Tick has committed.
func (s *Seat) Finish(games.Body) error { return nil }

// Rest ends the tasks that ran.
func (s *Seat) Rest(body games.Body) {
	s.runs.ended = s.runs.ended[:0]
	s.runs.halt(s.agent.game, body, nil)
}

// Close gives the connection back, or ends it when it has failed.
func (s *Seat) Close() {
	switch l := s.link; {
	case l == nil:
	case s.broke:
		l.Close()
	default:
		s.agent.release(l)
	}
	s.link = nil
}

// begin tells an agent that it sits. One that has ended since its last match is
// started again.
func (s *Seat) begin() (err error) {
	c := s.table.Config()
	// Seats of one match have seeds of their own, so that they need not play alike.
	sit := request{Do: doSit, Seat: int(s.seat), Seed: int64(games.Mix(s.seed, uint64(s.seat)) >> (64 - seedBits)),
		Config: &config{Name: c.Name, Map: c.Map, Mode: c.Mode, Seats: c.Seats, Ticks: c.Ticks, Rules: c.Rules}}
	var answer reply
	for {
		var ok bool
		if s.link, ok = s.agent.free.Take(); !ok {
			break
		}
		if err = s.ask(&sit, &answer); err == nil || !peer.Lost(err) {
			return err
		}
		s.link.Close()
	}
	if s.link, err = s.agent.connect(context.Background()); err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	s.broke = false
	return s.ask(&sit, &answer)
}

// ask asks the agent; after an error the connection is not used again.
func (s *Seat) ask(r *request, answer *reply) error {
	err := s.link.ask(r, answer, s.agent.params.Exchange)
	switch {
	case err != nil:
		s.broke = true
		if s.agent.socket() && peer.Lost(err) {
			return fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
		return fmt.Errorf("the agent: %w", err)
	case answer.Error != "":
		return fmt.Errorf("the agent says: %s", clip(answer.Error))
	}
	return nil
}
