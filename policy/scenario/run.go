package scenario

import (
	"fmt"
	"slices"
	"strings"

	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/dsl/expression"
	"dryad/policy"
	"dryad/policy/compile"
	"dryad/vocab"
)

// luaSteps is how many instructions the Lua functions have a tick.
const luaSteps = 1 << 20

// Result is what came of one scenario.
type Result struct {
	Name     string    `json:"name"`
	OK       bool      `json:"ok"`
	Failures []Failure `json:"failures"`
}

// Failure is an expectation that was not met, or a step that cannot be taken.
type Failure struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// Report is what came of a suite.
type Report struct {
	Results []Result `json:"scenarios"`
	// Branches is how many branches the policy has: every node that can be
	// reached, and the two results of every condition. Missed are those that
	// no scenario took.
	Branches int      `json:"branches"`
	Missed   []string `json:"missed"`
}

// OK reports whether every scenario passed.
func (r *Report) OK() bool {
	return !slices.ContainsFunc(r.Results, func(r Result) bool { return !r.OK })
}

// Run runs every scenario on a policy. A policy that the checker finds an error
// in is not run; its faults are returned.
func (s *Suite) Run(file *dsl.File, checker *policy.Checker) (*Report, dsl.Diagnostics) {
	return s.run(file, checker, false)
}

// compiled compiles a policy for the stage that scenarios play on, with the
// functions of the checker.
func compiled(file *dsl.File, checker *policy.Checker) (*compile.Unit, dsl.Diagnostics) {
	if faults := checker.Check(file); !faults.OK() {
		return nil, faults
	}
	script, err := checker.Script()
	if err != nil {
		script = nil // the policy uses none: the checker reports a script that cannot be read
	}
	return compile.Compile(file, &stage{checker.Vocabulary()}, compile.Params{Script: script})
}

// run is Run; in a mutant, a node that is gone counts as not reached.
func (s *Suite) run(file *dsl.File, checker *policy.Checker, mutant bool) (*Report, dsl.Diagnostics) {
	words := checker.Vocabulary()
	unit, faults := compiled(file, checker)
	if !faults.OK() {
		return nil, faults
	}
	r := &runner{file: file, words: words, unit: unit, seen: make([]coverage, unit.Program.Nodes()), mutant: mutant}
	report := &Report{Results: []Result{}, Missed: []string{}}
	for i := range s.Scenarios {
		report.Results = append(report.Results, r.scenario(&s.Scenarios[i]))
	}
	for i := range r.seen {
		node := unit.Program.Node(i)
		branch := func(taken bool, what string) {
			report.Branches++
			if !taken {
				report.Missed = append(report.Missed, node.Path+what)
			}
		}
		branch(r.seen[i].reached, "")
		if node.Kind == bt.KindCondition {
			branch(r.seen[i].succeeded, " is true")
			branch(r.seen[i].failed, " is false")
		}
	}
	return report, nil
}

// coverage is what the scenarios saw of a node.
type coverage struct{ reached, succeeded, failed bool }

type runner struct {
	file  *dsl.File
	words *vocab.Vocabulary
	unit  *compile.Unit
	seen  []coverage

	// mutant runs end with the first failure: whether there is one is all that
	// is asked.
	mutant bool
	// nodes and constants are what named and value have found, by their texts.
	nodes     map[string][]int
	paths     []string // of all nodes
	constants map[constant]float64
	// after, unless nil, is called after the ticks of a step.
	after func(trace []bt.Status, status bt.Status, agent *bt.Agent)
}

// constant is the text of a number or truth value, with the kind that it is read as.
type constant struct {
	text string
	kind vocab.Kind
}

// scenario runs one scenario with a fresh agent.
func (r *runner) scenario(s *Scenario) Result {
	result := Result{Name: s.Name, Failures: []Failure{}}
	b := newBody(r.words)
	agent := r.unit.Program.NewAgent(1)
	host := &compile.Host{Body: b}
	agent.Host = host
	agent.SetTrace(true)
	now, status := 0, bt.Idle
	for i := range s.steps {
		step := &s.steps[i]
		problem := ""
		switch step.verb {
		case tick:
			if now+step.count > maxTicks {
				problem = fmt.Sprintf("a scenario has at most %d ticks", maxTicks)
				break
			}
			for range step.count {
				host.Pending, host.Steps = host.Pending[:0], luaSteps
				b.Observe(r.unit.Readings, agent.Inputs())
				status = agent.Tick(now)
				now++
				if !r.mutant {
					r.cover(agent.Trace())
				}
			}
			if r.after != nil {
				r.after(agent.Trace(), status, agent)
			}
		case expectNode:
			problem = r.node(step, agent.Trace(), status)
		case expectKey:
			problem = r.key(step, agent)
		default:
			problem = r.arrange(step, b)
		}
		if problem != "" {
			result.Failures = append(result.Failures, Failure{step.line, problem})
			if r.mutant {
				break
			}
		}
	}
	result.OK = len(result.Failures) == 0
	return result
}

func (r *runner) cover(trace []bt.Status) {
	for i, s := range trace {
		c := &r.seen[i]
		c.reached = c.reached || s != bt.Idle
		c.succeeded = c.succeeded || s == bt.Success
		c.failed = c.failed || s == bt.Failure
	}
}

