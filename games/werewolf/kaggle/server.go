package kaggle

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"

	"dryad/games"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/rules"
)

// Params say who plays.
type Params struct {
	// Seat returns who plays a game by these rules, in this seat. It is called
	// at the beginning of each game.
	Seat func(set rules.Set, seat games.Seat) (wolf.Agent, error)
	// Seed of everything drawn.
	Seed uint64
	// Fault, if any, is told of each request that could not be answered and of
	// each decision that the agent did not make.
	Fault func(error)
}

// Counts is what a server has done so far.
type Counts struct {
	Games     int `json:"games"`     // games begun, a seat each
	Decisions int `json:"decisions"` // that Kaggle asked for
	Lost      int `json:"lost"`      // of them, without an answer of the agent's
	Refused   int `json:"refused"`   // requests that made no sense
}

// Server answers for dryad's agents. Its methods may be called from several
// goroutines.
type Server struct {
	params Params
	mutex  sync.Mutex // of what follows
	seats  map[key]*seat
	order  []key // the seats, oldest first
	counts Counts
}

var _ http.Handler = (*Server)(nil)

// key is one player of one table.
type key struct{ table, player string }

// seat is a player in a game.
type seat struct {
	mutex  sync.Mutex // of what follows: a player decides one thing at a time
	memory *memory
	agent  wolf.Agent
	games  uint64 // begun in this seat
	asked  uint64 // decisions of this game
	notes  []rules.Note
}

// maxBody is the longest request.
const maxBody = 8 << 20

// maxSeats is how many seats are remembered; the oldest are forgotten.
const maxSeats = 4096

// NewServer returns a server. It holds nothing that must be closed.
func NewServer(p Params) *Server { return &Server{params: p, seats: map[key]*seat{}} }

// Counts returns what was done so far.
func (s *Server) Counts() Counts {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.counts
}

// ServeHTTP answers one request of kaggle-environments.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, err := s.answer(r)
	if err != nil {
		s.fault(&s.counts.Refused, err)
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	// A client that has gone away is told nothing more.
	_ = json.NewEncoder(w).Encode(map[string]any{"action": answer})
}

func (s *Server) answer(r *http.Request) (*action, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	return s.Answer(r.Context(), r.URL.Path, body)
}

// Answer answers the body of a request to a table. The error says what makes no
// sense in it.
func (s *Server) Answer(ctx context.Context, table string, body []byte) (*action, error) {
	if len(body) > maxBody {
		return nil, fmt.Errorf("a request of more than %d bytes", maxBody)
	}
	var q request
	if err := json.Unmarshal(body, &q); err != nil {
		return nil, fmt.Errorf("a request that is not Kaggle's: %w", err)
	}
	o := q.State.Observation.Raw
	if q.Action != "act" || o == nil {
		return nil, errors.New(`a request without "action": "act" and a raw_observation of Werewolf`)
	}
	at := s.seat(key{table, o.Player})
	at.mutex.Lock()
	defer at.mutex.Unlock()
	if err := s.sit(at, o, &q.Configuration); err != nil {
		return nil, err
	}
	at.memory.take(o)
	return s.decide(ctx, key{table, o.Player}, at, o), nil
}

// seat returns a player's seat, a new one where there is none.
func (s *Server) seat(k key) *seat {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if at := s.seats[k]; at != nil {
		return at
	}
	if len(s.order) >= maxSeats {
		delete(s.seats, s.order[0])
		s.order = s.order[1:]
	}
	at := &seat{}
	s.seats[k], s.order = at, append(s.order, k)
	return at
}

// sit begins a game in a seat when an observation says so.
func (s *Server) sit(at *seat, o *observation, c *configuration) error {
	starts := false
	for i := range o.Events {
		starts = starts || o.Events[i].Name == gameStart
	}
	switch {
	case !starts && at.memory == nil:
		return fmt.Errorf("%.40q is in the middle of a game that did not begin here", o.Player)
	case !starts:
		return nil
	}
	m, err := begin(o, c)
	if err != nil {
		return err
	}
	a, err := s.params.Seat(*m.view.Set, m.view.Seat)
	if err != nil {
		return err
	}
	at.memory, at.agent, at.notes, at.asked = m, a, nil, 0
	at.games++
	s.mutex.Lock()
	s.counts.Games++
	s.mutex.Unlock()
	return nil
}

// decide asks the agent and returns Kaggle's action.
func (s *Server) decide(ctx context.Context, k key, at *seat, o *observation) *action {
	v := at.memory.asked()
	v.Notes = at.notes
	a := &action{Type: "NoOpAction", Kwargs: kwargs{Day: o.Day, Phase: o.Half, Actor: o.Player}}
	if v.Act == rules.None {
		return a
	}
	s.mutex.Lock()
	s.counts.Decisions++
	s.mutex.Unlock()
	at.asked++
	d, err := ask(ctx, at.agent, v, s.stream(k, at))
	if note := rules.Clean(d.Note); note != "" && err == nil {
		at.notes = append(at.notes, rules.Note{Round: v.Round, Phase: v.Phase, Text: note})
	}
	if err == nil {
		err = v.Check(d)
	}
	if err != nil {
		s.fault(&s.counts.Lost, fmt.Errorf("%s in round %d: %w", o.Player, v.Round, err))
		d = rules.Pass()
	}
	n := at.memory.names
	switch v.Act {
	case rules.Offer:
		a.Type, a.Kwargs.Amount = "BidAction", &d.Value
	case rules.Speak:
		a.Type, a.Kwargs.Message = "ChatAction", n.told(rules.Clean(d.Text))
	case rules.Kill, rules.Ballot:
		a.Type, a.Kwargs.Target = "VoteAction", abstain
	case rules.Inspect:
		a.Type = "InspectAction"
	default:
		a.Type = "HealAction"
	}
	switch {
	case d.Target != games.NoSeat:
		a.Kwargs.Target = n[d.Target]
	case a.Type == "InspectAction" || a.Type == "HealAction": // they need a target
		a.Type = "NoOpAction"
	}
	return a
}

// stream returns the numbers drawn for a decision. They depend on the server's
// seed, the table's path, the seat, and how often it was asked.
func (s *Server) stream(k key, at *seat) *rand.Rand {
	h := fnv.New64a()
	// A hash takes all that it is given.
	_, _ = io.WriteString(h, k.table)
	return games.Stream(s.params.Seed, h.Sum64(), uint64(at.memory.view.Seat), at.games, at.asked)
}

// fault counts and tells a fault.
func (s *Server) fault(count *int, err error) {
	s.mutex.Lock()
	*count++
	s.mutex.Unlock()
	if s.params.Fault != nil {
		s.params.Fault(err)
	}
}

// ask asks the agent. What a table tells need not make sense: an agent that
// breaks over it has no answer.
func ask(ctx context.Context, a wolf.Agent, v *rules.View, draw *rand.Rand) (d rules.Decision, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return a.Decide(ctx, v, draw)
}
