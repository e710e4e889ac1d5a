package compile

import (
	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/games"
	"dryad/lua"
	"dryad/vocab"
)

// Host is what the leaves of an agent work with during a tick; it is the
// agent's Host.
type Host struct {
	// Body is the seat's body.
	Body games.Body
	// Pending are the neural tasks that were enqueued in this tick.
	Pending []Pending
	// Steps is how many units of work Lua functions may still do in this tick.
	Steps int
	// LuaFaults counts the calls of Lua functions that broke a rule, and
	// LuaFault is what the last of them did.
	LuaFaults int
	LuaFault  error
	// LuaExceeded is the first fault of a function that used up its budget.
	LuaExceeded error

	args    []games.Value // scratch for one call
	machine *lua.Machine  // made when it is first needed
}

// argument is a parameter of a task and where its value comes from.
type argument struct {
	value  games.Value // when it is always the same
	number int         // the leaf's bt argument, or -1
	target int         // the first of its state words, or -1
	source source
}

// arguments are those of one leaf. Its state words begin with the draw of the
// activation, or 0 where nobody reads it, then come the targets.
type arguments struct {
	undrawn bool // nobody reads the draw
	list    []argument
	static  []games.Value // when all are always the same
	values  []bt.Expr
	words   int
	scoped  bool // something is computed, or is a parameter of the tree
}

// arguments binds those of a task or neural task.
func (c *compiler) arguments(n *dsl.Node, params []vocab.Param, t *tree) (arguments, bool) {
	values, faults := check.Arguments(n, params, t.scope)
	if !faults.OK() {
		c.faults = append(c.faults, faults...)
		return arguments{}, false
	}
	out := arguments{words: 1}
	constant := true
	out.list = make([]argument, 0, len(values))
	for i, v := range values {
		a := argument{number: -1, target: -1}
		switch v.From {
		case check.LeftOut:
			a.value.Number = params[i].Default
		case check.Word:
			a.value = games.Value{Given: true, Number: float64(v.Index)}
		case check.Expression:
			e := c.lower(v.Expression)
			if value, ok := e.Constant(); ok {
				a.value = games.Value{Given: true, Number: value}
				break
			}
			a.number, constant, out.scoped = len(out.values), false, true
			out.values = append(out.values, e)
		default:
			a.target, a.source, constant = out.words, c.target(v, t), false
			out.words += targetWords
			out.scoped = out.scoped || v.From == check.Target
		}
		out.list = append(out.list, a)
	}
	if constant {
		out.static = make([]games.Value, 0, len(values))
		for _, a := range out.list {
			out.static = append(out.static, a.value)
		}
	}
	return out, true
}

// start resolves the targets when an activation begins, or reports that there
// is none to choose.
func (s *arguments) start(a *bt.Activation, body games.Body, state []uint64) bool {
	if !s.undrawn {
		state[0] = a.Draw()
	}
	for i := range s.list {
		if g := &s.list[i]; g.target >= 0 && !g.source.resolve(a, body, games.Mix(state[0], uint64(i)), state[g.target:]) {
			return false
		}
	}
	return true
}

// call returns the values of the arguments, which are valid until the host's
// next call.
func (s *arguments) call(h *Host, agent *bt.Agent, node int, state []uint64) []games.Value {
	if s.static != nil || len(s.list) == 0 {
		return s.static
	}
	args := h.args[:0]
	for i := range s.list {
		g := &s.list[i]
		v := g.value
		switch {
		case g.number >= 0:
			v = games.Value{Given: true, Number: agent.Arg(node, g.number)}
		case g.target >= 0:
			v = games.Value{Given: true, Target: loadTarget(state[g.target:])}
		}
		args = append(args, v)
	}
	h.args = args
	return args
}

// taskLeaf runs a task of the game.
type taskLeaf struct {
	arguments
	index    int // of the task in the vocabulary
	task     games.Task
	channels uint32
}

func (c *compiler) task(n *dsl.Node, t *tree) *bt.Node {
	if node := c.remembered(n); node != nil {
		return node
	}
	index, ok := c.vocabulary.Task(n.Word)
	if !ok {
		return c.fail(n, "unknown-task", "there is no task %q", n.Word)
	}
	word := &c.vocabulary.Tasks[index]
	args, ok := c.arguments(n, word.Params, t)
	if !ok {
		return bt.Wait(0)
	}
	leaf := &taskLeaf{arguments: args, index: index, task: c.game.Task(index), channels: uint32(word.Channels)}
	_, leaf.undrawn = leaf.task.(games.Undrawn)
	for i := range leaf.list {
		leaf.undrawn = leaf.undrawn && (leaf.list[i].target < 0 || leaf.list[i].source.chooser < 0)
	}
	if args.scoped {
		return bt.Task(n.Line(), leaf, args.values...)
	}
	node := bt.Shared(n.Line(), leaf)
	c.remember(n, node)
	return node
}

func (l *taskLeaf) Words() int { return l.words + l.task.Words() }

func (l *taskLeaf) Tick(a *bt.Activation) bt.Status {
	host := a.Host().(*Host)
	state := a.State()
	if a.Started() && !l.start(a, host.Body, state) {
		return bt.Failure
	}
	may := a.Free() & l.channels
	call := games.Call{
		Args:    l.call(host, a.Agent(), a.Node(), state),
		Started: a.Started(), May: vocab.Channels(may), Draw: state[0],
	}
	status, used := l.task.Tick(host.Body, call, state[l.words:])
	a.Claim(uint32(used) & may)
	return status
}

func (l *taskLeaf) Halt(a *bt.Activation) {
	host := a.Host().(*Host)
	state := a.State()
	l.task.Halt(host.Body, games.Call{Args: l.call(host, a.Agent(), a.Node(), state), Draw: state[0]}, state[l.words:])
}
