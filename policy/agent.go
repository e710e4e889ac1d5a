package policy

import (
	"encoding/binary"
	"fmt"
	"math"

	"dryad/bt"
	"dryad/games"
	"dryad/nn"
	"dryad/policy/compile"
	"dryad/vocab"
)

// Agent is a policy on a seat. It is used by one goroutine at a time.
type Agent struct {
	policy  *Policy
	seat    games.Seat
	tree    *bt.Agent
	host    compile.Host
	team    *Team
	queued  []queued
	claimed vocab.Channels
	memory  []float32 // states of recurrent networks
	nans    uint64
	doubts  uint64
	late    uint64
	overrun uint64
}

// queued is where the answer to a pending neural task will be.
type queued struct {
	queue *queue // nil when the deadline has passed
	row   int
}

// NewAgent makes an agent. The seed and the seat key its random draws.
func (p *Policy) NewAgent(seed uint64, seat games.Seat) *Agent {
	a := &Agent{policy: p, seat: seat, memory: make([]float32, p.memory), tree: p.Program.NewAgent(games.Mix(seed, uint64(seat)))}
	a.tree.Host = &a.host
	return a
}

// Policy returns what the agent plays.
func (a *Agent) Policy() *Policy { return a.policy }

// Seat returns where the agent sits.
func (a *Agent) Seat() games.Seat { return a.seat }

// Tick observes and runs the tree at the world's tick now. Commands of tasks
// are written to the body; neural tasks leave their inputs in the batch, which
// is to be run before Finish. It returns the root's status. An agent alone may
// pass a batch of its own.
func (a *Agent) Tick(body games.Body, now int, batch *Batch) bt.Status {
	a.host.Body = body
	a.host.Pending = a.host.Pending[:0]
	a.host.Steps = a.policy.steps
	body.Observe(a.policy.readings, a.tree.Inputs())
	before := a.tree.Overruns()
	status := a.tree.Tick(now)
	a.overrun += uint64(a.tree.Overruns() - before)
	a.claimed = vocab.Channels(a.tree.Claimed())
	a.queued = a.queued[:0]
	spent := 0
	for i := range a.host.Pending {
		p := &a.host.Pending[i]
		if spent += a.policy.nets[p.Net].macs; a.policy.deadline > 0 && spent > a.policy.deadline {
			a.queued = append(a.queued, queued{})
			continue
		}
		queue, row := batch.row(a.policy.nets[p.Net].net)
		body.NetInput(p.Net, a.host.Call(a.tree, p), queue.input(row))
		if at := a.remembered(p.Node()); len(at) > 0 {
			if p.Started() {
				clear(at)
			}
			copy(queue.state(row), at)
		}
		a.queued = append(a.queued, queued{queue, row})
	}
	if a.team != nil && !a.team.waiting {
		a.team.waiting = true
		batch.teams = append(batch.teams, a.team)
	}
	return status
}

// Finish turns the answers of networks into commands and commits what the tick
// claimed. The rule of a task acts, and it is counted, where the network answers
// with NaN or an infinity, is less sure than the task asks, or is past the deadline.
func (a *Agent) Finish(body games.Body) {
	a.host.Body = body
	for i := range a.host.Pending {
		p := &a.host.Pending[i]
		var used vocab.Channels
		if output := a.output(i); output != nil {
			a.host.Settled(a.tree, p)
			used = body.NetOutput(p.Net, a.host.Call(a.tree, p), output) & p.May
		} else {
			used = a.host.Fallback(a.tree, p)
		}
		a.claimed &^= p.May &^ used
	}
	a.host.Pending, a.queued = a.host.Pending[:0], a.queued[:0]
	body.Commit(a.claimed)
}

// remembered is the state of a node's recurrent network; nil without one. It is zero
// when the node starts.
func (a *Agent) remembered(node int) []float32 {
	m := a.policy.memories[node]
	return a.memory[m.from:m.to:m.to]
}

// output returns what the network of a pending task answered; nil, counted, where
// the rule has to act.
func (a *Agent) output(pending int) []float32 {
	q := a.queued[pending]
	if q.queue == nil {
		a.late++
		return nil
	}
	output := q.queue.output(q.row)
	finite := nn.Finite(output)
	if at := a.remembered(a.host.Pending[pending].Node()); len(at) > 0 {
		if copy(at, q.queue.state(q.row)); !nn.Finite(at) {
			clear(at)
			finite = false
		}
	}
	switch {
	case !finite:
		a.nans++
		return nil
	case !a.policy.unsure && a.policy.nets[a.host.Pending[pending].Net].doubts(output):
		a.doubts++
		return nil
	}
	return output
}

