package service

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"dryad/games"
	"dryad/games/remote"
	"dryad/policy"
	"dryad/vocab"
)

// Bounds of what is served.
const (
	maxLine   = 4 << 20
	maxAgents = 10_000
)

// Service answers one program.
type Service struct {
	// Load reads a policy's file and returns it bound to the stub of its game.
	Load func(path, game string) (*policy.Policy, *remote.Stub, error)

	agents []*agent
}

// agent is a policy that was loaded, on a seat.
type agent struct {
	*policy.Agent
	body  *remote.StubBody
	batch *policy.Batch
	words *vocab.Vocabulary
}

type request struct {
	ID       int64               `json:"id"`
	Do       string              `json:"do"`
	Policy   string              `json:"policy"`
	Game     string              `json:"game"`
	Seed     uint64              `json:"seed"`
	Seat     int                 `json:"seat"`
	Agent    int                 `json:"agent"`
	Now      int                 `json:"now"`
	Features map[string]float64  `json:"features"`
	Choices  map[string][]target `json:"choices"`
	Ended    map[string]bool     `json:"ended"`
	State    string              `json:"state"`
}

type target struct {
	ID int32 `json:"id"`
	X  int32 `json:"x"`
	Y  int32 `json:"y"`
	Z  int32 `json:"z"`
}

type reply struct {
	ID       int64     `json:"id"`
	Error    string    `json:"error,omitempty"`
	Agent    int       `json:"agent,omitempty"`
	Name     string    `json:"name,omitempty"`
	Game     string    `json:"game,omitempty"`
	Reads    []string  `json:"reads,omitempty"`
	Status   string    `json:"status,omitempty"`
	Commands []command `json:"commands,omitempty"`
	State    string    `json:"state,omitempty"`
}

type command struct {
	Task     string         `json:"task"`
	Started  bool           `json:"started,omitempty"`
	Channels []string       `json:"channels,omitempty"`
	Args     map[string]any `json:"args,omitempty"`
}

// Serve answers until the input ends. A request that cannot be done is answered
// with an error; the error returned is that of the connection.
func (s *Service) Serve(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	writer := bufio.NewWriter(out)
	encoder := json.NewEncoder(writer)
	for lines.Scan() {
		var r request
		answer := &reply{}
		err := json.Unmarshal(lines.Bytes(), &r)
		if err == nil {
			answer, err = s.answer(&r)
		}
		if err != nil {
			answer = &reply{Error: err.Error()}
		}
		answer.ID = r.ID
		if err := encoder.Encode(answer); err != nil {
			return err
		}
		if err := writer.Flush(); err != nil {
			return err
		}
	}
	return lines.Err()
}

// answer does one request.
func (s *Service) answer(r *request) (*reply, error) {
	if r.Do == "load" {
		return s.load(r)
	}
	if r.Agent < 1 || r.Agent > len(s.agents) {
		return nil, fmt.Errorf("there is no agent %d; load a policy first", r.Agent)
	}
	a := s.agents[r.Agent-1]
	switch r.Do {
	case "tick":
		return a.tick(r)
	case "halt":
		a.Halt(a.body, r.Now)
		return &reply{}, nil
	case "save":
		return &reply{State: base64.StdEncoding.EncodeToString(a.Snapshot(nil))}, nil
	case "restore":
		state, err := base64.StdEncoding.DecodeString(r.State)
		if err != nil {
			return nil, fmt.Errorf("the state is no base64: %w", err)
		}
		return &reply{}, a.Restore(state)
	}
	return nil, fmt.Errorf("there is no request %q; there are load, tick, halt, save, restore", r.Do)
}

// load makes an agent of a policy's file.
func (s *Service) load(r *request) (*reply, error) {
	if len(s.agents) >= maxAgents {
		return nil, fmt.Errorf("at most %d agents are served at once", maxAgents)
	}
	if r.Seat < 0 || r.Seat > 255 {
		return nil, fmt.Errorf("there is no seat %d", r.Seat)
	}
	p, stub, err := s.Load(r.Policy, r.Game)
	if err != nil {
		return nil, err
	}
	if p.MultiplyAdds() > 0 {
		return nil, errors.New("the policy has neural tasks, whose input only the game itself can give")
	}
	words := p.Game.Vocabulary()
	s.agents = append(s.agents, &agent{p.NewAgent(r.Seed, games.Seat(r.Seat)), stub.Body(games.Seat(r.Seat)), policy.NewBatch(), words})
	answer := &reply{Agent: len(s.agents), Name: p.Name, Game: words.Game}
	for _, i := range p.Readings() {
		answer.Reads = append(answer.Reads, words.ReadingName(int(i)))
	}
	return answer, nil
}

// tick runs the tree of an agent once.
func (a *agent) tick(r *request) (*reply, error) {
	seen := remote.Perception{Readings: r.Features, Choices: map[string][]games.Target{}, Ended: r.Ended}
	for name, targets := range r.Choices {
		for _, t := range targets {
			seen.Choices[name] = append(seen.Choices[name], games.Target{ID: t.ID, X: t.X, Y: t.Y, Z: t.Z})
		}
	}
	if err := a.body.Tell(seen); err != nil {
		return nil, err
	}
	status := a.Tick(a.body, r.Now, a.batch)
	a.batch.Run()
	a.Finish(a.body)
	answer := &reply{Status: status.String()}
	for _, o := range a.body.Orders() {
		c := command{Task: o.Task, Started: o.Started, Channels: o.Channels, Args: map[string]any{}}
		for name, v := range o.Args {
			if v.Target.Kind.Target() {
				c.Args[name] = map[string]any{"kind": v.Target.Kind.String(), "id": v.Target.ID, "x": v.Target.X, "y": v.Target.Y, "z": v.Target.Z}
			} else {
				c.Args[name] = v.Number
			}
		}
		answer.Commands = append(answer.Commands, c)
	}
	return answer, nil
}
