package match

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"dryad/games"
	"dryad/policy"
	"dryad/replay"
)

// Kind names assignments among the pieces of work that a queue does.
const Kind = "match"

// Assignment is a match that another process is to play: all that its outcome
// is a function of, in a form that can be sent.
type Assignment struct {
	Game   string       `json:"game"`
	Config games.Config `json:"config"`
	Seed   uint64       `json:"seed"`
	// Entrants take the seats in their order, or Sides the teams in turn, as in
	// [Params].
	Entrants []replay.Policy `json:"entrants,omitempty"`
	Sides    []replay.Policy `json:"sides,omitempty"`
	Program  string          `json:"program,omitempty"`
	Record   bool            `json:"record,omitempty"`
	Events   bool            `json:"events,omitempty"`
	Profile  bool            `json:"profile,omitempty"`
	// Carried has, by hash, what entrants are made of whose records hold no
	// source.
	Carried map[string][]byte `json:"carried,omitempty"`
	// Files has the hash of each file that the match reads, by its name.
	Files map[string]string `json:"files,omitempty"`
}

// Files returns the files that a match reads.
func Files(p Params) ([]games.File, error) {
	reader, ok := p.Game.(games.FileReader)
	if !ok {
		return nil, nil
	}
	return reader.Files(p.Config)
}

// Assign puts a match into a form that can be sent. A policy that is not
// written in the language cannot be, unless it is an agent that the game brings
// along, or has something [Entrant.Carried].
func Assign(p Params) ([]byte, error) {
	a := Assignment{
		Game: p.Game.Vocabulary().Game, Config: p.Config, Seed: p.Seed, Program: p.Program,
		Record: p.Record, Events: p.Events, Profile: p.Profile,
	}
	for _, list := range []struct {
		from []Entrant
		to   *[]replay.Policy
	}{{p.Entrants, &a.Entrants}, {p.Sides, &a.Sides}} {
		for _, e := range list.from {
			switch {
			case e.Record.Source != "" || e.Record.Agent != "":
			case e.Carried != nil && e.Record.Hash != "":
				if a.Carried == nil {
					a.Carried = map[string][]byte{}
				}
				a.Carried[e.Record.Hash] = e.Carried
			default:
				return nil, fmt.Errorf("the policy %s has no source: it cannot be played elsewhere", e.Record.Name)
			}
			*list.to = append(*list.to, e.Record)
		}
	}
	files, err := Files(p)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if a.Files == nil {
			a.Files = map[string]string{}
		}
		a.Files[f.Name] = f.Hash
	}
	payload, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("assign a match: %w", err)
	}
	return payload, nil
}

// Referee plays assignments. It may be used by many goroutines.
type Referee struct {
	// Games finds a game by its name.
	Games func(name string) (games.Game, error)
	// Policies says what policies of a game may use beside its words.
	Policies func(game string) policy.Params
	// Agents seats an agent that a game brings along; without it there are none.
	Agents func(game games.Game, record replay.Policy) (Entrant, error)
	// Carried makes an entrant of what its assigner sent beside the record;
	// without it nothing can be sent so.
	Carried func(game games.Game, record replay.Policy, carried []byte) (Entrant, error)
	// Fetch gets a file by the hash of its content, where this process has
	// another of its name or none; without it such a match is refused.
	Fetch func(ctx context.Context, hash string) ([]byte, error)

	mutex   sync.Mutex
	known   map[string]Entrant
	fetched map[string][]byte // by hash
}

// maxKnown is how many policies a referee keeps compiled.
const maxKnown = 256

// Play plays the match of an assignment and returns its outcome in a form that
// [ReadOutcome] reads. It is a handler for package queue. The result is the
// one that [Run] has anywhere, or an error when the policies, the game or the
// map are not the assigner's.
func (r *Referee) Play(ctx context.Context, payload []byte) ([]byte, error) {
	var a Assignment
	if err := json.Unmarshal(payload, &a); err != nil {
		return nil, fmt.Errorf("read an assignment: %w", err)
	}
	game, err := r.Games(a.Game)
	if err != nil {
		return nil, err
	}
	p := Params{Game: game, Config: a.Config, Seed: a.Seed, Program: a.Program, Record: a.Record, Events: a.Events, Profile: a.Profile}
	if p.Entrants, err = r.entrants(game, a.Entrants, a.Carried); err != nil {
		return nil, err
	}
	if p.Sides, err = r.entrants(game, a.Sides, a.Carried); err != nil {
		return nil, err
	}
	config := p.Config
	if p.Config, err = r.files(ctx, game, config, a.Files); err != nil {
		return nil, err
	}
	outcome, err := Run(ctx, p)
	if err != nil {
		return nil, err
	}
	if p.Config.Map != config.Map {
		// The file came from elsewhere; the match is that of its own name.
		outcome.Config.Map = config.Map
		if outcome.Replay != nil {
			outcome.Replay.Config.Map = config.Map
		}
	}
	return writeOutcome(outcome)
}

