package export

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"dryad/bt"
	"dryad/games"
	"dryad/nn"
	"dryad/policy"
	"dryad/vocab"
)

// scripted is a game of some vocabulary in which everything that a tree asks is
// answered by a hash, and what it asks is logged. The programs that the tests
// write around exported trees answer and log the same.
type scripted struct {
	vocabulary *vocab.Vocabulary
	words      func(task int) int
}

func (g *scripted) Vocabulary() *vocab.Vocabulary { return g.vocabulary }

// Task returns a task that reads its draw, but for every fourth.
func (g *scripted) Task(index int) games.Task {
	if index%4 == 1 {
		return undrawnTask{scriptedTask{g, index}}
	}
	return scriptedTask{g, index}
}

func (g *scripted) Complete(c games.Config) (games.Config, error) { return c, nil }

func (g *scripted) New(games.Config, uint64) (games.World, error) {
	return nil, errors.New("a script has no world")
}

type undrawnTask struct{ scriptedTask }

func (undrawnTask) Undrawn() {}

type scriptedTask struct {
	game  *scripted
	index int
}

func (t scriptedTask) Words() int { return t.game.words(t.index) }

func (t scriptedTask) Tick(body games.Body, call games.Call, state []uint64) (bt.Status, vocab.Channels) {
	b := body.(*scriptedBody)
	h := b.answer(uint64(100 + t.index))
	for i := range state {
		state[i] += call.Draw + uint64(i) + 1
	}
	status := [...]bt.Status{bt.Running, bt.Running, bt.Success, bt.Failure}[h%4]
	used := vocab.Channels(h>>8) & call.May
	b.logf("task %d%s started %t may %d -> %d %d\n", t.index, describe(call, state), call.Started, call.May, status, used)
	if status != bt.Failure {
		b.write(used, 1+t.index, call)
	}
	return status, used
}

func (t scriptedTask) Halt(body games.Body, call games.Call, state []uint64) {
	b := body.(*scriptedBody)
	b.logf("halt %d%s\n", t.index, describe(call, state))
}

// describe writes the arguments, draw and state of a call.
func describe(call games.Call, state []uint64) string {
	var s strings.Builder
	for _, a := range call.Args {
		s.WriteString(value(a))
	}
	fmt.Fprintf(&s, " draw %x state", call.Draw)
	for _, w := range state {
		fmt.Fprintf(&s, " %x", w)
	}
	return s.String()
}

func value(v games.Value) string {
	t := v.Target
	return fmt.Sprintf(" (%t %x %d %d %d %d %d)", v.Given, math.Float64bits(v.Number), t.Kind, t.ID, t.X, t.Y, t.Z)
}

// scriptedBody is the body of a scripted game.
type scriptedBody struct {
	game     *scripted
	seed     uint64
	tick     uint64
	calls    uint64
	out      strings.Builder
	commands []string // by channel, in this tick
}

func (b *scriptedBody) logf(format string, args ...any) { fmt.Fprintf(&b.out, format, args...) }

// answer is the next answer to a question.
func (b *scriptedBody) answer(question uint64) uint64 {
	b.calls++
	return games.Mix(b.seed, b.tick, question, b.calls)
}

func (b *scriptedBody) write(channels vocab.Channels, task int, call games.Call) {
	text := fmt.Sprint(task)
	for _, a := range call.Args {
		text += value(a)
	}
	for i := range b.commands {
		if channels>>i&1 != 0 {
			b.commands[i] = text
		}
	}
}

func (b *scriptedBody) Seat() games.Seat { return 3 }

func (b *scriptedBody) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		kind := vocab.Bool
		if int(r) < len(b.game.vocabulary.Features) {
			kind = b.game.vocabulary.Features[r].Kind
		}
		values[i] = featureValue(kind, games.Mix(b.seed, b.tick, uint64(r)))
	}
}

// featureValue is the value of a feature by a hash.
func featureValue(kind vocab.Kind, h uint64) float64 {
	switch kind {
	case vocab.Bool:
		return float64(h & 1)
	case vocab.Enum:
		return float64(h % 3)
	case vocab.Duration:
		return float64(h % 40)
	case vocab.Int:
		return float64(h%7) - 2
	case vocab.Angle:
		return float64(h%360) - 179
	}
	return (float64(h%29) - 9) / 4
}

func (b *scriptedBody) Choose(chooser int, draw uint64) (games.Target, bool) {
	h := b.answer(uint64(300 + chooser))
	b.logf("choose %d draw %x\n", chooser, draw)
	return games.Target{Kind: b.game.vocabulary.Choosers[chooser].Kind,
		ID: int32(uint32(h)), X: int32(uint32(h >> 8)), Y: int32(uint32(h >> 16)), Z: int32(uint32(h >> 24))}, h%5 != 0
}

func (b *scriptedBody) NetInput(net int, call games.Call, input []float32) {
	h := b.answer(uint64(500 + net))
	for i := range input {
		input[i] = (float32(games.Mix(h, uint64(i))%41) - 20) / 8
	}
	if h%6 == 0 {
		input[0] = float32(math.Inf(1))
	}
	b.logf("input %d%s started %t may %d\n", net, describe(call, nil), call.Started, call.May)
}

func (b *scriptedBody) NetOutput(net int, call games.Call, output []float32) vocab.Channels {
	h := b.answer(uint64(700 + net))
	b.logf("output %d%s started %t may %d:", net, describe(call, nil), call.Started, call.May)
	for _, v := range output {
		b.logf(" %x", math.Float32bits(v))
	}
	b.logf("\n")
	used := vocab.Channels(h>>8) & call.May
	b.write(used, 1+len(b.game.vocabulary.Tasks)+net, call)
	return used
}

