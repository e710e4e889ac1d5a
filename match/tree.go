package match

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"dryad/bt"
	"dryad/dsl"
	"dryad/games"
	"dryad/nn"
	"dryad/policy"
	"dryad/replay"
)

// maxOverruns is how many ticks of a match a tree may exceed its budget in; at
// the next one its seat is forfeit.
const maxOverruns = 100

// TreePlayer is a policy of the language on a seat.
type TreePlayer struct {
	agent  *policy.Agent
	at     PlayerContext
	batch  *policy.Batch
	turns  bool // a seat that does not act waits for its turn, and is not dead
	status bt.Status
}

var (
	_ Player      = (*TreePlayer)(nil)
	_ Snapshotter = (*TreePlayer)(nil)
)

// Tree makes an entrant of a policy.
func Tree(p *policy.Policy) Entrant {
	e := Entrant{
		Record: replay.Policy{Name: p.Name, Source: p.Canonical, Hash: p.Hash, Script: p.Script},
		Make: func(at PlayerContext, seat games.Seat, seed uint64) (Player, error) {
			return &TreePlayer{agent: p.NewAgent(seed, seat), at: at, turns: p.Game.Vocabulary().TicksPerSecond == 0}, nil
		},
	}
	if p.MultiplyAdds() > 0 {
		e.Networks = sync.OnceValues(func() ([]games.File, error) { return networks(p) })
	}
	return e
}

// networks returns the networks of a policy as files.
func networks(p *policy.Policy) ([]games.File, error) {
	var files []games.File
	for i, word := range p.Game.Vocabulary().Nets {
		net := p.Network(i)
		if net == nil {
			continue
		}
		data, err := nn.Encode(net, nil)
		if err != nil {
			return nil, fmt.Errorf("encode the network of %s: %w", word.Name, err)
		}
		sum := sha256.Sum256(data)
		files = append(files, games.File{Name: word.Name, Hash: hex.EncodeToString(sum[:]), Read: func() ([]byte, error) { return data, nil }})
	}
	return files, nil
}

// Resolver returns a function for PlaybackParams.Resolve that reads the
// recorded policies again. It refuses one that comes out as another, because
// its networks have changed; a policy that is no tree it leaves out.
func Resolver(game games.Game, params policy.Params) func(replay.Policy) (Entrant, error) {
	return func(r replay.Policy) (Entrant, error) {
		if r.Source == "" {
			return Entrant{Record: r}, nil
		}
		with := params
		if with.Script = nil; r.Script != "" {
			with.Script = []byte(r.Script)
		}
		p, faults := policy.Parse(r.Name, []byte(r.Source), game, with)
		if p == nil {
			return Entrant{}, fmt.Errorf("it is not legal any more: %s", firstFault(faults))
		}
		if p.Hash != r.Hash {
			return Entrant{}, fmt.Errorf("its networks, or their deadline, are not those that it was recorded with")
		}
		return Tree(p), nil
	}
}

// firstFault says the first error of a policy in one line.
func firstFault(faults dsl.Diagnostics) string {
	for _, f := range faults {
		if f.Severity == dsl.Error {
			return fmt.Sprintf("line %d: %s", f.Range.Start.Line, f.Summary)
		}
	}
	return "no fault is told"
}

// Agent returns the agent, for looking at it between ticks.
func (t *TreePlayer) Agent() *policy.Agent { return t.agent }

// Status returns what the root answered in the last tick, Idle when the seat
// rested.
func (t *TreePlayer) Status() bt.Status { return t.status }

// Tick runs the tree.
func (t *TreePlayer) Tick(body games.Body) error {
	t.status = t.agent.Tick(body, t.at.Now(), t.batch)
	if n := t.agent.Counters().Overruns; n > maxOverruns {
		return fmt.Errorf("stalled: the tree exceeded its budget in %d ticks", n)
	}
	if err := t.agent.LuaExceeded(); err != nil {
		return fmt.Errorf("stalled: %w", err)
	}
	return nil
}

// Finish commits what the tree and its networks decided.
func (t *TreePlayer) Finish(body games.Body) error {
	t.agent.Finish(body)
	return nil
}

// Rest halts the tree of a seat that is dead, and leaves that of one that
// waits for its turn.
func (t *TreePlayer) Rest(body games.Body) {
	t.status = bt.Idle
	if !t.turns {
		t.agent.Halt(body, t.at.Now())
	}
}

// Snapshot appends the agent's state.
func (t *TreePlayer) Snapshot(buf []byte) []byte { return t.agent.Snapshot(buf) }

// Restore is the inverse of Snapshot.
func (t *TreePlayer) Restore(snapshot []byte) error {
	t.status = bt.Idle
	return t.agent.Restore(snapshot)
}

// inherit lets the agent of the player before it go on with this one's policy.
func (t *TreePlayer) inherit(old Player, body games.Body, now int) bool {
	before, ok := old.(*TreePlayer)
	if !ok {
		return false
	}
	before.agent.Swap(t.agent.Policy(), body, now)
	t.agent, t.batch = before.agent, before.batch
	return true
}

// admit lets the player share the match's batch, and its team's memory.
func (t *TreePlayer) admit(m *Match, seat games.Seat) {
	t.batch = m.batch
	t.agent.SetProfile(m.params.Profile)
	team := m.coalition(seat)
	if m.teams[team] == nil {
		m.teams[team] = policy.NewTeam()
	}
	t.agent.Join(m.teams[team])
}

// coalition returns the number of those with whom a seat shares memory: its team,
// unless the world says otherwise.
func (m *Match) coalition(seat games.Seat) int {
	if c, ok := m.world.(games.Coalitions); ok {
		return c.Coalition(seat)
	}
	return m.world.Team(seat)
}

// profile returns what the tree's nodes did.
func (t *TreePlayer) profile() *Profile {
	played, counts := t.agent.Policy(), t.agent.Profile()
	p := &Profile{Ticks: counts.Ticks, Nodes: make([]NodeProfile, len(counts.Nodes))}
	for i, c := range counts.Nodes {
		info := played.Program.Node(i)
		n := NodeProfile{Path: info.Path, Kind: info.Kind.String(), Text: info.Text,
			Visits: c.Visits, Successes: c.Successes, Failures: c.Failures, Running: c.Running, Halts: c.Halts, Unguarded: c.Unguarded}
		if info.Parent >= 0 {
			n.Depth = p.Nodes[info.Parent].Depth + 1
		}
		if source := played.Line(i); source != nil {
			n.Line = source.Range.Start.Line
		}
		p.Nodes[i] = n
	}
	return p
}
