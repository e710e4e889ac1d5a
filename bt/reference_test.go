package bt_test

import (
	"fmt"

	"dryad/bt"
)

// reference is a plain recursive interpreter of a tree, written from the rules
// of a tick and not from the compiled program: it walks nodes, keeps a record
// of state for each, and halts by looking at all of them.
type reference struct {
	order   []*bt.Node // in pre-order
	index   map[*bt.Node]int
	parent  []int
	end     []int
	state   []record
	ids     []uint64
	seed    uint64
	clock   uint64
	now     int
	inputs  []float64
	keys    map[string]float64
	taken   uint32
	script  *script
	visited int
}

type record struct {
	active   bool // answered running in the last tick
	reached  bool // in this tick
	progress int
	done     []bool
	count    int
	start    int
	args     []float64
	locals   map[string]float64
	claims   uint32
	// These outlive activations.
	ready       int
	completed   bt.Status
	activations uint64
}

func newReference(p *bt.Program, root *bt.Node, seed uint64, keys map[string]float64, s *script) *reference {
	r := &reference{index: map[*bt.Node]int{}, seed: seed, clock: 1, keys: keys, script: s}
	var number func(n *bt.Node, parent int)
	number = func(n *bt.Node, parent int) {
		i := len(r.order)
		r.index[n] = i
		r.order, r.parent, r.end = append(r.order, n), append(r.parent, parent), append(r.end, 0)
		r.ids = append(r.ids, p.Node(i).ID)
		for _, c := range n.Children {
			number(c, i)
		}
		r.end[i] = len(r.order)
	}
	number(root, -1)
	r.state = make([]record, len(r.order))
	return r
}

func (r *reference) tick(now int, inputs []float64) bt.Status {
	r.now, r.inputs, r.taken = now, inputs, 0
	for i := range r.state {
		r.state[i].reached = false
	}
	status := r.visit(r.order[0])
	for i := len(r.order) - 1; i >= 0; i-- {
		if r.state[i].active && !r.state[i].reached {
			r.haltOne(i)
		}
	}
	r.clock++
	return status
}

func (r *reference) halt(now int) {
	r.now = now
	r.haltBelow(-1, len(r.order))
}

// haltBelow halts the active nodes after from and before to.
func (r *reference) haltBelow(from, to int) {
	for i := to - 1; i > from; i-- {
		if r.state[i].active {
			r.haltOne(i)
		}
	}
}

func (r *reference) haltOne(i int) {
	s, n := &r.state[i], r.order[i]
	switch n.Kind {
	case bt.KindTask:
		if s.reached {
			r.taken &^= s.claims
		}
		r.script.halt(n)
	case bt.KindCooldown:
		s.ready = r.now + n.Ticks
	}
	r.end1(s)
}

// end1 forgets what an activation holds.
func (r *reference) end1(s *record) {
	*s = record{reached: s.reached, ready: s.ready, completed: s.completed, activations: s.activations}
}

func (r *reference) visit(n *bt.Node) bt.Status {
	s := &r.state[r.index[n]]
	if s.reached && !n.Guard() {
		panic("ticked twice: " + n.Kind.String())
	}
	s.reached = true
	r.visited++
	status := r.work(n, s)
	if status == bt.Running {
		s.active = true
	} else {
		r.end1(s)
	}
	return status
}

func (r *reference) eval(n *bt.Node, e bt.Expr) float64 {
	return e.Eval(r.inputs, func(name string) float64 {
		for p := r.parent[r.index[n]]; p >= 0; p = r.parent[p] {
			if r.order[p].Kind == bt.KindSubtree {
				if v, ok := r.state[p].locals[name]; ok {
					return v
				}
				break
			}
		}
		return r.keys[name]
	})
}

func (r *reference) set(n *bt.Node, name string, value float64) {
	for p := r.parent[r.index[n]]; p >= 0; p = r.parent[p] {
		if r.order[p].Kind == bt.KindSubtree {
			if _, ok := r.state[p].locals[name]; ok {
				r.state[p].locals[name] = value
				return
			}
			break
		}
	}
	r.keys[name] = value
}

