package policy

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
	"math"

	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/vocab"
)

// network is what serves a neural task.
type network struct {
	word *vocab.Net
	net  *nn.Network
	macs int // multiply-adds of an answer
}

// doubts reports whether the network is less sure of its answer than the task asks.
func (n *network) doubts(output []float32) bool {
	return n.word.Confidence > 0 && head.Softmax{Choices: len(output)}.Confidence(output) < n.word.Confidence
}

// digest adds what the network is to a hash.
func (n *network) digest(h hash.Hash) {
	if n.net == nil {
		return
	}
	architecture, err := json.Marshal(n.net.Architecture())
	if err != nil {
		panic(fmt.Sprintf("policy: bug: an architecture cannot be written: %v", err))
	}
	fmt.Fprintf(h, "net %s %s\n", n.word.Name, architecture)
	var word [4]byte
	for _, p := range n.net.Parameters() {
		binary.LittleEndian.PutUint32(word[:], math.Float32bits(p))
		h.Write(word[:])
	}
}

// bind finds the networks that the tree uses, and reports those that are
// missing, do not fit, or cost more than the budget.
func (p *Policy) bind(used []int, find func(string) (*nn.Network, error), budget int) dsl.Diagnostics {
	var faults dsl.Diagnostics
	words := p.Game.Vocabulary().Nets
	p.nets = make([]network, len(words))
	for _, i := range used {
		word := &words[i]
		net, err := resolve(word, find)
		if err != nil {
			faults = append(faults, dsl.Diagnostic{Severity: dsl.Error, Code: "net", Range: p.places(i),
				Summary: fmt.Sprintf("the neural task %q has no network: %v", word.Name, err)})
			continue
		}
		p.nets[i] = network{word, net, net.MACs()}
	}
	if faults != nil {
		return faults
	}
	if len(used) == 0 {
		return nil
	}
	p.macs = p.cost(0)
	p.remember()
	if p.macs > budget {
		faults = append(faults, dsl.Diagnostic{Severity: dsl.Error, Code: "cost", Range: p.places(used[0]),
			Summary: fmt.Sprintf("the neural tasks of one tick cost up to %d multiply-adds, at most %d are allowed", p.macs, budget)})
	}
	return faults
}

// memory is where an agent keeps the state of a recurrent network of a node.
type memory struct{ from, to int }

// remember makes room for the states of recurrent networks.
func (p *Policy) remember() {
	for index, source := range p.sources {
		if source == nil || source.Kind != dsl.Net {
			continue
		}
		i, _ := check.Net(source, p.Game.Vocabulary())
		size := p.nets[i].net.State()
		if size == 0 {
			continue
		}
		if p.memories == nil {
			p.memories = map[int]memory{}
		}
		p.memories[index] = memory{p.memory, p.memory + size}
		p.memory += size
	}
}

// resolve finds the network of a neural task and checks its shapes.
func resolve(word *vocab.Net, find func(string) (*nn.Network, error)) (*nn.Network, error) {
	if find == nil {
		return nil, fmt.Errorf("no networks are given")
	}
	net, err := find(word.Name)
	if err != nil {
		return nil, err
	}
	if net == nil {
		return nil, fmt.Errorf("none of that name")
	}
	if in, out := size(word.Inputs), size(word.Outputs); net.Inputs() != in || net.Outputs() != out {
		return nil, fmt.Errorf("it maps %d values to %d, the task %d to %d", net.Inputs(), net.Outputs(), in, out)
	}
	return net, nil
}

func size(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// places returns where the tree first uses a neural task.
func (p *Policy) places(net int) dsl.Range {
	var r dsl.Range
	p.File.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		if i, ok := check.Net(n, p.Game.Vocabulary()); ok && i == net && r == (dsl.Range{}) {
			r = n.Range
		}
		return true
	})
	return r
}

// cost returns the most multiply-adds that a tick leaves to compute below a
// node. A neural task runs, so of the children of a composite that is no
// parallel only one can hold any.
func (p *Policy) cost(index int) int {
	n := p.Program.Node(index)
	if source := p.sources[index]; source != nil && source.Kind == dsl.Net {
		i, _ := check.Net(source, p.Game.Vocabulary())
		return p.nets[i].macs
	}
	total := 0
	for child := index + 1; child < n.End; child = p.Program.Node(child).End {
		c := p.cost(child)
		if n.Kind == bt.KindParallel || n.Kind == bt.KindParallelFirst {
			total += c
		} else {
			total = max(total, c)
		}
	}
	return total
}
