package bt

// Counts are the profile of one node.
type Counts struct {
	Visits    int // ticks in which the node was ticked
	Successes int
	Failures  int
	Running   int // ticks that the node ended running
	Halts     int // of tasks and cooldowns
	// Unguarded is how many of the halts came because a guard before the node, or
	// before a node above it, failed in the same sequence or parallel.
	Unguarded int
}

// Profile counts what the nodes of an agent's program did.
type Profile struct {
	Ticks int      // ticks that were counted
	Nodes []Counts // by the index of the node
}

// Share returns the part of the ticks in which a node was ticked.
func (p Profile) Share(node int) float64 {
	if p.Ticks == 0 {
		return 0
	}
	return float64(p.Nodes[node].Visits) / float64(p.Ticks)
}

// Add adds the counts of another agent of the same program.
func (p *Profile) Add(q Profile) {
	if p.Nodes == nil {
		p.Nodes = make([]Counts, len(q.Nodes))
	}
	p.Ticks += q.Ticks
	for i, c := range q.Nodes {
		n := &p.Nodes[i]
		n.Visits += c.Visits
		n.Successes += c.Successes
		n.Failures += c.Failures
		n.Running += c.Running
		n.Halts += c.Halts
		n.Unguarded += c.Unguarded
	}
}

// Event is what a hook receives.
type Event struct {
	Node   int
	What   HookPoint
	Status Status // at Left
}

// HookPoint is the point of a tick at which a hook is called.
type HookPoint uint8

// The hook points: before a node is ticked, after it, and at the halt of a task or
// cooldown.
const (
	Entered HookPoint = iota
	Left
	Halted
)

// Hook is called while an agent ticks, and may block: a debugger's breakpoint.
// It must not call the agent's Tick, Halt, Restore or Swap.
type Hook func(a *Agent, e Event)

// watch is what the instrumented program reports to.
type watch struct {
	on         bool
	trace      []Status
	profile    *Profile
	left       []Status // how the nodes ended in this tick, with a profile
	hook       Hook
	scores     map[int][]float64 // of utility nodes in this tick, with a hook
	visited    int
	operations int
	overruns   int
}

// SetTrace switches on or off the record of what each node did in a tick.
func (a *Agent) SetTrace(on bool) {
	a.watch.trace = nil
	if on {
		a.watch.trace = make([]Status, a.program.Nodes())
	}
	a.choose()
}

// Trace returns the status of every node in the last tick, Idle for those that
// were not reached, and nil when tracing is off. It is valid until the next
// tick.
func (a *Agent) Trace() []Status { return a.watch.trace }

// SetProfile switches the profile on, empty, or off.
func (a *Agent) SetProfile(on bool) {
	a.watch.profile, a.watch.left = nil, nil
	if on {
		a.watch.count(a.program)
	}
	a.choose()
}

// count begins an empty profile of a program.
func (w *watch) count(p *Program) {
	w.profile = &Profile{Nodes: make([]Counts, p.Nodes())}
	w.left = make([]Status, p.Nodes())
}

// Profile returns the profile so far; it has no nodes when profiling is off.
// The agent goes on counting in it.
func (a *Agent) Profile() Profile {
	if a.watch.profile == nil {
		return Profile{}
	}
	return *a.watch.profile
}

// SetHook sets or, with nil, removes the hook.
func (a *Agent) SetHook(h Hook) {
	a.watch.hook = h
	a.choose()
}

// Scores returns what a utility node has scored its children in the last tick, in
// their order, with its margin for the one that ran; nil for another node, for one
// that was not reached, and without a hook. It is valid until the next tick.
func (a *Agent) Scores(node int) []float64 { return a.watch.scores[node] }

// score keeps the scores of a utility node.
func (w *watch) score(node int, scores []float64) {
	if w.scores == nil {
		w.scores = map[int][]float64{}
	}
	w.scores[node] = append([]float64(nil), scores...)
}

// Overruns returns the number of ticks that exceeded the budget.
func (a *Agent) Overruns() int { return a.watch.overruns }

// choose picks the plain program unless somebody watches or the budget has to
// be counted.
func (a *Agent) choose() {
	w := &a.watch
	w.on = w.trace != nil || w.profile != nil || w.hook != nil || a.program.counted
	if w.on {
		a.code, a.tables = a.program.instrumented()
	} else {
		a.code, a.tables = a.program.plain, a.program.tables
	}
}

// begin prepares a tick.
func (w *watch) begin() {
	clear(w.trace)
	clear(w.scores)
	w.visited, w.operations = 0, 0
	if w.profile != nil {
		clear(w.left)
		w.profile.Ticks++
	}
}

// enter records a visit and reports whether it exceeds the budget.
func (w *watch) enter(a *Agent, node int32) bool {
	w.visited++
	if b := a.program.params.Budget.Nodes; b > 0 && w.visited > b {
		return true
	}
	if w.profile != nil {
		w.profile.Nodes[node].Visits++
	}
	if w.hook != nil {
		w.hook(a, Event{Node: int(node), What: Entered})
	}
	return false
}

func (w *watch) leave(a *Agent, node int32, status Status) {
	if w.trace != nil {
		w.trace[node] = status
	}
	if w.profile != nil {
		w.left[node] = status
		c := &w.profile.Nodes[node]
		switch status {
		case Success:
			c.Successes++
		case Failure:
			c.Failures++
		default:
			c.Running++
		}
	}
	if w.hook != nil {
		w.hook(a, Event{Node: int(node), What: Left, Status: status})
	}
}

func (w *watch) charge(a *Agent, operations int) bool {
	w.operations += operations
	b := a.program.params.Budget.Operations
	return b > 0 && w.operations > b
}

func (w *watch) halted(a *Agent, node int32) {
	if w.profile != nil {
		w.profile.Nodes[node].Halts++
		if w.unguarded(a.program, node) {
			w.profile.Nodes[node].Unguarded++
		}
	}
	if w.hook != nil {
		w.hook(a, Event{Node: int(node), What: Halted})
	}
}

// unguarded reports whether a guard before the node, or before one above it, has
// failed in this tick.
func (w *watch) unguarded(p *Program, node int32) bool {
	for n := node; p.nodes[n].parent >= 0; n = p.nodes[n].parent {
		above := &p.nodes[p.nodes[n].parent]
		if above.node.Kind != KindSequence && above.node.Kind != KindParallel {
			continue
		}
		for _, c := range p.below(above) {
			if c == n {
				break
			}
			if p.nodes[c].guard && w.left[c] == Failure {
				return true
			}
		}
	}
	return false
}