// arrange sets what the agent will perceive.
func (r *runner) arrange(s *step, b *body) string {
	switch s.verb {
	case setReading:
		i, ok := r.words.Reading(s.name)
		if !ok {
			near, _ := dsl.Nearest(s.name, r.readings())
			return fmt.Sprintf("the game has no feature or condition %q; there are %s", s.name, strings.Join(near, ", "))
		}
		kind, values := vocab.Bool, []string(nil)
		if i < len(r.words.Features) {
			kind, values = r.words.Features[i].Kind, r.words.Features[i].Values
		}
		value, problem := r.value(s.value, kind, values)
		b.readings[i] = value
		return problem
	case answerTask:
		i, ok := r.words.Task(s.name)
		if !ok {
			return fmt.Sprintf("the game has no task %q", s.name)
		}
		chooser := -1
		if s.choose != "" {
			if chooser, ok = r.words.Chooser(s.choose); !ok {
				return fmt.Sprintf("the game has no chooser %q", s.choose)
			}
		}
		b.answers[answerID{i, chooser}] = s.status
	case blockChooser:
		i, ok := r.words.Chooser(s.name)
		if !ok {
			return fmt.Sprintf("the game has no chooser %q", s.name)
		}
		b.nothing[i] = s.not
	}
	return ""
}

func (r *runner) readings() []string {
	out := make([]string, r.words.Readings())
	for i := range out {
		out[i] = r.words.ReadingName(i)
	}
	return out
}

// value reads a value of a kind: a word of an enum, or a constant expression.
func (r *runner) value(text string, kind vocab.Kind, values []string) (float64, string) {
	if kind == vocab.Enum {
		if i := slices.Index(values, text); i >= 0 {
			return float64(i), ""
		}
		return 0, fmt.Sprintf("%q is none of %s", text, strings.Join(values, ", "))
	}
	if value, ok := r.constants[constant{text, kind}]; ok {
		return value, ""
	}
	node, faults := expression.Bind(text, expression.Scope{Vocabulary: r.words}, kind)
	if node == nil {
		return 0, faults[0].Summary
	}
	if node.Op != expression.Constant {
		return 0, fmt.Sprintf("%q is no constant", text)
	}
	if r.constants == nil {
		r.constants = map[constant]float64{}
	}
	r.constants[constant{text, kind}] = node.Value
	return node.Value, ""
}

// node checks what a node did in the last tick.
func (r *runner) node(s *step, trace []bt.Status, status bt.Status) string {
	if s.name == "" {
		if met := status == s.status; met == s.not {
			return fmt.Sprintf("the policy answered %s", status)
		}
		return ""
	}
	met, was := false, bt.Idle
	nodes := r.named(s.name)
	for _, i := range nodes {
		if was == bt.Idle {
			was = trace[i]
		}
		met = met || s.status == bt.Idle && trace[i] != bt.Idle || s.status != bt.Idle && trace[i] == s.status
	}
	switch {
	case len(nodes) == 0 && !r.mutant:
		return fmt.Sprintf("the policy has no node %q", s.name)
	case met == s.not && was == bt.Idle:
		return fmt.Sprintf("%q was not reached", s.name)
	case met == s.not:
		return fmt.Sprintf("%q was %s", s.name, was)
	}
	return ""
}

// named are the nodes that a target means.
func (r *runner) named(target string) []int {
	nodes, known := r.nodes[target]
	if known {
		return nodes
	}
	if r.nodes == nil {
		r.nodes = map[string][]int{}
		for i := range r.unit.Program.Nodes() {
			r.paths = append(r.paths, r.unit.Program.Node(i).Path)
		}
	}
	for i, path := range r.paths {
		if named(path, target) {
			nodes = append(nodes, i)
		}
	}
	r.nodes[target] = nodes
	return nodes
}

// named reports whether a target means the node with a path: by the path or its
// end, by its line, or by the task that its line names.
func named(path, target string) bool {
	path = strings.TrimSuffix(path, ":")
	last := path[strings.LastIndexByte(path, '/')+1:]
	if rest, ok := strings.CutSuffix(path, target); ok && (rest == "" || strings.HasSuffix(rest, "/")) {
		return true
	}
	for _, kind := range []string{"task: ", "net: ", "tree: ", "lua: "} {
		if word, ok := strings.CutPrefix(last, kind); ok && (word == target || strings.HasPrefix(word, target+" ") || strings.HasPrefix(word, target+"~")) {
			return true
		}
	}
	return false
}

// key checks the value of a blackboard key.
func (r *runner) key(s *step, agent *bt.Agent) string {
	k := r.file.Key(s.name)
	if k == nil {
		return fmt.Sprintf("the policy has no key %q", s.name)
	}
	kind, _ := check.KeyKind(k.Type)
	want, problem := r.value(s.value, kind, k.Values)
	if problem != "" {
		return problem
	}
	have, ok := agent.Key(s.name)
	switch {
	case !ok:
		return fmt.Sprintf("the key %q is known inside a tree only", s.name)
	case have != want && kind == vocab.Enum && int(have) < len(k.Values):
		return fmt.Sprintf("%q is %s", s.name, k.Values[int(have)])
	case have != want:
		return fmt.Sprintf("%q is %g", s.name, have)
	}
	return ""
}
