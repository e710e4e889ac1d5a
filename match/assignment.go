package match

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"dryad/games"
	"dryad/nn"
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
	// Parts has, by the hash of a policy whose record holds no source, what it is
	// made of.
	Parts map[string]Parts `json:"parts,omitempty"`
	// Files has the hash of each file that the match reads, by its name.
	Files map[string]string `json:"files,omitempty"`
}

// Parts are what a policy is made of. What the assigner offers is named by the
// SHA-256 hash of its content, in hexadecimal, and fetched once by each
// referee; the rest is carried along.
type Parts struct {
	Source string `json:"source,omitempty"` // the canonical text, by hash
	Script string `json:"script,omitempty"` // its Lua source, by hash
	Tables string `json:"tables,omitempty"` // [Entrant.Carried], by hash
	// Networks has the hash of each network file by the neural task's name.
	Networks map[string]string `json:"networks,omitempty"`
	// Carried is [Entrant.Carried] where nothing is offered.
	Carried []byte `json:"carried,omitempty"`
}

// Offer lets who plays an assignment fetch a file by its hash. The file is read
// when somebody asks.
type Offer func(hash string, read func() ([]byte, error))

// Files returns the files that a match reads.
func Files(p Params) ([]games.File, error) {
	reader, ok := p.Game.(games.FileReader)
	if !ok {
		return nil, nil
	}
	return reader.Files(p.Config)
}

// Assign puts a match into a form that can be sent. Policies, networks and maps
// are offered, and named in the assignment by the hashes of their contents. With
// a nil offer, sources and what [Entrant.Carried] holds are in the assignment,
// and the referee has networks and maps of its own. A policy that is not written
// in the language cannot be sent, unless it is an agent that the game brings
// along or has something carried.
func Assign(p Params, offer Offer) ([]byte, error) {
	a := Assignment{
		Game: p.Game.Vocabulary().Game, Config: p.Config, Seed: p.Seed, Program: p.Program,
		Record: p.Record, Events: p.Events, Profile: p.Profile,
	}
	for _, list := range []struct {
		from []Entrant
		to   *[]replay.Policy
	}{{p.Entrants, &a.Entrants}, {p.Sides, &a.Sides}} {
		for i := range list.from {
			record, err := a.add(&list.from[i], offer)
			if err != nil {
				return nil, fmt.Errorf("the policy %s %w", list.from[i].Record.Name, err)
			}
			*list.to = append(*list.to, record)
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
		if offer != nil {
			offer(f.Hash, f.Read)
		}
	}
	payload, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("assign a match: %w", err)
	}
	return payload, nil
}

