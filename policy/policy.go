package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/games"
	"dryad/nn"
)

// Params says what a policy may use beside the words of its game.
type Params struct {
	// Net finds the network of a neural task by the task's name. Without it a
	// tree with a neural task is faulty.
	Net func(name string) (*nn.Network, error)
	// Script is the Lua source beside the policy, where the functions of lua
	// leaves come from; nil when there is none.
	Script []byte
	// Unsure lets networks act that are less sure than their tasks ask, for training.
	Unsure bool
	// Budget bounds a tick; zero fields take the defaults.
	Budget Budget
}

// Budget bounds what one agent may do in one tick. Nodes and operations are
// counted as the tree runs, multiply-adds when it is read.
type Budget struct {
	Nodes        int // visited nodes, by default 4096
	Operations   int // operations of expressions, by default 65536
	MultiplyAdds int // of neural tasks, by default 4194304
	LuaSteps     int // instructions of Lua functions, by default 40000
	// Deadline is the number of multiply-adds that networks may spend in a tick as
	// it runs; 0 for no deadline. The rule acts for the neural tasks that come after
	// it in tree order. It is no time, so that every machine plays the same match.
	Deadline int
}

// The default budget.
const (
	defaultNodes        = 4096
	defaultOperations   = 65536
	defaultMultiplyAdds = 4 << 20
	defaultLuaSteps     = 40_000
)

// Policy is a checked tree, bound to one game. It is immutable.
type Policy struct {
	// Name is the policy's own name, or the one it was parsed under when its
	// text gives none.
	Name string
	// Source is the text as it was given, Canonical as the formatter writes it.
	Source, Canonical string
	// Script is the Lua source that the tree's functions come from; empty when
	// it has none.
	Script string
	// Hash is the SHA-256 of the canonical text, the script and the networks, in
	// hexadecimal: policies with equal hashes play equally.
	Hash string
	Game games.Game
	// File is the tree as it was read. It must not be changed.
	File *dsl.File
	// Program is what agents run.
	Program *bt.Program
	// Faults are the warnings and hints that the policy was read with.
	Faults dsl.Diagnostics

	readings []int32
	sources  []*dsl.Node
	nets     []network // by the vocabulary's index; those not used are empty
	macs     int
	memories map[int]memory // of the nodes whose networks are recurrent
	memory   int            // values of all of them
	steps    int            // of Lua functions in a tick
	deadline int            // in multiply-adds
	unsure   bool
}

// Parse reads, checks and compiles a policy for a game. All faults are
// reported at once; the policy is nil when one of them is an error. What was
// read lately is not compiled again.
func Parse(name string, source []byte, game games.Game, params Params) (*Policy, dsl.Diagnostics) {
	params.Budget = params.Budget.complete()
	text := string(source)
	tree, faults := read(name, text, game, &params)
	if tree == nil {
		return nil, faults
	}
	p := &Policy{
		Name: tree.file.Policy.Name, Source: text, Canonical: tree.canonical, Script: tree.script, Game: game,
		File: tree.file, Program: tree.unit.Program, readings: tree.unit.Readings, sources: tree.unit.Sources, steps: params.Budget.LuaSteps, deadline: params.Budget.Deadline, unsure: params.Unsure,
	}
	if p.Name == "" {
		p.Name = name
	}
	faults = slices.Concat(tree.faults, p.bind(tree.unit.Nets, params.Net, params.Budget.MultiplyAdds)).Sorted()
	if !faults.OK() {
		return nil, faults
	}
	p.Faults, p.Hash = faults, p.digest()
	return p, faults
}

// read reads, checks and compiles a tree, or finds it among those that were
// read lately. The tree is nil when there is an error among the faults.
func read(name, source string, game games.Game, params *Params) (*compiled, dsl.Diagnostics) {
	id := compiledID{game: game, name: name, source: source, script: string(params.Script), scripted: params.Script != nil,
		nodes: params.Budget.Nodes, operations: params.Budget.Operations}
	keep := id.cacheable()
	if keep {
		if found := compiledTrees.get(id); found != nil {
			return found, nil
		}
	}
	file, faults := check.Source(name, source, game.Vocabulary())
	unit, script, more := build(file, game, params, faults.OK())
	if faults = append(faults, more...).Sorted(); unit == nil {
		return nil, faults
	}
	tree := &compiled{file: file, faults: faults, unit: unit, canonical: canonical(file, source)}
	if script != nil {
		tree.script = id.script
	}
	if keep {
		compiledTrees.add(id, tree)
	}
	return tree, nil
}

// texts are buffers for canonical texts.
var texts = sync.Pool{New: func() any { return new([]byte) }}

// canonical formats a file; a source that stands as the formatter writes it is
// not copied.
func canonical(file *dsl.File, source string) string {
	buffer := texts.Get().(*[]byte)
	defer texts.Put(buffer)
	*buffer = dsl.AppendFormat((*buffer)[:0], file)
	if string(*buffer) == source {
		return source
	}
	return string(*buffer)
}

// digest computes the policy's hash.
func (p *Policy) digest() string {
	digest := sha256.New()
	buffer := texts.Get().(*[]byte)
	defer texts.Put(buffer)
	*buffer = append(append((*buffer)[:0], p.Game.Vocabulary().Game...), '\n')
	*buffer = append(append(*buffer, p.Canonical...), '\n')
	digest.Write(*buffer)
	if p.Script != "" {
		fmt.Fprintf(digest, "lua %d\n%s\n", len(p.Script), p.Script)
	}
	for i := range p.nets {
		p.nets[i].digest(digest)
	}
	if p.unsure {
		fmt.Fprintln(digest, "unsure")
	}
	if p.deadline > 0 {
		fmt.Fprintf(digest, "deadline %d\n", p.deadline)
	}
	return hex.EncodeToString(digest.Sum(nil))
}

func (b Budget) complete() Budget {
	if b.Nodes == 0 {
		b.Nodes = defaultNodes
	}
	if b.Operations == 0 {
		b.Operations = defaultOperations
	}
	if b.LuaSteps == 0 {
		b.LuaSteps = defaultLuaSteps
	}
	if b.MultiplyAdds == 0 {
		b.MultiplyAdds = defaultMultiplyAdds
	}
	return b
}

// Line returns what a node of the program is in the text, by the node's index;
// nil for one that the text does not show. It must not be changed.
func (p *Policy) Line(node int) *dsl.Node { return p.sources[node] }

// MultiplyAdds returns the most that the policy's networks compute in a tick.
func (p *Policy) MultiplyAdds() int { return p.macs }

// Deadline returns the multiply-adds of a tick after which neural tasks are left to
// their rules, or 0 when all of the policy's networks always run.
func (p *Policy) Deadline() int {
	if p.deadline >= p.macs {
		return 0
	}
	return p.deadline
}

// Readings returns what the inputs of the program are, by the indices of the
// vocabulary's readings. The caller must not change it.
func (p *Policy) Readings() []int32 { return p.readings }

// Network returns the network of the neural task at an index of the
// vocabulary; nil when the tree does not use it.
func (p *Policy) Network(net int) *nn.Network { return p.nets[net].net }
