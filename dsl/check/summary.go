package check

import (
	"strconv"
	"strings"

	"dryad/dsl"
)

// facts are what is known of a node with all below it and all that it calls.
type facts struct {
	outcome outcome
	acts    bool      // holds a task, neural task, wait or Lua function
	mover   *dsl.Node // the first node that decides where the agent goes, or nil
	cost    int       // nodes and operations of expressions, all branches together
}

// MaxCost is the most that a tree may cost a tick: nodes visited and
// operations of expressions, all branches together.
const MaxCost = 20000

// recursion reports calls that lead back to where they stand.
func (c *checker) recursion() {
	const (
		open = 1
		done = 2
	)
	state := map[*dsl.Tree]int{}
	var path []string
	var visit func(t *dsl.Tree)
	visit = func(t *dsl.Tree) {
		state[t] = open
		path = append(path, t.Name)
		t.Root.Walk(func(n *dsl.Node) bool {
			if n.Kind != dsl.Call {
				return true
			}
			next := c.byName[n.Word]
			switch {
			case next == nil:
			case state[next] == open:
				from := 0
				for path[from] != next.Name {
					from++
				}
				c.errorf("recursion", n.WordRange, "a tree cannot call itself: %s", strings.Join(append(path[from:len(path):len(path)], next.Name), " -> "))
			case state[next] == 0:
				visit(next)
			}
			return true
		})
		path = path[:len(path)-1]
		state[t] = done
	}
	for _, t := range c.file.Trees {
		if state[t] == 0 {
			visit(t)
		}
	}
}

// bodies checks the trees, those that are called before their callers.
func (c *checker) bodies() {
	c.known = make(map[*dsl.Tree]facts, len(c.file.Trees))
	started := make(map[*dsl.Tree]bool, len(c.file.Trees))
	var visit func(t *dsl.Tree)
	visit = func(t *dsl.Tree) {
		started[t] = true
		t.Root.Walk(func(n *dsl.Node) bool {
			if n.Kind == dsl.Call {
				if next := c.byName[n.Word]; next != nil && !started[next] {
					visit(next)
				}
			}
			return true
		})
		c.tree = t
		c.enter(Scope{Vocabulary: c.game, Keys: c.variables, Params: t.Params})
		if t.Root != nil {
			c.known[t] = c.node(t.Root, nil)
		}
	}
	for _, t := range c.file.Trees {
		if !started[t] {
			visit(t)
		}
	}
	main := c.file.Main()
	if main == nil || main.Root == nil {
		return
	}
	if f := c.known[main]; f.cost > MaxCost {
		c.errorf("too-costly", main.NameRange, "a tick may cost %s, at most %d is allowed", costText(f.cost), MaxCost)
	} else if !f.acts {
		c.warnf("no-task", main.NameRange, "the policy does nothing: it has no task")
	}
}

// sum returns the facts of a node, given those of its children.
func (c *checker) sum(n *dsl.Node, below []facts) facts {
	f := facts{cost: 1}
	for i := range below {
		f.acts = f.acts || below[i].acts
		f.cost = min(f.cost+below[i].cost, costLimit)
		if f.mover == nil {
			f.mover = below[i].mover
		}
	}
	switch n.Kind {
	case dsl.Invalid, dsl.Wait, dsl.Lua:
		f.acts = true
	case dsl.Set:
		// A name is one operation, and every operator stands between two.
		f.cost += 1 + len(n.Expression())/4
	case dsl.Task:
		f.acts = true
		if i, ok := c.words.tasks[n.Word]; ok && c.game.Tasks[i].Mover {
			f.mover = n
		}
	case dsl.Net:
		f.acts = true
		if i, ok := c.netOf(n); ok {
			if rule, ok := c.words.tasks[c.game.Nets[i].Rule]; ok && c.game.Tasks[rule].Mover {
				f.mover = n
			}
		}
	case dsl.Call:
		called, ok := c.known[c.byName[n.Word]]
		if !ok {
			return facts{outcome: anything, acts: true, cost: 1}
		}
		f.acts, f.outcome = called.acts, called.outcome
		f.cost = min(f.cost+called.cost, costLimit)
		if called.mover != nil {
			f.mover = n
		}
		return f
	}
	f.outcome = c.answers(n, below)
	return f
}

func costText(cost int) string {
	if cost >= costLimit {
		return "over a million"
	}
	return strconv.Itoa(cost)
}

// costLimit is where counting costs stops.
const costLimit = 1 << 20

// loop warns of a retry or repeat that cannot change anything by trying again.
func (c *checker) loop(n *dsl.Node, below []facts) {
	if len(below) == 0 || below[0].acts {
		return
	}
	c.warnf("taskless-loop", n.Range, "%q tries again without doing anything: there is no task below it", n.Kind.String())
}

// parallel reports children that hinder each other.
func (c *checker) parallel(n *dsl.Node, below []facts) {
	var first *dsl.Node
	var taken uint32
	for at, child := range n.Children {
		if m := below[at].mover; m != nil {
			if first != nil {
				d := c.errorf("two-movers", m.Range, "%q and %q (line %d) both decide where the agent goes", m.Word, first.Word, first.Range.Start.Line)
				d.Legal = c.still()
			} else {
				first = m
			}
		}
		if child.Kind != dsl.Task {
			continue
		}
		i, ok := c.words.tasks[child.Word]
		if !ok {
			continue
		}
		channels := uint32(c.game.Tasks[i].Channels)
		if channels != 0 && channels&^taken == 0 && !c.game.Tasks[i].Mover {
			c.warnf("masked-task", child.Range, "%q never acts: tasks before it claim all its channels", child.Word)
		}
		taken |= channels
	}
}

// still lists tasks that do not move the agent.
func (c *checker) still() []string {
	var out []string
	for i := range c.game.Tasks {
		if !c.game.Tasks[i].Mover {
			out = append(out, c.game.Tasks[i].Name)
		}
	}
	return out
}
