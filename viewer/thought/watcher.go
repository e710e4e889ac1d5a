package thought

import (
	"maps"

	"dryad/bt"
	"dryad/policy"
	"dryad/vocab"
)

// Tally counts what a node did so far. Ticks are -1 when there was none.
type Tally struct {
	Visits, Successes, Failures, Running int32
	Started                              int32 // the tick of the last start: visited, and not running before
	Ended                                int32 // the last tick in which it succeeded, failed, or was not reached any more
	Changed                              int32 // the last tick with another status than the one before
	Last                                 bt.Status
}

// Watcher looks at one agent. It is used by the agent's goroutine.
type Watcher struct {
	agent      *policy.Agent
	policy     *policy.Policy
	vocabulary *vocab.Vocabulary
	nodes      []Node
	conditions []*condition // bound when they are first needed
	tally      []Tally
	ticks      int
	readings   []float64 // by the index of the reading; those that the tree does not use are 0
	decided    map[int]Decision
	scored     map[int][]float64
	capturing  bool
	tick       int
	root       bt.Status
	entered    func() // called before the root is ticked, while capturing
}

// Watch begins to look at an agent. Only one watcher may look at an agent.
func Watch(a *policy.Agent, v *vocab.Vocabulary) *Watcher {
	w := &Watcher{agent: a, policy: a.Policy(), vocabulary: v, nodes: Nodes(a.Policy()), tick: -1, decided: map[int]Decision{}, scored: map[int][]float64{}, readings: make([]float64, v.Readings())}
	w.tally = fresh(len(w.nodes))
	a.SetTrace(true)
	return w
}

// fresh returns the tallies of nodes that never ran.
func fresh(count int) []Tally {
	tally := make([]Tally, count)
	for i := range tally {
		tally[i] = Tally{Started: -1, Ended: -1, Changed: -1}
	}
	return tally
}

// Stale reports whether the agent is another one, or plays another policy now.
func (w *Watcher) Stale(a *policy.Agent) bool { return a != w.agent || a.Policy() != w.policy }

// Succeed takes over the counts of nodes that are the same in an older version
// of the tree.
func (w *Watcher) Succeed(old *Watcher) {
	index := make(map[uint64]int, len(old.nodes))
	for i := range old.nodes {
		index[old.nodes[i].ID] = i
	}
	for i := range w.nodes {
		if j, same := index[w.nodes[i].ID]; same {
			w.tally[i] = old.tally[j]
		}
	}
	w.ticks, w.tick = old.ticks, old.tick
}

// Capture switches on or off that the values which conditions read are kept.
// While it is off, watching costs little.
func (w *Watcher) Capture(on bool) {
	w.capturing = on
	if on {
		w.agent.SetHook(w.hook)
		return
	}
	w.agent.SetHook(nil)
}

// OnTick sets what is called before the root is ticked, while the watcher
// captures. The body may be observed in it.
func (w *Watcher) OnTick(call func()) { w.entered = call }

// hook is called at every node while the watcher captures.
func (w *Watcher) hook(a *bt.Agent, e bt.Event) {
	if e.Node == 0 && e.What == bt.Entered {
		clear(w.decided)
		clear(w.scored)
		clear(w.readings)
		w.agent.Seen(func(reading int, value float64) { w.readings[reading] = value })
		if w.entered != nil {
			w.entered()
		}
	}
	if e.What == bt.Left && e.Node < len(w.nodes) && w.nodes[e.Node].Kind == bt.KindUtility {
		w.scored[e.Node] = a.Scores(e.Node)
	}
	if e.What != bt.Left || e.Node >= len(w.nodes) || w.nodes[e.Node].Kind != bt.KindCondition {
		return
	}
	if w.conditions == nil {
		w.conditions = conditions(w.policy, w.nodes, w.vocabulary)
	}
	if c := w.conditions[e.Node]; c != nil {
		w.decided[e.Node] = c.decide(environment{w.vocabulary, w.readings, func(name string) float64 {
			value, _ := a.Read(e.Node, name)
			return value
		}})
	}
}

// Note counts what the tick did. It is called once after every tick of the
// match, with the root's status, or Idle when the seat did not act.
func (w *Watcher) Note(tick int, root bt.Status) {
	w.tick, w.root = tick, root
	trace := w.agent.Trace()
	if root != bt.Idle {
		w.ticks++
	}
	for i := range w.tally {
		status := bt.Idle
		if root != bt.Idle && i < len(trace) {
			status = trace[i]
		}
		t := &w.tally[i]
		if status == bt.Idle && t.Last == bt.Idle {
			continue
		}
		t.note(int32(tick), status)
	}
}

// note counts one tick of a node.
func (t *Tally) note(tick int32, status bt.Status) {
	if status != t.Last {
		t.Changed = tick
	}
	if status != bt.Idle && t.Last != bt.Running {
		t.Started = tick
	}
	switch status {
	case bt.Success:
		t.Successes++
		t.Ended = tick
	case bt.Failure:
		t.Failures++
		t.Ended = tick
	case bt.Running:
		t.Running++
	case bt.Idle:
		if t.Last == bt.Running {
			t.Ended = tick
		}
	}
	if status != bt.Idle {
		t.Visits++
	}
	t.Last = status
}

// Mind copies what the watcher knows of the last tick.
func (w *Watcher) Mind() *Mind {
	m := &Mind{Policy: w.policy, Tick: w.tick, Root: w.root, Ticks: w.ticks, Nodes: w.nodes,
		Status: make([]bt.Status, len(w.nodes)), Tally: append([]Tally(nil), w.tally...), Decisions: make(map[int]Decision, len(w.decided)), Scores: maps.Clone(w.scored)}
	for i := range w.tally {
		m.Status[i] = w.tally[i].Last
	}
	for node, d := range w.decided {
		m.Decisions[node] = d
	}
	w.agent.Seen(func(reading int, value float64) {
		m.Readings = append(m.Readings, Reading{Index: reading, Value: Value{w.vocabulary.ReadingName(reading), value, ReadingText(w.vocabulary, reading, value)}})
	})
	m.sortReadings()
	for _, k := range w.policy.Program.Keys() {
		if value, ok := w.agent.Key(k.Name); ok {
			m.Keys = append(m.Keys, Value{k.Name, value, w.keyText(k.Name, value)})
		}
	}
	return m
}

// keyText writes the value of a blackboard key.
func (w *Watcher) keyText(name string, value float64) string {
	file := w.policy.File
	if k := file.Key(name); k != nil {
		kind, _ := keyKind(k.Type)
		if kind == vocab.Duration {
			return durationText(w.vocabulary, value)
		}
		return kindText(kind, k.Values, "", value)
	}
	return Number(value)
}

// Happened reports whether the node with an identity is there and its counts
// meet a test.
func (w *Watcher) Happened(id uint64, test func(*Tally) bool) bool {
	i := w.index(id)
	return i >= 0 && test(&w.tally[i])
}

// Text returns the line of the node with an identity.
func (w *Watcher) Text(id uint64) string {
	if i := w.index(id); i >= 0 {
		return w.nodes[i].Text
	}
	return "a node that is gone"
}

func (w *Watcher) index(id uint64) int {
	for i := range w.nodes {
		if w.nodes[i].ID == id {
			return i
		}
	}
	return -1
}
