package compile

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/dsl/expression"
	"dryad/games"
	"dryad/lua"
	"dryad/vocab"
)

// callSteps bounds one call of a Lua function, in units of work.
const callSteps = 10_000

// luaLeaf runs a function of the policy's script. Its state holds the
// function's numbers, how its commands ended, and what each command's task
// remembers.
type luaLeaf struct {
	script     *lua.Script
	function   string
	args       []luaArg
	see        []seen
	keys       []lua.Field
	targets    map[string]source // the tree's parameters that are targets
	kinds      map[string]vocab.Kind
	vocabulary *vocab.Vocabulary
	game       games.Game
	taskWords  int
}

// luaArg is a word, a constant, or the leaf's bt argument at an index.
type luaArg struct {
	argument lua.Argument
	number   int // -1 for none
}

// seen is a reading that the script mentions.
type seen struct {
	name  string
	input int
	bool  bool
}

// The words of a luaLeaf's state, before those of its commands.
const (
	luaEnded  = lua.StateNumbers
	luaHeader = lua.StateNumbers + 1
)

// The words of one command, before those of its task.
const (
	commandIdentity = iota // of the task and its words; 0 when nothing runs
	commandTask
	commandDraw
	commandTargets
	commandHeader = commandTargets + lua.MaxArguments*targetWords
)

func (c *compiler) lua(n *dsl.Node, t *tree) *bt.Node {
	script := c.params.Script
	if script == nil || !script.Has(n.Word) {
		c.faults = append(c.faults, missing(n, script))
		return bt.Wait(0)
	}
	l := &luaLeaf{script: script, function: n.Word, vocabulary: c.vocabulary, game: c.game,
		targets: map[string]source{}, kinds: map[string]vocab.Kind{}}
	for i := range c.vocabulary.Tasks {
		l.taskWords = max(l.taskWords, c.game.Task(i).Words())
	}
	for i := range t.tree.Params {
		if t.targets[i] >= 0 {
			p := &t.tree.Params[i]
			l.targets[p.Name] = source{chooser: -1, outer: t.targets[i]}
			l.kinds[p.Name], _ = check.ParamKind(p.Type)
		}
	}
	for i := range c.vocabulary.Readings() {
		if name := c.vocabulary.ReadingName(i); script.Mentions(name) {
			truth := i >= len(c.vocabulary.Features) || c.vocabulary.Features[i].Kind == vocab.Bool
			l.see = append(l.see, seen{name, c.slot(i), truth})
		}
	}
	for i, k := range c.file.Keys {
		if k.Scope != dsl.TreeScope && script.Mentions(k.Name) {
			l.keys = append(l.keys, lua.Field{Name: k.Name, Bool: c.variables[i].Kind == vocab.Bool})
		}
	}
	var values []bt.Expr
	for i := range n.Args {
		arg, value, ok := c.luaArgument(n, &n.Args[i], t)
		if !ok {
			return bt.Wait(0)
		}
		if arg.number >= 0 {
			arg.number = len(values)
			values = append(values, value)
		}
		l.args = append(l.args, arg)
	}
	return c.leaf(n, bt.Task("", l, values...))
}

// luaArgument binds an argument of a lua leaf.
func (c *compiler) luaArgument(n *dsl.Node, a *dsl.Arg, t *tree) (luaArg, bt.Expr, bool) {
	switch a.Kind {
	case dsl.AmountArg:
		value := a.Amount.Value
		if a.Amount.Unit.Duration() {
			ticks, ok := a.Amount.TicksAt(c.vocabulary.TicksPerSecond)
			if !ok {
				c.fail(n, "unit", "the game %s cannot measure %s", c.vocabulary.Game, a.Amount)
				return luaArg{}, bt.Expr{}, false
			}
			value = float64(ticks)
		}
		return luaArg{lua.Argument{Number: value}, -1}, bt.Expr{}, true
	case dsl.WordArg:
		_, chooser := c.vocabulary.Chooser(a.Text)
		parameter := slices.ContainsFunc(t.tree.Params, func(p dsl.Param) bool {
			kind, _ := check.ParamKind(p.Type)
			return p.Name == a.Text && kind.Target()
		})
		if chooser || parameter {
			return luaArg{lua.Argument{Word: a.Text}, -1}, bt.Expr{}, true
		}
	}
	bound, faults := expression.Bind(a.Text, t.bound, vocab.None)
	if bound == nil {
		summary := "the argument means nothing"
		if len(faults) > 0 {
			summary = faults[0].Summary
		}
		c.fail(n, "type", "%s", summary)
		return luaArg{}, bt.Expr{}, false
	}
	return luaArg{number: 0}, c.lower(bound), true
}

