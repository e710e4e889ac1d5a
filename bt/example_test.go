package bt_test

import (
	"fmt"

	"dryad/bt"
)

// walk is a task of three ticks: it claims channel 0 and counts in its state.
type walk struct{}

func (walk) Words() int { return 1 }

func (walk) Tick(a *bt.Activation) bt.Status {
	steps := &a.State()[0]
	*steps++
	a.Claim(1)
	if *steps == 3 {
		return bt.Success
	}
	return bt.Running
}

func (walk) Halt(*bt.Activation) { fmt.Println("  the walk is halted") }

// heal succeeds at once.
type heal struct{}

func (heal) Words() int                    { return 0 }
func (heal) Tick(*bt.Activation) bt.Status { return bt.Success }
func (heal) Halt(*bt.Activation)           {}

func Example() {
	const health = 0
	tree := bt.Selector("main",
		bt.Sequence("survive",
			bt.Condition(bt.Less(bt.Input(health), bt.Const(30))),
			bt.Task("heal", heal{})),
		bt.Task("walk", walk{}))
	program, err := bt.Compile(tree, bt.Params{Inputs: 1})
	if err != nil {
		panic(err)
	}
	agent := program.NewAgent(1)
	for now, h := range []float64{80, 20, 80} {
		agent.Inputs()[health] = h
		fmt.Println(now, agent.Tick(now))
	}
	// Output:
	// 0 running
	//   the walk is halted
	// 1 success
	// 2 running
}

func ExampleUtility() {
	const hunger, fear = 0, 1
	say := func(word string) *bt.Node { return bt.Task(word, speak{word}) }
	tree := bt.Utility("drives", 0.5,
		bt.Scored{Score: bt.Input(hunger), Child: say("eat")},
		bt.Scored{Score: bt.Input(fear), Child: say("hide")})
	program, _ := bt.Compile(tree, bt.Params{Inputs: 2})
	agent := program.NewAgent(1)
	for now, v := range [][2]float64{{3, 1}, {3, 3.2}, {3, 4}, {3.2, 3}} {
		copy(agent.Inputs(), v[:])
		agent.Tick(now)
	}
	// Output:
	// eat
	// eat
	// hide
	// hide
}

type speak struct{ word string }

func (speak) Words() int { return 0 }

func (s speak) Tick(*bt.Activation) bt.Status {
	fmt.Println(s.word)
	return bt.Running
}

func (speak) Halt(*bt.Activation) {}

func ExampleAgent_SetKey() {
	tree := bt.Sequence("count",
		bt.Set("rounds", bt.Add(bt.Read("rounds"), bt.Const(1))),
		bt.Condition(bt.GreaterEqual(bt.Read("rounds"), bt.Const(12))))
	program, _ := bt.Compile(tree, bt.Params{Keys: []bt.Key{{Name: "rounds"}}})
	agent := program.NewAgent(1)
	agent.SetKey("rounds", 10)
	fmt.Println(agent.Tick(0), agent.Tick(1))
	// Output: failure success
}

func ExampleAgent_Trace() {
	tree := bt.Selector("main",
		bt.Sequence("never", bt.Condition(bt.Const(0)), bt.Task("heal", heal{})),
		bt.Task("walk", walk{}))
	program, _ := bt.Compile(tree, bt.Params{})
	agent := program.NewAgent(1)
	agent.SetTrace(true)
	agent.Tick(0)
	for i, status := range agent.Trace() {
		fmt.Println(program.Node(i).Path, status)
	}
	// Output:
	// main running
	// main/never failure
	// main/never/condition: 0 failure
	// main/never/heal idle
	// main/walk running
}

func ExampleAgent_Swap() {
	compile := func(limit float64) *bt.Program {
		p, err := bt.Compile(bt.Selector("main",
			bt.Sequence("survive", bt.Condition(bt.Less(bt.Input(0), bt.Const(limit))), bt.Task("heal", heal{})),
			bt.Task("walk", walk{})), bt.Params{Inputs: 1})
		if err != nil {
			panic(err)
		}
		return p
	}
	agent := compile(30).NewAgent(1)
	agent.Inputs()[0] = 40
	fmt.Println(agent.Tick(0))
	agent.Swap(compile(35), 1) // the walk goes on
	agent.Inputs()[0] = 40
	fmt.Println(agent.Tick(1), agent.Tick(2))
	// Output:
	// running
	// running success
}

func ExampleAgent_SetHook() {
	program, _ := bt.Compile(bt.Not("turn", bt.Task("heal", heal{})), bt.Params{})
	agent := program.NewAgent(1)
	agent.SetHook(func(a *bt.Agent, e bt.Event) {
		if e.What == bt.Left {
			fmt.Println(a.Program().Node(e.Node).Path, e.Status)
		}
	})
	agent.Tick(0)
	// Output:
	// turn/heal success
	// turn failure
}