// Halt halts all that runs: the seat has died, or the match is over. It issues
// no command. Calling it again does nothing more.
func (a *Agent) Halt(body games.Body, now int) {
	a.host.Body = body
	a.host.Pending, a.queued = a.host.Pending[:0], a.queued[:0]
	a.tree.Halt(now)
}

// Swap lets the agent go on with another policy of the same game, between two
// ticks. What runs and is the same in both goes on; the rest is halted.
func (a *Agent) Swap(p *Policy, body games.Body, now int) {
	a.host.Body = body
	a.tree.Swap(p.Program, now)
	a.policy, a.memory = p, make([]float32, p.memory)
}

// Counters are what an agent counts over a match.
type Counters struct {
	Overruns  int // ticks that exceeded the budget
	NaNs      int // answers of networks that were not finite
	Doubts    int // answers of which a network was less sure than its task asks
	Late      int // neural tasks that the deadline left to their rules
	LuaFaults int // calls of Lua functions that broke a rule
	// LuaFault says what the last of them did, if that was since the agent was
	// made or restored.
	LuaFault error `json:"-"`
}

// Counters returns the agent's counts.
func (a *Agent) Counters() Counters {
	return Counters{Overruns: int(a.overrun), NaNs: int(a.nans), Doubts: int(a.doubts), Late: int(a.late), LuaFaults: a.host.LuaFaults, LuaFault: a.host.LuaFault}
}

// LuaExceeded returns the fault of the first Lua function that used up its
// budget, nil when none has since the agent was made or restored.
func (a *Agent) LuaExceeded() error { return a.host.LuaExceeded }

// LuaFault returns what the last Lua function that broke a rule did; nil when
// none has.
func (a *Agent) LuaFault() error { return a.host.LuaFault }

// SetTrace, SetProfile and SetHook switch on what the tree reports; nothing of
// it costs anything when off.
func (a *Agent) SetTrace(on bool) { a.tree.SetTrace(on) }

// SetProfile switches the profile on, empty, or off.
func (a *Agent) SetProfile(on bool) { a.tree.SetProfile(on) }

// SetHook sets or, with nil, removes a hook that is called at every node.
func (a *Agent) SetHook(h bt.Hook) { a.tree.SetHook(h) }

// Trace returns the status of every node of the program in the last tick, Idle
// for those not reached; nil when tracing is off.
func (a *Agent) Trace() []bt.Status { return a.tree.Trace() }

// Profile returns what the nodes of the program did since profiling was
// switched on.
func (a *Agent) Profile() bt.Profile { return a.tree.Profile() }

// Key returns the value of a blackboard key.
func (a *Agent) Key(name string) (float64, bool) { return a.tree.Key(name) }

// counterWords are the words of a snapshot that hold counts.
const counterWords = 5

// snapshotVersion begins every snapshot.
const snapshotVersion = 0xd2

// Snapshot appends what the agent remembers between two ticks.
func (a *Agent) Snapshot(buf []byte) []byte {
	words := a.tree.Snapshot(nil)
	buf = append(buf, snapshotVersion)
	for _, w := range append(words, a.nans, a.doubts, a.late, a.overrun, uint64(a.host.LuaFaults)) {
		buf = binary.LittleEndian.AppendUint64(buf, w)
	}
	for _, v := range a.memory {
		buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(v))
	}
	return buf
}

// Restore sets what the agent remembers from a snapshot of an agent of a policy
// with the same hash. It leaves the agent unchanged if the snapshot cannot be
// one.
func (a *Agent) Restore(snapshot []byte) error {
	size := a.policy.Program.Words() + counterWords
	if len(snapshot) != 1+8*size+4*len(a.memory) || snapshot[0] != snapshotVersion {
		return fmt.Errorf("restore an agent of %s: %d bytes are no snapshot of it", a.policy.Name, len(snapshot))
	}
	words := make([]uint64, size)
	for i := range words {
		words[i] = binary.LittleEndian.Uint64(snapshot[1+8*i:])
	}
	if err := a.tree.Restore(words[:size-counterWords]); err != nil {
		return fmt.Errorf("restore an agent of %s: %w", a.policy.Name, err)
	}
	counts := words[size-counterWords:]
	a.nans, a.doubts, a.late, a.overrun, a.host.LuaFaults = counts[0], counts[1], counts[2], counts[3], int(counts[4])
	for i := range a.memory {
		a.memory[i] = math.Float32frombits(binary.LittleEndian.Uint32(snapshot[1+8*size+4*i:]))
	}
	a.host.Pending, a.queued = a.host.Pending[:0], a.queued[:0]
	return nil
}