func (l *luaLeaf) Words() int { return luaHeader + lua.MaxCommands*l.commandWords() }

func (l *luaLeaf) commandWords() int { return commandHeader + l.taskWords }

// slot returns the words of a command.
func (l *luaLeaf) slot(state []uint64, i int) []uint64 {
	return state[luaHeader+i*l.commandWords() : luaHeader+(i+1)*l.commandWords()]
}

// The words of luaEnded hold a status for each command.
const statusBits = 8

func (l *luaLeaf) Tick(a *bt.Activation) bt.Status {
	host := a.Host().(*Host)
	state := a.State()
	status, err := l.run(a, host, state)
	if err != nil {
		host.LuaFaults++
		host.LuaFault = err
		if host.LuaExceeded == nil && errors.Is(err, lua.ErrExceeded) {
			host.LuaExceeded = err
		}
	}
	if status != bt.Running {
		l.halt(host, state)
	}
	return status
}

// run calls the function and does what it commands.
func (l *luaLeaf) run(a *bt.Activation, host *Host, state []uint64) (bt.Status, error) {
	var numbers [lua.StateNumbers]float64
	for i := range numbers {
		numbers[i] = math.Float64frombits(state[i])
	}
	in := lua.Input{State: &numbers, See: make([]lua.Field, len(l.see)), Keys: slices.Clone(l.keys)}
	inputs := a.Agent().Inputs()
	for i, s := range l.see {
		in.See[i] = lua.Field{Name: s.name, Value: inputs[s.input], Bool: s.bool}
	}
	for i := range in.Keys {
		in.Keys[i].Value, _ = a.Key(in.Keys[i].Name)
	}
	for i := range in.Ended {
		if s := bt.Status(state[luaEnded] >> (i * statusBits) & 0xff); s != bt.Idle {
			in.Ended[i] = s.String()
		}
	}
	for _, g := range l.args {
		if g.number >= 0 {
			g.argument.Number = a.Arg(g.number)
		}
		in.Args = append(in.Args, g.argument)
	}
	if host.machine == nil || host.machine.Script() != l.script {
		host.machine = lua.NewMachine(l.script)
	}
	result, err := host.machine.Call(l.function, &in, min(host.Steps, callSteps))
	host.Steps -= result.Steps
	if err != nil {
		return bt.Failure, err
	}
	var calls [lua.MaxCommands]luaCommand
	for i := range result.Commands {
		if calls[i], err = l.resolve(&result.Commands[i]); err != nil {
			return bt.Failure, err
		}
	}
	for i := range numbers {
		state[i] = math.Float64bits(numbers[i])
	}
	for _, k := range in.Keys {
		if old, _ := a.Key(k.Name); old != k.Value {
			a.SetKey(k.Name, k.Value)
		}
	}
	state[luaEnded] = 0
	for i := range calls {
		ended := l.command(a, host, i, &calls[i], l.slot(state, i))
		state[luaEnded] |= uint64(ended) << (i * statusBits)
	}
	switch result.Status {
	case "running":
		return bt.Running, nil
	case "success":
		return bt.Success, nil
	}
	return bt.Failure, nil
}

// luaCommand is a command whose words have their meaning.
type luaCommand struct {
	task     int // its index and 1; 0 for none
	identity uint64
	values   []games.Value
	sources  []source // for each value that is a target
	target   []bool
}

// resolve gives the words of a command their meaning.
func (l *luaLeaf) resolve(command *lua.Command) (luaCommand, error) {
	index, ok := l.vocabulary.Task(command.Task)
	if !ok {
		return luaCommand{}, fmt.Errorf("%s: there is no task %q", l.function, command.Task)
	}
	task := &l.vocabulary.Tasks[index]
	if len(command.Args) > len(task.Params) {
		return luaCommand{}, fmt.Errorf("%s: the task %s takes %d arguments, not %d", l.function, task.Name, len(task.Params), len(command.Args))
	}
	c := luaCommand{task: index + 1, values: make([]games.Value, len(task.Params)),
		sources: make([]source, len(task.Params)), target: make([]bool, len(task.Params))}
	h := fnv.New64a()
	fmt.Fprint(h, index)
	for i := range task.Params {
		p := &task.Params[i]
		if i >= len(command.Args) {
			if !p.Optional {
				return luaCommand{}, fmt.Errorf("%s: the task %s needs %q", l.function, task.Name, p.Name)
			}
			c.values[i].Number = p.Default
			continue
		}
		arg := command.Args[i]
		fmt.Fprint(h, " ", arg.Word)
		if err := l.value(&c, i, p, arg); err != nil {
			return luaCommand{}, fmt.Errorf("%s: the task %s: %w", l.function, task.Name, err)
		}
	}
	c.identity = h.Sum64() | 1
	return c, nil
}