func (b *scriptedBody) Commit(channels vocab.Channels) {
	for i := range b.commands {
		if channels>>i&1 == 0 {
			b.commands[i] = "0"
		}
	}
}

func (b *scriptedBody) AppendCommands(buf []byte) []byte { return buf }
func (b *scriptedBody) SetCommands([]byte) error         { return nil }

// fnv is the hash by which the tests compare saved agents.
func fnv(bytes []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range bytes {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}

// play runs a policy of a scripted game for some ticks and returns the log.
func play(p *policy.Policy, seed uint64, ticks int) string {
	g := p.Game.(*scripted)
	b := &scriptedBody{game: g, seed: seed}
	team := policy.NewTeam()
	agent, batch := p.NewAgent(seed, 3), policy.NewBatch()
	agent.Join(team)
	now := 0
	for tick := range ticks {
		b.tick, b.calls = uint64(tick), 0
		h := games.Mix(seed, uint64(tick), 900)
		now++
		if h%8 == 0 {
			now++
		}
		if h>>8%23 == 0 {
			agent.Halt(b, now)
			now++
		}
		if h>>16%11 == 0 {
			saved := agent.Snapshot(nil)
			agent = p.NewAgent(1, 1)
			if err := agent.Restore(saved); err != nil {
				panic(err)
			}
			team = policy.NewTeam()
			agent.Join(team)
		}
		b.commands = make([]string, len(g.vocabulary.Channels))
		for i := range b.commands {
			b.commands[i] = "0"
		}
		status := agent.Tick(b, now, batch)
		batch.Run()
		agent.Finish(b)
		b.logf("tick %d status %d", now, status)
		for _, c := range b.commands {
			b.logf(" [%s]", c)
		}
		b.logf(" %x\n", fnv(agent.Snapshot(nil)))
	}
	return b.out.String()
}

// stage is the vocabulary of the random trees. Some of its words are keywords.
func stage() *scripted {
	v := &vocab.Vocabulary{Game: "stage", Version: 1, TicksPerSecond: 10, Channels: []string{"move", "register", "say"}}
	for i, name := range []string{"flag", "default", "ratio", "class", "mood", "rest", "heading"} {
		f := vocab.Feature{Name: name, Kind: vocab.Bool, Description: "a value /* of */ the stage"}
		f.Kind = [...]vocab.Kind{vocab.Bool, vocab.Int, vocab.Number, vocab.Number, vocab.Enum, vocab.Duration, vocab.Angle}[i]
		switch f.Kind {
		case vocab.Bool:
		case vocab.Enum:
			f.Values = []string{"red", "green", "auto"}
		default:
			f.Min, f.Max = -1000, 1000
		}
		v.Features = append(v.Features, f)
	}
	for _, name := range []string{"seen", "while"} {
		v.Conditions = append(v.Conditions, vocab.Condition{Name: name, Description: "a test"})
	}
	v.Choosers = []vocab.Chooser{
		{Name: "someone", Kind: vocab.Agent, Random: true, Description: "anyone"},
		{Name: "thing", Kind: vocab.Item, Description: "something"},
		{Name: "context", Kind: vocab.Position, Description: "somewhere"},
	}
	target := vocab.Param{Name: "to", Kinds: []vocab.Kind{vocab.Agent, vocab.Item, vocab.Position}, Description: "where to"}
	much := vocab.Param{Name: "much", Kinds: []vocab.Kind{vocab.Number}, Optional: true, Default: 2.5, Min: -1e6, Max: 1e6, Description: "how much"}
	v.Tasks = []vocab.Task{
		{Name: "go_there", Channels: 1, Params: []vocab.Param{target, much}, Description: "a task"},
		{Name: "switch", Channels: 3, Description: "a task"},
		{Name: "halt", Channels: 4, Params: []vocab.Param{much, {Name: "whom", Kinds: []vocab.Kind{vocab.Agent}, Optional: true, Description: "whom"}}, Description: "a task"},
		{Name: "act", Channels: 7, Params: []vocab.Param{{Name: "long", Kinds: []vocab.Kind{vocab.Duration}, Optional: true, Default: 3, Max: 1e6, Description: "how long"}}, Description: "a task"},
	}
	v.Nets = []vocab.Net{
		{Name: "steer", Rule: "go_there", Inputs: []int{4}, Outputs: []int{3}, Channels: 3, Description: "a network"},
		{Name: "look", Rule: "act", Inputs: []int{5, 6, 2}, Outputs: []int{4}, Channels: 6, Description: "a network with a convolution"},
	}
	return &scripted{v, func(task int) int { return task % 3 }}
}

// stageNet gives the networks of the stage, with every kind of layer.
func stageNet(name string) (*nn.Network, error) {
	a := nn.Architecture{Input: nn.Vector(4), Layers: []nn.Layer{nn.Dense(9), nn.Tanh(), nn.LayerNorm(), nn.Dense(3), nn.Softmax()}}
	if name == "look" {
		a = nn.Architecture{Input: nn.Image(5, 6, 2), Layers: []nn.Layer{nn.ReLU(), nn.Conv2D(3, 3, 2, 1), nn.ReLU(), nn.Dense(4), nn.Sigmoid()}}
	}
	return nn.New(a, 5)
}
