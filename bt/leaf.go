package bt

// Leaf is the behaviour of a task. One value serves every agent: an activation
// keeps what it remembers in the state words that the agent gives it.
type Leaf interface {
	// Words returns how many state words an activation needs. It is called
	// once, when the tree is compiled.
	Words() int
	// Tick does the work of one tick and returns Running, Success or Failure; any
	// other status counts as Failure. The activation is valid during the call.
	Tick(a *Activation) Status
	// Halt ends an activation whose last status was Running. It is called
	// once, and never after Tick returned Success or Failure.
	Halt(a *Activation)
}

// SubtreeBinder computes what a subtree needs when it is activated, such as the
// targets of its arguments. It stores the results in state words, the frame of
// the subtree, which the leaves of the subtree read with
// [Activation.ParentFrame]. If Bind returns false, the subtree fails and its
// child is not ticked.
type SubtreeBinder interface {
	// Words returns the length of the frame in state words.
	Words() int
	// Bind fills the frame, which is Activation.State.
	Bind(a *Activation) bool
}

// Activation is a leaf's view of the agent during a call.
type Activation struct {
	agent  *Agent
	leaf   int32 // index of the leaf in the program
	claims uint32
	phase  phase
	now    int
}

// phase is the progress of an activation.
type phase uint8

const (
	resumed phase = iota // it ran in the last tick
	fresh                // it starts, with state words still of another one
	cleared              // it starts, with its state words zero
)

// Agent returns the agent that runs the leaf.
func (a *Activation) Agent() *Agent { return a.agent }

// Host returns the agent's Host.
func (a *Activation) Host() any { return a.agent.Host }

// Node returns the index of the leaf's node, which [Program.Node] describes.
func (a *Activation) Node() int { return int(a.info().node) }

// Now returns the match tick.
func (a *Activation) Now() int { return a.now }

// Started reports whether this is the first tick of the activation. In that
// tick the state words are zero.
func (a *Activation) Started() bool { return a.phase != resumed }

// State returns the state words. They live in the agent's slab.
func (a *Activation) State() []uint64 {
	l := a.info()
	words := a.agent.slab[l.state : l.state+l.words : l.state+l.words]
	if a.phase == fresh {
		clear(words)
		a.phase = cleared
	}
	return words
}

// Arg returns the argument at index i, computed when the activation started.
func (a *Activation) Arg(i int) float64 {
	return fromBits(a.agent.slab[int(a.info().args)+i])
}

// ParentFrame returns the frame of the subtree that contains the leaf: the
// words that its [SubtreeBinder] filled. It is nil if the subtree has no binder.
func (a *Activation) ParentFrame() []uint64 {
	l := a.info()
	if l.outerWords == 0 {
		return nil
	}
	return a.agent.slab[l.outer : l.outer+l.outerWords : l.outer+l.outerWords]
}

// Draw returns a random word that depends on the agent's seed, the node's
// identity and the tick of the agent. A leaf that needs the same word for its
// whole activation keeps it in its state.
func (a *Activation) Draw() uint64 {
	// This is mix(seed, identity, tick), with what is the same for all draws of
	// a tick or of a node computed once.
	g := a.agent
	if tick := g.slab[wordClock] + 1; g.draws.tick != tick || g.draws.seed != g.slab[wordSeed] {
		g.draws = draws{seed: g.slab[wordSeed], tick: tick}
		g.draws.ofSeed, g.draws.ofTick = finalise(g.draws.seed+golden), finalise(tick+golden)
	}
	return finalise(finalise(g.draws.ofSeed^a.info().draw) ^ g.draws.ofTick)
}

// Key returns the value of one of the agent's keys.
func (a *Activation) Key(name string) (float64, bool) { return a.agent.Key(name) }

// SetKey writes one of the agent's keys as a set node does: a team's key is
// published. It reports whether the key exists.
func (a *Activation) SetKey(name string, value float64) bool {
	word, team, ok := a.agent.program.key(-1, name)
	switch {
	case !ok:
		return false
	case team:
		a.agent.slab[word+1], a.agent.slab[word+2] = toBits(value), 1
	default:
		a.agent.slab[word] = toBits(value)
	}
	return true
}

// draws is what the draws of one tick have in common.
type draws struct{ seed, tick, ofSeed, ofTick uint64 }

// Free returns the channels that no leaf has claimed in this tick.
func (a *Activation) Free() uint32 { return ^(a.agent.taken | a.claims) }

// Claim claims channels and returns those of them that it got. A leaf that
// fails or is halted loses what it claimed.
func (a *Activation) Claim(channels uint32) uint32 {
	got := channels & a.Free()
	a.claims |= got
	return got
}

func (a *Activation) info() *leafInfo { return &a.agent.program.leaves[a.leaf] }
