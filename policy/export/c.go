package export

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"dryad/bt"
	"dryad/dsl"
	"dryad/vocab"
)

// named is a word of the game and its names in the written code.
type named struct {
	Name, About                  string
	Index, Number                int
	Field, Constant              string
	Bit                          string
	Type                         string   // of a feature
	Values                       []string // of a feature's enum
	Last                         string
	Net                          bool
	Arguments                    []named
	Input, Output                string // functions of a neural task
	Inputs, Outputs, Size        int
	Weights, Parameters, Forward string
	Layers                       []string
	Result                       string
	Patch                        int
	Get, Set, Published          string // functions of a key
	Word                         int
	Team                         bool
}

// written is what the templates are filled with.
type written struct {
	Prefix, Identity, Hash, Outline     string
	AgentKind, ItemKind, PositionKind   int
	Features, Tasks, Channels, Choosers []named
	Nets, Keys                          []named
	Most, Words, Bytes, Running         int
	Volatile, Slots, Pending, NodeCount int
	Temporaries, Overrun, Version       int
	MostInputs, MostOutputs             int
	Initial, Remembering, Body          string
	Leaves, Arguments, Nodes            []string
	HasTasks                            bool
}

// snapshotVersion begins the bytes of a saved agent, as policy.Agent writes them.
const snapshotVersion = 0xd2

// counters is the number of words of a saved agent behind its slab.
const counters = 5

// fill gathers what both languages write; names are still to be given.
func (m *model) fill() *written {
	w := &written{
		Prefix: m.prefix, Identity: m.identity(), Hash: m.policy.Hash, Outline: m.outline(" *   "),
		AgentKind: int(vocab.Agent), ItemKind: int(vocab.Item), PositionKind: int(vocab.Position),
		Most: m.most, Words: len(m.Words), Bytes: 1 + 8*(len(m.Words)+counters),
		Running: m.Running, Volatile: m.Volatile, Slots: m.runningWords(), NodeCount: len(m.Nodes),
		Temporaries: m.Temporaries, Overrun: overrun, Version: snapshotVersion, MostInputs: 1, MostOutputs: 1,
	}
	for i := range m.Inputs {
		r := m.reading(i)
		w.Features = append(w.Features, named{Name: r.name, About: comment(r.about), Index: i, Values: r.values, Type: r.kind.String()})
	}
	for i, c := range m.vocab.Channels {
		w.Channels = append(w.Channels, named{Name: c, Index: i, Bit: fmt.Sprintf("%#x", uint32(1)<<i)})
	}
	for _, i := range m.choosers {
		c := &m.vocab.Choosers[i]
		w.Choosers = append(w.Choosers, named{Name: c.Name, Index: i, About: comment(c.Name + ": " + c.Description)})
	}
	for _, i := range m.tasks {
		t := &m.vocab.Tasks[i]
		n := named{Name: t.Name, Index: i, Number: 1 + i, About: comment(t.Description)}
		for _, p := range t.Params {
			n.Arguments = append(n.Arguments, named{Name: p.Name, About: comment(p.Description)})
		}
		w.Tasks = append(w.Tasks, n)
	}
	for _, i := range m.nets {
		t := &m.vocab.Nets[i]
		net := m.policy.Network(i)
		w.Tasks = append(w.Tasks, named{Name: t.Name, Index: i, Number: 1 + len(m.vocab.Tasks) + i, About: comment(t.Description), Net: true})
		w.Nets = append(w.Nets, named{Name: t.Name, Index: i, About: comment(t.Description), Inputs: net.Inputs(), Outputs: net.Outputs()})
		w.MostInputs, w.MostOutputs = max(w.MostInputs, net.Inputs()), max(w.MostOutputs, net.Outputs())
	}
	for _, k := range m.Keys {
		w.Keys = append(w.Keys, named{Name: k.Name, Word: k.Word, Team: k.Team})
	}
	for _, l := range m.leaves {
		if l.Net >= 0 {
			w.Pending++
		}
		w.HasTasks = w.HasTasks || l.Task >= 0
	}
	var remembering []string
	for _, n := range m.Nodes {
		switch n.Kind {
		case bt.KindSequence, bt.KindMemorySelector, bt.KindMemorySequence, bt.KindRandom, bt.KindUtility:
			if n.Head != 0 {
				remembering = append(remembering, fmt.Sprintf("{%d, %d}", n.Head, n.Children))
			}
		}
	}
	w.Remembering = strings.Join(remembering, ", ")
	w.Nodes = m.nodeRows()
	initial := m.Words
	for len(initial) > 1 && initial[len(initial)-1] == 0 {
		initial = initial[:len(initial)-1]
	}
	texts := make([]string, len(initial))
	for i, v := range initial {
		texts[i] = fmt.Sprintf("%#x", v)
	}
	w.Initial = strings.Join(texts, ", ")
	return w
}