// value gives one argument its meaning.
func (l *luaLeaf) value(c *luaCommand, i int, p *vocab.Param, arg lua.Argument) error {
	if arg.Word == "" {
		if !slices.ContainsFunc(p.Kinds, vocab.Kind.Numeric) {
			return fmt.Errorf("%q takes no number", p.Name)
		}
		if p.Min < p.Max && (arg.Number < p.Min || arg.Number > p.Max) {
			return fmt.Errorf("%q lies between %g and %g", p.Name, p.Min, p.Max)
		}
		c.values[i] = games.Value{Given: true, Number: arg.Number}
		return nil
	}
	if at := slices.Index(p.Values, arg.Word); at >= 0 {
		c.values[i] = games.Value{Given: true, Number: float64(at)}
		return nil
	}
	if at, ok := l.vocabulary.Chooser(arg.Word); ok && slices.Contains(p.Kinds, l.vocabulary.Choosers[at].Kind) {
		c.sources[i], c.target[i] = source{chooser: at}, true
		return nil
	}
	if s, ok := l.targets[arg.Word]; ok && slices.Contains(p.Kinds, l.kinds[arg.Word]) {
		c.sources[i], c.target[i] = s, true
		return nil
	}
	return fmt.Errorf("%q cannot be %q", p.Name, arg.Word)
}

// command does one command's work of a tick and returns the status in which its
// task ended, Idle when it did not.
func (l *luaLeaf) command(a *bt.Activation, host *Host, i int, c *luaCommand, words []uint64) bt.Status {
	if words[commandIdentity] != 0 && words[commandIdentity] != c.identity {
		l.haltCommand(host, words)
	}
	if c.task == 0 {
		return bt.Idle
	}
	started := words[commandIdentity] == 0
	if started {
		clear(words)
		words[commandTask], words[commandDraw] = uint64(c.task), games.Mix(a.Draw(), uint64(i))
		for j := range c.values {
			if c.target[j] && !c.sources[j].resolve(a, host.Body, games.Mix(words[commandDraw], uint64(j)), words[commandTargets+j*targetWords:]) {
				return bt.Failure
			}
		}
	}
	for j := range c.values {
		if c.target[j] {
			c.values[j] = games.Value{Given: true, Target: loadTarget(words[commandTargets+j*targetWords:])}
		}
	}
	task := l.game.Task(c.task - 1)
	may := vocab.Channels(a.Free()) & l.vocabulary.Tasks[c.task-1].Channels
	status, used := task.Tick(host.Body, games.Call{Args: c.values, Started: started, May: may, Draw: words[commandDraw]},
		words[commandHeader:commandHeader+task.Words()])
	words[commandIdentity] = 0
	switch status {
	case bt.Running:
		words[commandIdentity] = c.identity
		a.Claim(uint32(used & may))
		return bt.Idle
	case bt.Success:
		a.Claim(uint32(used & may))
		return bt.Success
	}
	return bt.Failure
}

// halt halts the tasks of commands that run.
func (l *luaLeaf) halt(host *Host, state []uint64) {
	for i := lua.MaxCommands - 1; i >= 0; i-- {
		if words := l.slot(state, i); words[commandIdentity] != 0 {
			l.haltCommand(host, words)
		}
	}
}

func (l *luaLeaf) haltCommand(host *Host, words []uint64) {
	index := int(words[commandTask]) - 1
	task, word := l.game.Task(index), &l.vocabulary.Tasks[index]
	values := make([]games.Value, len(word.Params))
	for j := range values {
		if target := loadTarget(words[commandTargets+j*targetWords:]); target.Kind != vocab.None {
			values[j] = games.Value{Given: true, Target: target}
		}
	}
	words[commandIdentity] = 0
	task.Halt(host.Body, games.Call{Args: values, Draw: words[commandDraw]}, words[commandHeader:commandHeader+task.Words()])
}

func (l *luaLeaf) Halt(a *bt.Activation) {
	l.halt(a.Host().(*Host), a.State())
}
