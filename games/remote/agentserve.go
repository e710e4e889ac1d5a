package remote

import (
	"errors"
	"fmt"
	"io"

	"dryad/games"
)

// Seating is what an agent is told when it takes a seat.
type Seating struct {
	Seat games.Seat
	// Seed is what the agent is to key its draws by.
	Seed uint64
	// Config is the configuration, as far as players may know it.
	Config games.Config
}

// Decider decides for one tick: it reads what the body perceives and commits to it.
type Decider func(body *StubBody, tick int) error

// AgentServer decides for seats of games that another program runs, over one
// connection: the other side of [Agent].
type AgentServer struct {
	// Open, if any, is given the words of the game before a seat is taken.
	Open func(game *Stub) error
	// Sit returns what decides for a seat.
	Sit func(game *Stub, at Seating) (Decider, error)

	game   *Stub
	body   *StubBody
	decide Decider
}

// Serve answers requests until the input ends or a request says close. A request
// that cannot be done is answered with an error, and the next one is read; the
// error returned is that of the connection.
func (s *AgentServer) Serve(in io.Reader, out io.Writer) error {
	return answerAll(in, out, func(r *request) *reply {
		answer, err := s.answer(r)
		if err != nil {
			answer = &reply{Error: err.Error()}
		}
		if r.Do == doHello {
			answer.Protocol = Version
		}
		return answer
	})
}

// answer does one request.
func (s *AgentServer) answer(r *request) (*reply, error) {
	switch r.Do {
	case doHello:
		return &reply{}, s.hello(r)
	case doSit:
		return &reply{}, s.sit(r)
	case doAct:
		return s.act(r)
	case doClose:
		return &reply{}, nil
	}
	return nil, fmt.Errorf("there is no request %q to an agent", clip(r.Do))
}

// hello takes the words of the game.
func (s *AgentServer) hello(r *request) error {
	switch {
	case r.Protocol != Version:
		return fmt.Errorf("the driver speaks version %d of the protocol, dryad version %d", r.Protocol, Version)
	case r.Vocabulary == nil:
		return errors.New("hello to an agent has the vocabulary of the game")
	}
	words, instant, err := r.Vocabulary.words()
	if err != nil {
		return fmt.Errorf("the vocabulary: %w", err)
	}
	s.game, s.body, s.decide = NewStub(words), nil, nil
	s.game.setInstant(instant)
	if s.Open == nil {
		return nil
	}
	return s.Open(s.game)
}

// sit takes a seat of a new match.
func (s *AgentServer) sit(r *request) (err error) {
	if s.game == nil {
		return errors.New("a seat is taken before hello")
	}
	if r.Seat < 0 || r.Seat >= maxSeats {
		return fmt.Errorf("there is no seat %d", r.Seat)
	}
	at := Seating{Seat: games.Seat(r.Seat), Seed: uint64(r.Seed)}
	if c := r.Config; c != nil {
		at.Config = games.Config{Name: c.Name, Map: c.Map, Mode: c.Mode, Seats: c.Seats, Ticks: c.Ticks, Rules: c.Rules}
	}
	s.body = s.game.Body(at.Seat)
	s.decide, err = s.Sit(s.game, at)
	return err
}

// act decides for a tick.
func (s *AgentServer) act(r *request) (*reply, error) {
	if s.decide == nil {
		return nil, errors.New("nobody sits yet")
	}
	if r.Perceived == nil {
		return nil, errors.New("the request does not say what the seat perceives")
	}
	if err := checkSeat(s.game.Vocabulary(), r.Perceived); err != nil {
		return nil, err
	}
	s.body.world.state.Seats[s.body.seat] = *r.Perceived
	s.body.clear()
	if err := s.decide(s.body, r.Tick); err != nil {
		return nil, err
	}
	answer := &reply{Commands: s.body.wire()}
	s.body.sent = append(s.body.sent[:0], s.body.committed...)
	return answer, nil
}
