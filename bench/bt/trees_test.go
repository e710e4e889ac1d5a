package bt_test

import (
	"fmt"

	b3 "github.com/magicsea/behavior3go"
	b3config "github.com/magicsea/behavior3go/config"
	b3core "github.com/magicsea/behavior3go/core"
	b3loader "github.com/magicsea/behavior3go/loader"

	gobt "github.com/joeycumines/go-behaviortree"

	"dryad/bt"
)

const (
	branches = 10
	tasks    = 8
	levels   = 24
	limit    = 30 // what the conditions compare with
)

// values are what the conditions of both trees read: in tree A only the last
// branch's holds, in tree B all do.
func valuesA() []int {
	v := make([]int, branches)
	for i := range v {
		v[i] = 100
	}
	v[branches-1] = 10
	return v
}

func valuesB() []int { return make([]int, levels+1) }

type succeeds struct{}

func (*succeeds) Words() int                    { return 0 }
func (*succeeds) Tick(*bt.Activation) bt.Status { return bt.Success }
func (*succeeds) Halt(*bt.Activation)           {}

type runs struct{}

func (*runs) Words() int                    { return 0 }
func (*runs) Tick(*bt.Activation) bt.Status { return bt.Running }
func (*runs) Halt(*bt.Activation)           {}

func dryadA() *bt.Node {
	root := bt.Selector("main")
	for i := range branches {
		s := bt.Sequence(fmt.Sprint("branch", i), bt.Condition(bt.Less(bt.Input(i), bt.Const(limit))))
		for j := range tasks {
			s.Children = append(s.Children, bt.Task(fmt.Sprint("task", j), &succeeds{}))
		}
		root.Children = append(root.Children, s)
	}
	return root
}

func dryadB() *bt.Node {
	below := []*bt.Node{bt.Condition(bt.Less(bt.Input(levels), bt.Const(limit))), bt.Task("run", &runs{})}
	for i := levels - 1; i >= 0; i-- {
		s := bt.Sequence(fmt.Sprint("level", i), bt.Condition(bt.Less(bt.Input(i), bt.Const(limit))))
		s.Children = append(s.Children, below...)
		below = []*bt.Node{s}
	}
	return below[0]
}

// bare is the leanest node of go-behaviortree: a closure without the frame of
// its maker.
func bare(tick gobt.Tick, children ...gobt.Node) gobt.Node {
	return func() (gobt.Tick, []gobt.Node) { return tick, children }
}

func closureCondition(value *int) gobt.Node {
	return bare(func([]gobt.Node) (gobt.Status, error) {
		if *value < limit {
			return gobt.Success, nil
		}
		return gobt.Failure, nil
	})
}

func closureTask(status gobt.Status) gobt.Node {
	return bare(func([]gobt.Node) (gobt.Status, error) { return status, nil })
}

func closuresA(values []int) gobt.Node {
	var all []gobt.Node
	for i := range branches {
		children := []gobt.Node{closureCondition(&values[i])}
		for range tasks {
			children = append(children, closureTask(gobt.Success))
		}
		all = append(all, bare(gobt.Sequence, children...))
	}
	return bare(gobt.Selector, all...)
}

func closuresB(values []int) gobt.Node {
	below := []gobt.Node{closureCondition(&values[levels]), closureTask(gobt.Running)}
	for i := levels - 1; i >= 0; i-- {
		below = []gobt.Node{bare(gobt.Sequence, append([]gobt.Node{closureCondition(&values[i])}, below...)...)}
	}
	return below[0]
}

// below is behavior3go's condition; its variable is found by its index.
type below struct {
	b3core.Condition
	index int
}

func (c *below) Initialize(params *b3config.BTNodeCfg) {
	c.Condition.Initialize(params)
	c.index = params.GetPropertyAsInt("index")
}

func (c *below) OnTick(tick *b3core.Tick) b3.Status {
	if tick.GetTarget().([]int)[c.index] < limit {
		return b3.SUCCESS
	}
	return b3.FAILURE
}

func behavior3(root string, nodes map[string]b3config.BTNodeCfg) *b3core.BehaviorTree {
	extra := b3.NewRegisterStructMaps()
	extra.Register("Below", new(below))
	return b3loader.CreateBevTreeFromConfig(&b3config.BTTreeCfg{ID: "tree", Title: "tree", Root: root, Nodes: nodes}, extra)
}

func behavior3A() *b3core.BehaviorTree {
	nodes := map[string]b3config.BTNodeCfg{}
	var all []string
	for i := range branches {
		condition := fmt.Sprint("condition", i)
		nodes[condition] = b3config.BTNodeCfg{Id: condition, Name: "Below", Category: "condition",
			Properties: map[string]any{"index": float64(i)}}
		children := []string{condition}
		for j := range tasks {
			task := fmt.Sprint("task", i, "-", j)
			nodes[task] = b3config.BTNodeCfg{Id: task, Name: "Succeeder", Category: "action"}
			children = append(children, task)
		}
		branch := fmt.Sprint("branch", i)
		nodes[branch] = b3config.BTNodeCfg{Id: branch, Name: "Sequence", Category: "composite", Children: children}
		all = append(all, branch)
	}
	nodes["root"] = b3config.BTNodeCfg{Id: "root", Name: "Priority", Category: "composite", Children: all}
	return behavior3("root", nodes)
}

func behavior3B() *b3core.BehaviorTree {
	nodes := map[string]b3config.BTNodeCfg{}
	condition := func(i int) string {
		name := fmt.Sprint("condition", i)
		nodes[name] = b3config.BTNodeCfg{Id: name, Name: "Below", Category: "condition",
			Properties: map[string]any{"index": float64(i)}}
		return name
	}
	nodes["run"] = b3config.BTNodeCfg{Id: "run", Name: "Runner", Category: "action"}
	under := []string{condition(levels), "run"}
	for i := levels - 1; i >= 0; i-- {
		level := fmt.Sprint("level", i)
		nodes[level] = b3config.BTNodeCfg{Id: level, Name: "Sequence", Category: "composite",
			Children: append([]string{condition(i)}, under...)}
		under = []string{level}
	}
	return behavior3(under[0], nodes)
}
