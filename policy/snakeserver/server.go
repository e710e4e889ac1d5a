package snakeserver

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"dryad/games"
	"dryad/games/battlesnake"
	"dryad/policy"
)

// Bounds of what is served.
const (
	maxBody   = 1 << 20 // bytes of a request
	maxAgents = 4096    // snakes at a time; the one that was asked longest ago gives way
	maxTimes  = 1 << 20 // answers whose times are kept
)

// Params say what is served.
type Params struct {
	// Policy plays. It is bound to the game battlesnake.
	Policy *policy.Policy
	// Seed is where everything random comes from, with the name of the game.
	Seed uint64
	// Colour, Head and Tail are how the snake looks, as the servers' documentation
	// lists them; empty ones are left to the server.
	Colour, Head, Tail string
	// Fault is told of each request that was refused, and once of each rule set
	// that is none of the standard rules. It may be nil.
	Fault func(error)
}

// Counts are what a server has done.
type Counts struct {
	Games   int `json:"games"`   // that have begun, counted for each of its snakes
	Moves   int `json:"moves"`   // that were answered
	Refused int `json:"refused"` // requests that were not understood
	// Median, P99 and Longest are the times from a request for a move to its
	// answer, in milliseconds.
	Median  float64 `json:"median_ms"`
	P99     float64 `json:"p99_ms"`
	Longest float64 `json:"longest_ms"`
}

// Server is an [http.Handler] for the requests of Battlesnake's servers. Its
// methods may be called from several goroutines.
type Server struct {
	params Params

	mu     sync.Mutex
	agents map[key]*agent
	clock  int // of requests
	counts Counts
	times  []time.Duration
	rules  map[string]bool // rule sets that were spoken of
}

// key names a snake of a game.
type key struct{ game, snake string }

// agent plays one snake.
type agent struct {
	mu    sync.Mutex
	seats []string // the snakes of the game in the order in which they were met
	agent *policy.Agent
	body  battlesnake.Body
	batch *policy.Batch
	asked int // when, by the server's clock
}

// New returns a server. The error says that the policy is of another game.
func New(p Params) (*Server, error) {
	if name := p.Policy.Game.Vocabulary().Game; name != "battlesnake" {
		return nil, fmt.Errorf("the policy %s is for %s, not for battlesnake", p.Policy.Name, name)
	}
	return &Server{params: p, agents: map[key]*agent{}, rules: map[string]bool{}}, nil
}

// ServeHTTP answers GET with how the snake looks, and POST of start, move and end
// at the end of any path.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		s.reply(w, map[string]string{"apiversion": "1", "author": "dryad", "version": s.params.Policy.Name,
			"color": s.params.Colour, "head": s.params.Head, "tail": s.params.Tail})
		return
	}
	begun := time.Now()
	what := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	if r.Method != http.MethodPost || what != "start" && what != "move" && what != "end" {
		s.refuse(w, http.StatusNotFound, fmt.Errorf("%s %s is no request of Battlesnake's", r.Method, r.URL.Path))
		return
	}
	q, err := read(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		s.refuse(w, http.StatusBadRequest, fmt.Errorf("%s: %w", what, err))
		return
	}
	switch what {
	case "start":
		s.note(q)
		s.take(q)
		s.reply(w, struct{}{})
	case "end":
		s.mu.Lock()
		delete(s.agents, q.key())
		s.mu.Unlock()
		s.reply(w, struct{}{})
	case "move":
		d, err := s.move(q)
		if err != nil {
			s.refuse(w, http.StatusBadRequest, fmt.Errorf("move: %w", err))
			return
		}
		s.reply(w, map[string]string{"move": d.String()})
		s.count(time.Since(begun))
	}
}

func (s *Server) reply(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // who asked has gone: nothing to do
}

func (s *Server) refuse(w http.ResponseWriter, status int, err error) {
	s.mu.Lock()
	s.counts.Refused++
	s.mu.Unlock()
	if s.params.Fault != nil {
		s.params.Fault(err)
	}
	http.Error(w, err.Error(), status)
}

func (s *Server) count(took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts.Moves++
	if len(s.times) < maxTimes {
		s.times = append(s.times, took)
	}
}

// Counts returns what the server has done so far.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.counts
	if n := len(s.times); n > 0 {
		sorted := slices.Clone(s.times)
		slices.Sort(sorted)
		ms := func(i int) float64 { return float64(sorted[i]) / float64(time.Millisecond) }
		c.Median, c.P99, c.Longest = ms(n/2), ms(min(n*99/100, n-1)), ms(n-1)
	}
	return c
}

// note speaks once of a rule set that the policy was not made for.
func (s *Server) note(q *request) {
	name := q.Game.Ruleset.Name
	s.mu.Lock()
	known := name == "" || name == "standard" || name == "solo" || s.rules[name]
	s.rules[name] = true
	s.mu.Unlock()
	if !known && s.params.Fault != nil {
		s.params.Fault(fmt.Errorf("game %s has the rules %q: the snake plays by the standard ones", q.Game.ID, name))
	}
}

// take returns the agent of a snake, a new one where there is none.
func (s *Server) take(q *request) *agent {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock++
	a := s.agents[q.key()]
	if a == nil {
		if len(s.agents) >= maxAgents {
			s.forget()
		}
		a = &agent{batch: policy.NewBatch()}
		s.agents[q.key()] = a
		s.counts.Games++
	}
	a.asked = s.clock
	return a
}

// forget drops the agent that was asked longest ago.
func (s *Server) forget() {
	var oldest key
	first := s.clock + 1
	for k, a := range s.agents {
		if a.asked < first {
			oldest, first = k, a.asked
		}
	}
	delete(s.agents, oldest)
}

// move asks the policy.
func (s *Server) move(q *request) (battlesnake.Direction, error) {
	a := s.take(q)
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range q.Board.Snakes {
		if id := q.Board.Snakes[i].ID; !slices.Contains(a.seats, id) {
			if len(a.seats) == battlesnake.MaxSnakes {
				return 0, fmt.Errorf("more than %d snakes", battlesnake.MaxSnakes)
			}
			a.seats = append(a.seats, id)
		}
	}
	seat := slices.Index(a.seats, q.You.ID)
	if seat < 0 {
		return 0, fmt.Errorf("the snake %q is not on the board", q.You.ID)
	}
	board := q.board(a.seats)
	if board.Snakes[seat].Cause != battlesnake.Alive {
		return 0, fmt.Errorf("the snake %q is not on the board", q.You.ID)
	}
	if a.agent == nil {
		h := fnv.New64a()
		_, _ = io.WriteString(h, q.Game.ID)
		a.agent = s.params.Policy.NewAgent(games.Mix(s.params.Seed, h.Sum64()), games.Seat(seat))
	}
	a.body.Take(board, games.Seat(seat))
	a.agent.Tick(&a.body, q.Turn, a.batch)
	a.batch.Run()
	a.agent.Finish(&a.body)
	return a.body.Move(), nil
}