// files returns the configuration that reads the files of these hashes: those
// of this process, or else what is fetched.
func (r *Referee) files(ctx context.Context, game games.Game, config games.Config, hashes map[string]string) (games.Config, error) {
	if len(hashes) == 0 {
		return config, nil
	}
	reader, ok := game.(games.FileReader)
	if !ok {
		return config, fmt.Errorf("the match reads files, which %s does not here", game.Vocabulary().Game)
	}
	have := map[string]string{}
	if list, err := reader.Files(config); err == nil {
		for _, f := range list {
			have[f.Name] = f.Hash
		}
	}
	for _, name := range slices.Sorted(maps.Keys(hashes)) {
		hash := hashes[name]
		if have[name] == hash {
			continue
		}
		data, err := r.fetch(ctx, hash)
		if err != nil {
			return config, fmt.Errorf("the file %s here is not the assigner's: %w", name, err)
		}
		if config, err = reader.WithFile(config, name, data); err != nil {
			return config, err
		}
	}
	return config, nil
}

// fetch gets a file, each once.
func (r *Referee) fetch(ctx context.Context, hash string) ([]byte, error) {
	if r.Fetch == nil {
		return nil, errors.New("and it cannot be fetched")
	}
	r.mutex.Lock()
	data, have := r.fetched[hash]
	r.mutex.Unlock()
	if have {
		return data, nil
	}
	data, err := r.Fetch(ctx, hash)
	if err != nil {
		return nil, err
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.fetched == nil || len(r.fetched) >= maxFetched {
		r.fetched = map[string][]byte{}
	}
	r.fetched[hash] = data
	return data, nil
}

// maxFetched is how many fetched files a referee keeps.
const maxFetched = 8

func (r *Referee) entrants(game games.Game, policies []replay.Policy, carried map[string][]byte) ([]Entrant, error) {
	var list []Entrant
	for _, record := range policies {
		e, err := r.entrant(game, record, carried[record.Hash])
		if err != nil {
			return nil, fmt.Errorf("the policy %s: %w", record.Name, err)
		}
		list = append(list, e)
	}
	return list, nil
}

// entrant reads a policy, or takes it from those that were read before.
func (r *Referee) entrant(game games.Game, record replay.Policy, carried []byte) (Entrant, error) {
	key := game.Vocabulary().Game + "\x00" + record.Name + "\x00" + record.Hash + "\x00" + record.Agent + "\x00" + record.Source
	r.mutex.Lock()
	e, have := r.known[key]
	r.mutex.Unlock()
	if have {
		return e, nil
	}
	resolve := Resolver(game, r.Policies(game.Vocabulary().Game))
	switch {
	case record.Agent != "" && r.Agents != nil:
		resolve = func(record replay.Policy) (Entrant, error) { return r.Agents(game, record) }
	case record.Source == "" && carried != nil && r.Carried != nil:
		resolve = func(record replay.Policy) (Entrant, error) { return r.Carried(game, record, carried) }
	}
	e, err := resolve(record)
	if err != nil {
		return Entrant{}, err
	}
	if e.Make == nil {
		return Entrant{}, fmt.Errorf("it has no source")
	}
	e.Record = record
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.known == nil || len(r.known) >= maxKnown {
		r.known = map[string]Entrant{}
	}
	r.known[key] = e
	return e, nil
}

// sentOutcome is an outcome on its way; the replay is in its own form.
type sentOutcome struct {
	Outcome
	Record []byte `json:"record,omitempty"`
}

func writeOutcome(o Outcome) ([]byte, error) {
	sent := sentOutcome{Outcome: o}
	if o.Replay != nil {
		var err error
		if sent.Record, err = replay.Encode(o.Replay); err != nil {
			return nil, err
		}
		sent.Outcome.Replay = nil
	}
	text, err := json.Marshal(sent)
	if err != nil {
		return nil, fmt.Errorf("send the outcome of a match: %w", err)
	}
	return text, nil
}

// ReadOutcome reads what [Referee.Play] has returned.
func ReadOutcome(text []byte) (Outcome, error) {
	var sent sentOutcome
	if err := json.Unmarshal(text, &sent); err != nil {
		return Outcome{}, fmt.Errorf("read the outcome of a match: %w", err)
	}
	if len(sent.Record) > 0 {
		var err error
		if sent.Outcome.Replay, err = replay.Decode(sent.Record); err != nil {
			return Outcome{}, fmt.Errorf("read the outcome of a match: %w", err)
		}
	}
	return sent.Outcome, nil
}
