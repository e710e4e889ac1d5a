package export

import (
	"fmt"
	"go/format"
	"math"
	"strings"

	"dryad/nn"
	"dryad/vocab"
)

// goOwn are the names of the Go file that words of the game must not take.
var goOwn = words(`Status Idle Running Success Failure Features Target AgentKind ItemKind PositionKind Value Task NoTask
	NoChannel Call Command Commands Host Agent NewAgent Tick Halt Save Restore`)

// writeGo writes the one Go file.
func writeGo(m *model) ([]File, error) {
	w := m.fill()
	m.nameGo(w)
	w.Outline = m.outline("//	")
	w.Body = (&body{model: m, dialect: &goDialect{features: w.Features}}).steps()
	for _, l := range m.leaves {
		w.Leaves = append(w.Leaves, fmt.Sprintf("%d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %#x, %#x, %#x",
			l.Node, l.Head, l.ListedLeaf.Arguments, l.State, l.ListedLeaf.Words, l.Outer, l.Step,
			m.taskNumber(l.Task), l.Net, l.Leaf.Words, len(w.Arguments), len(l.Leaf.Arguments), l.Channels, l.Allowed, l.draw()))
		for _, a := range l.Leaf.Arguments {
			given := a.Value.Given || a.Number >= 0 || a.Target >= 0
			w.Arguments = append(w.Arguments, fmt.Sprintf("%t, %s, %d, %d, %d, %d", given, goNumber(a.Value.Number), a.Number, a.Target, a.Chooser, a.Outer))
		}
	}
	text, err := render("go.tmpl", w)
	if err != nil {
		return nil, err
	}
	source, err := format.Source([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("export: bug: the written Go file cannot be read: %w", err)
	}
	return []File{{m.prefix + ".go", source}}, nil
}

// nameGo gives all words their names in Go.
func (m *model) nameGo(w *written) {
	global, methods := newNamer(goOwn), newNamer(nil, "Tick", "Halt", "Save", "Restore")
	fields := newNamer(nil)
	for i := range w.Features {
		f := &w.Features[i]
		f.Field = fields.name(camel(f.Name))
		switch f.Type {
		case vocab.Bool.String():
		case vocab.Enum.String():
			f.Type = "int32"
			values := make([]string, len(f.Values))
			for k, v := range f.Values {
				values[k] = global.name(camel(f.Name + "_" + v))
			}
			f.Values = values
		default:
			f.Type, f.Values = "float64", nil
		}
	}
	fields = newNamer(nil)
	for i := range w.Channels {
		c := &w.Channels[i]
		c.Field, c.Constant = fields.name(camel(c.Name)), global.name("Channel"+camel(c.Name))
	}
	host := newNamer(nil, "Halt")
	for i := range w.Choosers {
		w.Choosers[i].Field = host.name(camel(w.Choosers[i].Name))
	}
	for i := range w.Tasks {
		t := &w.Tasks[i]
		t.Constant = global.name("Task" + camel(t.Name))
		if !t.Net {
			t.Field = host.name(camel(t.Name))
		}
		for k := range t.Arguments {
			t.Arguments[k].Constant = global.name("Argument" + camel(t.Name) + camel(t.Arguments[k].Name))
		}
	}
	for i := range w.Nets {
		n := &w.Nets[i]
		for _, t := range w.Tasks {
			if t.Net && t.Name == n.Name {
				n.Constant = t.Constant
			}
		}
		n.Input, n.Output = host.name(camel(n.Name)+"Input"), host.name(camel(n.Name)+"Output")
		n.Weights, n.Forward = global.name("weights"+camel(n.Name)), global.name("forward"+camel(n.Name))
		m.layersGo(n)
	}
	for i := range w.Keys {
		k := &w.Keys[i]
		k.Get, k.Set = methods.name("Key"+camel(k.Name)), methods.name("SetKey"+camel(k.Name))
		k.Published = methods.name("Published" + camel(k.Name))
	}
}

// layersGo writes the layers of a network as calls in Go; see layersC.
func (m *model) layersGo(n *named) {
	net := m.policy.Network(n.Index)
	n.Parameters = parameters(net, "")
	n.Size = max(net.Inputs(), net.Outputs())
	from, to, offset := "a", "b", 0
	for i, layer := range net.Architecture().Layers {
		in, out := net.Shapes(i)
		weights, bias := net.Weights(i)
		n.Size = max(n.Size, in.Size(), out.Size())
		middle := offset + len(weights)
		w := fmt.Sprintf("%s[%d:%d], %s[%d:%d]", n.Weights, offset, middle, n.Weights, middle, middle+len(bias))
		offset = middle + len(bias)
		made := true
		switch layer.Kind {
		case nn.KindDense:
			n.Layers = append(n.Layers, fmt.Sprintf("dense(%s, %s[:%d], %s)", to, from, in.Size(), w))
		case nn.KindConv:
			n.Patch = max(n.Patch, layer.Kernel[0]*layer.Kernel[1]*in.Channels)
			n.Layers = append(n.Layers, fmt.Sprintf("convolve(%s, %s, %s, shape{%d, %d, %d, %d, %d, [2]int{%d, %d}, [2]int{%d, %d}, [2]int{%d, %d}}, patch[:])",
				to, from, w, in.Height, in.Width, in.Channels, out.Height, out.Width,
				layer.Kernel[0], layer.Kernel[1], layer.Stride[0], layer.Stride[1], layer.Pad[0], layer.Pad[1]))
		case nn.KindLayerNorm:
			n.Layers = append(n.Layers, fmt.Sprintf("normalise(%s, %s[:%d], %s)", to, from, in.Size(), w))
		default:
			made = false
			n.Layers = append(n.Layers, fmt.Sprintf("%s(%s[:%d])", activations[layer.Kind], from, in.Size()))
		}
		if made {
			from, to = to, from
		}
	}
	n.Result = from
}

// goDialect writes the body of a tick in Go.
type goDialect struct{ features []named }

func (d *goDialect) input(i int) string {
	f := "f." + d.features[i].Field
	switch d.features[i].Type {
	case "bool":
		return "truth(" + f + ")"
	case "int32":
		return "float64(" + f + ")"
	}
	return f
}

func (d *goDialect) truth(i int) string {
	if d.features[i].Type == "bool" {
		return "f." + d.features[i].Field
	}
	return "f." + d.features[i].Field + " != 0"
}

func (d *goDialect) number(value float64) string { return goNumber(value) }

// goNumber writes a number as an expression of Go.
func goNumber(value float64) string {
	if math.IsInf(value, 0) || value != value || value == 0 && math.Signbit(value) {
		return fmt.Sprintf("number(%#x)", math.Float64bits(value))
	}
	return withPoint(formatFloat(value, 64))
}

// goFunctions are the functions of Go that stand for those of the run time.
var goFunctions = map[string]string{"abs": "math.Abs", "floor": "math.Floor", "ceil": "math.Ceil"}

func (d *goDialect) call(name string, args ...string) string {
	if known := goFunctions[name]; known != "" {
		name = known
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

// method drops the count of the scores, which a slice knows.
func (d *goDialect) method(name string, args ...string) string {
	switch name {
	case "draw", "best", "next":
		from := strings.TrimSuffix(args[0], ":]")
		args = append([]string{fmt.Sprintf("%s:][:%s]", from, args[1])}, args[2:]...)
	}
	return "r." + name + "(" + strings.Join(args, ", ") + ")"
}

func (d *goDialect) when(condition, statement string) string {
	return "if " + condition + " { " + statement + " }"
}

func (d *goDialect) product(x, y string) string { return "float64(" + x + " * " + y + ")" }
func (d *goDialect) low(word string) string     { return "uint32(" + word + ")" }
func (d *goDialect) wide(number string) string  { return "uint64(" + number + ")" }
func (d *goDialect) field(name string) string   { return "r." + name }
func (d *goDialect) rest(temporary int) string  { return fmt.Sprintf("t[%d:]", temporary) }
func (d *goDialect) remark(text string) string  { return "// " + comment(text) }