// nodeRows are the nodes that take notice of a halt: head, leaf, and word and
// length of a cooldown.
func (m *model) nodeRows() []string {
	rows := make([]string, len(m.Nodes))
	for i, n := range m.Nodes {
		rows[i] = "0, 0, 0, 0"
		switch n.Kind {
		case bt.KindTask:
			rows[i] = fmt.Sprintf("%d, %d, 0, 0", n.Head, n.Leaf)
		case bt.KindCooldown:
			rows[i] = fmt.Sprintf("%d, -1, %d, %d", n.Head, n.Keeps, n.Ticks)
		}
	}
	return rows
}

// outline is the policy's text as a comment.
func (m *model) outline(before string) string {
	var b strings.Builder
	for line := range strings.Lines(dsl.Format(m.policy.File)) {
		b.WriteString(strings.TrimRight(before+comment(line), " ") + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// writeC writes the header and the source.
func writeC(m *model) ([]File, error) {
	w := m.fill()
	m.nameC(w)
	d := &cDialect{features: w.Features}
	w.Body = strings.ReplaceAll((&body{model: m, dialect: d}).steps(), "\t", "    ")
	for _, l := range m.leaves {
		w.Leaves = append(w.Leaves, fmt.Sprintf("%d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %#xu, %#xu, %#xu",
			l.Node, l.Head, l.ListedLeaf.Arguments, l.State, l.ListedLeaf.Words, l.Outer, l.Step,
			m.taskNumber(l.Task), l.Net, l.Leaf.Words, len(w.Arguments), len(l.Leaf.Arguments), l.Channels, l.Allowed, l.draw()))
		for _, a := range l.Leaf.Arguments {
			given := a.Value.Given || a.Number >= 0 || a.Target >= 0
			w.Arguments = append(w.Arguments, fmt.Sprintf("%t, %s, %d, %d, %d, %d", given, cNumber(a.Value.Number), a.Number, a.Target, a.Chooser, a.Outer))
		}
	}
	if len(w.Arguments) == 0 {
		w.Arguments = []string{"false, 0, -1, -1, -1, 0"}
	}
	header, err := render("header.c.tmpl", w)
	if err != nil {
		return nil, err
	}
	source, err := render("source.c.tmpl", w)
	if err != nil {
		return nil, err
	}
	sections := cut(source)
	if w.Pending > 0 {
		nets, err := render("net.c.tmpl", w)
		if err != nil {
			return nil, err
		}
		at := len(sections) - 2 // before the tree and the public functions
		sections = append(sections[:at:at], append(cut(nets), sections[at:]...)...)
	}
	return []File{
		{m.prefix + ".h", prefixed(header, m.prefix)},
		{m.prefix + ".c", prefixed(needed(sections), m.prefix)},
	}, nil
}

// taskNumber is the number of a task, 0 for none.
func (m *model) taskNumber(task int) int { return task + 1 }

// cOwn are the names of the templates after their prefix.
var cOwn = words(`idle running success failure features target agent_kind item_kind position_kind value task no_task
		call command commands host agent start tick halt save restore clock seed count list volatile slots run words bits number
		divide min max abs floor ceil finalise mix draw pick best next attempt attempts expired elapse wait gather note leaves
		leaf_row arguments argument_row choose store load random_word resolve bind prepare act command_on halt_leaf leaf nodes
		node_row halt_node halt_all halt_range cut settle stop tree exp root dot dense convolve normalise rectify tanh sigmoid
		softmax networks finish shape status`)

// nameC gives all words their names in C.
func (m *model) nameC(w *written) {
	global := newNamer(nil)
	for word := range cOwn {
		global.used[own+word] = true
	}
	fields := newNamer(cWords, "unused")
	for i := range w.Features {
		f := &w.Features[i]
		f.Field = fields.name(f.Name)
		switch f.Type {
		case vocab.Bool.String():
			f.Type = "bool"
		case vocab.Enum.String():
			f.Type = "int32_t"
			values := make([]string, len(f.Values))
			for k, v := range f.Values {
				values[k] = global.name(own + f.Name + "_" + v)
			}
			f.Values, f.Last = values, global.name(own+f.Name+"_values")
		default:
			f.Type, f.Values = "double", nil
		}
	}
	fields = newNamer(cWords, "unused")
	for i := range w.Channels {
		c := &w.Channels[i]
		c.Field, c.Constant = fields.name(c.Name), global.name(ownUpper+"CHANNEL_"+strings.ToUpper(c.Name))
	}
	fields = newNamer(cWords, "context", "halt")
	for i := range w.Choosers {
		w.Choosers[i].Field = fields.name(w.Choosers[i].Name)
	}
	for i := range w.Tasks {
		t := &w.Tasks[i]
		t.Constant = global.name(own + "task_" + t.Name)
		if !t.Net {
			t.Field = fields.name(t.Name)
		}
		for k := range t.Arguments {
			t.Arguments[k].Constant = global.name(own + "argument_" + t.Name + "_" + t.Arguments[k].Name)
		}
	}
	for i := range w.Nets {
		n := &w.Nets[i]
		for _, t := range w.Tasks {
			if t.Net && t.Name == n.Name {
				n.Constant = t.Constant
			}
		}
		n.Input, n.Output = fields.name(n.Name+"_input"), fields.name(n.Name+"_output")
		n.Weights, n.Forward = global.name(own+"weights_"+n.Name), global.name(own+"forward_"+n.Name)
		m.layersC(n)
	}
	for i := range w.Keys {
		k := &w.Keys[i]
		k.Get, k.Set = global.name(own+"key_"+k.Name), global.name(own+"set_key_"+k.Name)
		k.Published = global.name(own + "published_" + k.Name)
	}
}

// cDialect writes the body of a tick in C.
type cDialect struct{ features []named }

func (d *cDialect) input(i int) string {
	if d.features[i].Type == "double" {
		return "f->" + d.features[i].Field
	}
	return "(double)f->" + d.features[i].Field
}

func (d *cDialect) truth(i int) string {
	if d.features[i].Type == "bool" {
		return "f->" + d.features[i].Field
	}
	return "f->" + d.features[i].Field + " != 0"
}

func (d *cDialect) number(value float64) string { return cNumber(value) }

// cNumber writes a number as a literal of C.
func cNumber(value float64) string {
	switch {
	case math.IsInf(value, 0) || value != value:
		return fmt.Sprintf("%snumber(%#xu)", own, math.Float64bits(value))
	case value == 0 && math.Signbit(value):
		return "-0.0"
	}
	return withPoint(formatFloat(value, 64))
}

func (d *cDialect) call(name string, args ...string) string {
	return own + name + "(" + strings.Join(args, ", ") + ")"
}

func (d *cDialect) method(name string, args ...string) string {
	return d.call(name, append([]string{"r"}, args...)...)
}

func (d *cDialect) when(condition, statement string) string {
	if strings.Contains(strings.TrimSuffix(statement, ";"), ";") && !strings.HasPrefix(statement, "switch") {
		statement = "{ " + statement + " }"
	}
	return "if (" + condition + ") " + statement
}

func (d *cDialect) product(x, y string) string { return x + " * " + y }
func (d *cDialect) low(word string) string     { return "(uint32_t)" + word }
func (d *cDialect) wide(number string) string  { return "(uint64_t)(" + number + ")" }
func (d *cDialect) field(name string) string   { return "r->" + name }
func (d *cDialect) remark(text string) string  { return "/* " + comment(text) + " */" }

func (d *cDialect) rest(temporary int) string {
	if temporary == 0 {
		return "t"
	}
	return "t + " + strconv.Itoa(temporary)
}