// add notes what an entrant is made of and returns its record as it is sent.
func (a *Assignment) add(e *Entrant, offer Offer) (replay.Policy, error) {
	record := e.Record
	switch {
	case record.Agent != "":
		return record, nil
	case record.Source == "" && (e.Carried == nil || record.Hash == ""):
		return record, errors.New("has no source: it cannot be played elsewhere")
	case record.Source != "" && (offer == nil || record.Hash == ""):
		return record, nil
	}
	offered := func(data []byte) string {
		if len(data) == 0 {
			return ""
		}
		sum := sha256.Sum256(data)
		hash := hex.EncodeToString(sum[:])
		offer(hash, func() ([]byte, error) { return data, nil })
		return hash
	}
	var parts Parts
	switch {
	case record.Source != "":
		parts.Source, parts.Script = offered([]byte(record.Source)), offered([]byte(record.Script))
		record.Source, record.Script = "", ""
	case offer != nil:
		parts.Tables = offered(e.Carried)
	default:
		parts.Carried = e.Carried
	}
	if e.Networks != nil && offer != nil {
		files, err := e.Networks()
		if err != nil {
			return record, fmt.Errorf("cannot be sent: %w", err)
		}
		parts.Networks = map[string]string{}
		for _, f := range files {
			parts.Networks[f.Name] = f.Hash
			offer(f.Hash, f.Read)
		}
	}
	if a.Parts == nil {
		a.Parts = map[string]Parts{}
	}
	a.Parts[record.Hash] = parts
	return record, nil
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
	// Fetch gets what an assignment names by the hash of its content: policies
	// that were not seen before, and files of which this process has none or
	// another. Without it such a match is refused.
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
	if p.Entrants, err = r.entrants(ctx, game, a.Entrants, a.Parts); err != nil {
		return nil, err
	}
	if p.Sides, err = r.entrants(ctx, game, a.Sides, a.Parts); err != nil {
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
	r.mutex.Lock()
	data, have := r.fetched[hash]
	r.mutex.Unlock()
	if have {
		return data, nil
	}
	data, err := r.get(ctx, hash)
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

// get gets what the assigner offers.
func (r *Referee) get(ctx context.Context, hash string) ([]byte, error) {
	if r.Fetch == nil {
		return nil, errors.New("and it cannot be fetched")
	}
	return r.Fetch(ctx, hash)
}

// maxFetched is how many fetched files a referee keeps.
const maxFetched = 8

func (r *Referee) entrants(ctx context.Context, game games.Game, policies []replay.Policy, parts map[string]Parts) ([]Entrant, error) {
	var list []Entrant
	for _, record := range policies {
		e, err := r.entrant(ctx, game, record, parts[record.Hash])
		if err != nil {
			return nil, fmt.Errorf("the policy %s: %w", record.Name, err)
		}
		list = append(list, e)
	}
	return list, nil
}

// entrant reads a policy, or takes it from those that were read before.
func (r *Referee) entrant(ctx context.Context, game games.Game, record replay.Policy, parts Parts) (Entrant, error) {
	key := game.Vocabulary().Game + "\x00" + record.Name + "\x00" + record.Hash + "\x00" + record.Agent + "\x00" + record.Source
	r.mutex.Lock()
	e, have := r.known[key]
	r.mutex.Unlock()
	if have {
		return e, nil
	}
	e, err := r.read(ctx, game, record, parts)
	if err != nil {
		return Entrant{}, err
	}
	if e.Make == nil {
		return Entrant{}, fmt.Errorf("it has no source")
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.known == nil || len(r.known) >= maxKnown {
		r.known = map[string]Entrant{}
	}
	r.known[key] = e
	return e, nil
}

// read makes an entrant of a record and its parts.
func (r *Referee) read(ctx context.Context, game games.Game, record replay.Policy, parts Parts) (Entrant, error) {
	params := r.Policies(game.Vocabulary().Game)
	var err error
	part := func(hash string) []byte {
		if hash == "" || err != nil {
			return nil
		}
		var data []byte
		data, err = r.get(ctx, hash)
		return data
	}
	if record.Agent == "" && record.Source == "" {
		record.Source, record.Script = string(part(parts.Source)), string(part(parts.Script))
		if tables := part(parts.Tables); tables != nil {
			parts.Carried = tables
		}
		if len(parts.Networks) > 0 {
			sent := map[string]*nn.Network{}
			for _, task := range slices.Sorted(maps.Keys(parts.Networks)) {
				data := part(parts.Networks[task])
				if err != nil {
					break
				}
				if sent[task], _, err = nn.Decode(data); err != nil {
					err = fmt.Errorf("the network of %s: %w", task, err)
				}
			}
			params.Net = func(task string) (*nn.Network, error) { return sent[task], nil }
		}
	}
	if err != nil {
		return Entrant{}, err
	}
	resolve := Resolver(game, params)
	switch {
	case record.Agent != "" && r.Agents != nil:
		resolve = func(record replay.Policy) (Entrant, error) { return r.Agents(game, record) }
	case record.Source == "" && parts.Carried != nil && r.Carried != nil:
		resolve = func(record replay.Policy) (Entrant, error) { return r.Carried(game, record, parts.Carried) }
	}
	e, err := resolve(record)
	e.Record = record
	return e, err
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
