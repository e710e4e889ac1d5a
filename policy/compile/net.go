package compile

import (
	"slices"

	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/games"
	"dryad/vocab"
)

// Pending is a neural task that was enqueued in this tick.
type Pending struct {
	// Net is the task's index in the vocabulary.
	Net int
	// May are the channels that the task claimed.
	May vocab.Channels

	leaf    *netLeaf
	node    int
	started bool
}

// Node is the node of the program that enqueued it.
func (p *Pending) Node() int { return p.node }

// Started reports whether the node began in this tick.
func (p *Pending) Started() bool { return p.started }

// netLeaf enqueues the neural task and runs. After the draw and the targets,
// its state holds whether the rule is running, and the rule's own words.
type netLeaf struct {
	arguments
	net      int
	channels uint32
	rule     games.Task
	allowed  vocab.Channels // of the rule
}

func (c *compiler) net(n *dsl.Node, t *tree) *bt.Node {
	index, ok := check.Net(n, c.vocabulary)
	if !ok {
		return c.fail(n, "unknown-net", "there is no neural task for %q", n.Line())
	}
	word := &c.vocabulary.Nets[index]
	rule, ok := c.vocabulary.Task(word.Rule)
	if !ok {
		return c.fail(n, "unknown-task", "the neural task %q has no rule", n.Word)
	}
	args, ok := c.arguments(n, c.vocabulary.Tasks[rule].Params, t)
	if !ok {
		return bt.Wait(0)
	}
	c.nets[index] = true
	leaf := &netLeaf{arguments: args, net: index, channels: uint32(word.Channels), rule: c.game.Task(rule),
		allowed: c.vocabulary.Tasks[rule].Channels}
	return c.leaf(n, bt.Task("", leaf, args.values...))
}

func (l *netLeaf) Words() int { return l.words + 1 + l.rule.Words() }

func (l *netLeaf) Tick(a *bt.Activation) bt.Status {
	host := a.Host().(*Host)
	if a.Started() && !l.start(a, host.Body, a.State()) {
		return bt.Failure
	}
	may := a.Claim(l.channels)
	host.Pending = append(host.Pending, Pending{
		Net: l.net, May: vocab.Channels(may), leaf: l, node: a.Node(), started: a.Started(),
	})
	return bt.Running
}

func (l *netLeaf) Halt(a *bt.Activation) {
	host := a.Host().(*Host)
	node := a.Node()
	host.Pending = slices.DeleteFunc(host.Pending, func(p Pending) bool { return p.node == node })
	l.halt(host, a.Agent(), node, a.State())
}

// halt halts the rule if it runs.
func (l *netLeaf) halt(host *Host, agent *bt.Agent, node int, state []uint64) {
	if state[l.words] == 0 {
		return
	}
	state[l.words] = 0
	l.rule.Halt(host.Body, games.Call{Args: l.call(host, agent, node, state), Draw: state[0]}, state[l.words+1:])
}

// Call returns the call of an enqueued neural task. Its arguments are valid
// until the next call of a method of the host.
func (h *Host) Call(agent *bt.Agent, p *Pending) games.Call {
	state := agent.State(p.node)
	return games.Call{Args: p.leaf.call(h, agent, p.node, state), Started: p.started, May: p.May, Draw: state[0]}
}

// Settled tells that the network gave an answer: a rule that ran in its place
// is halted.
func (h *Host) Settled(agent *bt.Agent, p *Pending) {
	p.leaf.halt(h, agent, p.node, agent.State(p.node))
}

// Fallback lets the rule act in the network's place and returns the channels
// that it used. What the rule answers is no status of the neural task: it runs
// on, and the rule begins anew the next time.
func (h *Host) Fallback(agent *bt.Agent, p *Pending) vocab.Channels {
	l := p.leaf
	state := agent.State(p.node)
	call := h.Call(agent, p)
	call.May &= l.allowed
	call.Started = state[l.words] == 0
	words := state[l.words+1:]
	if call.Started {
		clear(words)
	}
	status, used := l.rule.Tick(h.Body, call, words)
	state[l.words] = 0
	switch status {
	case bt.Running:
		state[l.words] = 1
	case bt.Failure:
		return 0
	}
	return used & call.May
}