func (r *reference) work(n *bt.Node, s *record) bt.Status {
	switch n.Kind {
	case bt.KindSelector:
		for _, c := range n.Children {
			if status := r.visit(c); status != bt.Failure {
				return status
			}
		}
		return bt.Failure
	case bt.KindSequence:
		for i, c := range n.Children {
			if s.active && i < s.progress && !c.Guard() {
				continue // finished in this activation
			}
			if status := r.visit(c); status != bt.Success {
				s.progress = i
				return status
			}
		}
		return bt.Success
	case bt.KindMemorySelector, bt.KindMemorySequence:
		through := bt.Failure
		if n.Kind == bt.KindMemorySequence {
			through = bt.Success
		}
		for i := s.progress; i < len(n.Children); i++ {
			if status := r.visit(n.Children[i]); status != through {
				s.progress = i
				return status
			}
		}
		return through
	case bt.KindParallel:
		return r.parallel(n, s)
	case bt.KindParallelFirst:
		for _, c := range n.Children {
			if status := r.visit(c); status != bt.Running {
				r.haltBelow(r.index[n], r.end[r.index[n]])
				return status
			}
		}
		return bt.Running
	case bt.KindRandom:
		if !s.active {
			s.activations++
			weights := make([]float64, len(n.Values))
			for i, w := range n.Values {
				weights[i] = r.eval(n, w)
			}
			s.progress = bt.Draw(weights, bt.Mix(r.seed, r.ids[r.index[n]], s.activations))
		}
		if s.progress < 0 {
			return bt.Failure
		}
		return r.visit(n.Children[s.progress])
	case bt.KindUtility:
		return r.utility(n, s)
	case bt.KindNot:
		switch r.visit(n.Children[0]) {
		case bt.Success:
			return bt.Failure
		case bt.Failure:
			return bt.Success
		}
		return bt.Running
	case bt.KindSucceed, bt.KindFail:
		if r.visit(n.Children[0]) == bt.Running {
			return bt.Running
		}
		if n.Kind == bt.KindSucceed {
			return bt.Success
		}
		return bt.Failure
	case bt.KindOnce:
		if s.completed == bt.Idle {
			status := r.visit(n.Children[0])
			if status != bt.Running {
				s.completed = status
			}
			return status
		}
		return s.completed
	case bt.KindRetry, bt.KindRepeat:
		again := bt.Failure
		if n.Kind == bt.KindRepeat {
			again = bt.Success
		}
		status := r.visit(n.Children[0])
		if status == again {
			s.count++
			if n.Count == 0 || s.count < n.Count {
				return bt.Running
			}
		}
		return status
	case bt.KindTimeout:
		if !s.active {
			s.start = r.now
		}
		if r.now-s.start >= n.Ticks {
			return bt.Failure
		}
		return r.visit(n.Children[0])
	case bt.KindCooldown:
		if !s.active && r.now < s.ready {
			return bt.Failure
		}
		status := r.visit(n.Children[0])
		if status != bt.Running {
			s.ready = r.now + n.Ticks
		}
		return status
	case bt.KindWait:
		if !s.active {
			s.start = r.now
		}
		if r.now-s.start >= n.Ticks {
			return bt.Success
		}
		return bt.Running
	case bt.KindCondition:
		if r.eval(n, n.Values[0]) != 0 {
			return bt.Success
		}
		return bt.Failure
	case bt.KindSet:
		r.set(n, n.Key, r.eval(n, n.Values[0]))
		return bt.Success
	case bt.KindTask:
		if !s.active {
			s.args = nil
			for _, v := range n.Values {
				s.args = append(s.args, r.eval(n, v))
			}
		}
		status, claims := r.script.tick(n, !s.active, s.args, ^r.taken)
		if status != bt.Failure {
			r.taken |= claims
		}
		s.claims = claims
		return status
	case bt.KindSubtree:
		if !s.active {
			locals := map[string]float64{}
			for _, l := range n.Locals {
				locals[l.Name] = r.eval(n, l.Value)
			}
			s.locals = locals
		}
		return r.visit(n.Children[0])
	}
	panic(fmt.Sprintf("kind %d", n.Kind))
}

func (r *reference) parallel(n *bt.Node, s *record) bt.Status {
	if s.done == nil {
		s.done = make([]bool, len(n.Children))
	}
	running := false
	for i, c := range n.Children {
		if s.done[i] {
			continue
		}
		switch r.visit(c) {
		case bt.Failure:
			r.haltBelow(r.index[n], r.end[r.index[n]])
			return bt.Failure
		case bt.Running:
			running = true
		case bt.Success:
			s.done[i] = !c.Guard()
		}
	}
	if running {
		return bt.Running
	}
	return bt.Success
}

func (r *reference) utility(n *bt.Node, s *record) bt.Status {
	scores := make([]float64, len(n.Values))
	for i, v := range n.Values {
		scores[i] = r.eval(n, v)
	}
	if s.active {
		scores[s.progress] += n.Margin
	}
	tried := make([]bool, len(scores))
	for range scores {
		pick := -1
		for i, v := range scores {
			if !tried[i] && (pick < 0 || v > scores[pick] || scores[pick] != scores[pick] && v == v) {
				pick = i
			}
		}
		tried[pick] = true
		if status := r.visit(n.Children[pick]); status != bt.Failure {
			s.progress = pick
			return status
		}
	}
	return bt.Failure
}
