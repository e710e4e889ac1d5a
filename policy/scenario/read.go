package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"dryad/bt"
	"dryad/dsl"
)

// The bounds of a suite.
const (
	maxScenarios = 1000
	maxTicks     = 100000 // of one scenario
)

// Suite is a file of scenarios.
type Suite struct {
	Path      string
	Scenarios []Scenario
}

// Scenario is one test.
type Scenario struct {
	Name  string
	Line  int
	steps []step
}

// verb is what a step does.
type verb uint8

const (
	setReading verb = iota
	answerTask
	blockChooser
	tick
	expectNode
	expectKey
)

// step is a line of a scenario.
type step struct {
	line   int
	verb   verb
	name   string    // reading, task, chooser, key; of expectNode the target, "" for the policy
	value  string    // of a reading or key
	choose string    // the chooser that an answer is limited to
	status bt.Status // of an answer or expectation; Idle for any
	count  int       // ticks
	not    bool
}

// usage are the lines that a scenario may hold.
var usage = []string{"READING = VALUE", "task NAME [CHOOSER] runs|succeeds|fails", "choose CHOOSER nothing|something", "tick [COUNT]",
	"expect TARGET [runs|succeeds|fails]", "expect not TARGET", "expect policy runs|succeeds|fails", "expect key KEY = VALUE"}

// Read reads scenarios; the diagnostics name every line that means nothing.
func Read(path, text string) (*Suite, dsl.Diagnostics) {
	suite := &Suite{Path: path}
	var faults dsl.Diagnostics
	fail := func(line int, format string, args ...any) {
		faults = append(faults, dsl.Diagnostic{Severity: dsl.Error, Code: "scenario", Summary: fmt.Sprintf(format, args...), Legal: usage,
			Range: dsl.Range{Start: dsl.Position{Line: line, Column: 1}, End: dsl.Position{Line: line, Column: 2}}})
	}
	if len(text) > dsl.MaxSource {
		fail(1, "the file is larger than %d bytes, the most that is read", dsl.MaxSource)
		return suite, faults
	}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if i := strings.IndexByte(line, '#'); i >= 0 {
			line = line[:i]
		}
		line = strings.TrimRight(line, " \t\r\n")
		body := strings.TrimLeft(line, " \t")
		if body == "" {
			continue
		}
		if body == line {
			name, ok := strings.CutPrefix(line, "scenario ")
			if !ok || len(suite.Scenarios) == maxScenarios {
				fail(number, "expected \"scenario NAME\" at the left margin")
				continue
			}
			suite.Scenarios = append(suite.Scenarios, Scenario{Name: strings.TrimSpace(strings.TrimSuffix(name, ":")), Line: number})
			continue
		}
		if len(suite.Scenarios) == 0 {
			fail(number, "a step stands before the first scenario")
			continue
		}
		s, ok := readStep(body)
		if !ok {
			fail(number, "%q is no step of a scenario", body)
			continue
		}
		s.line = number
		last := &suite.Scenarios[len(suite.Scenarios)-1]
		last.steps = append(last.steps, s)
	}
	if len(suite.Scenarios) == 0 && len(faults) == 0 {
		fail(1, "the file has no scenario")
	}
	return suite, faults.Sorted()
}

var statuses = map[string]bt.Status{"runs": bt.Running, "succeeds": bt.Success, "fails": bt.Failure}

func readStep(body string) (step, bool) {
	fields := strings.Fields(body)
	if len(fields) == 0 { // blanks that are neither spaces nor tabs
		return step{}, false
	}
	last := fields[len(fields)-1]
	switch fields[0] {
	case "tick":
		count := 1
		if len(fields) == 2 {
			var err error
			if count, err = strconv.Atoi(fields[1]); err != nil || count < 1 || count > maxTicks {
				return step{}, false
			}
		}
		return step{verb: tick, count: count}, len(fields) <= 2
	case "task":
		s := step{verb: answerTask, status: statuses[last]}
		if s.status == bt.Idle || len(fields) < 3 || len(fields) > 4 {
			return s, false
		}
		s.name = fields[1]
		if len(fields) == 4 {
			s.choose = fields[2]
		}
		return s, true
	case "choose":
		return step{verb: blockChooser, name: fields[min(1, len(fields)-1)], not: last == "nothing"},
			len(fields) == 3 && (last == "nothing" || last == "something")
	case "expect":
		return readExpectation(strings.TrimSpace(strings.TrimPrefix(body, "expect")))
	}
	name, value, ok := strings.Cut(body, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	return step{verb: setReading, name: name, value: value}, ok && dsl.Identifier(name) && value != ""
}

func readExpectation(body string) (step, bool) {
	if rest, ok := strings.CutPrefix(body, "key "); ok {
		name, value, ok := strings.Cut(rest, "=")
		return step{verb: expectKey, name: strings.TrimSpace(name), value: strings.TrimSpace(value)}, ok
	}
	s := step{verb: expectNode}
	body, s.not = strings.CutPrefix(body, "not ")
	if i := strings.LastIndexByte(body, ' '); i > 0 {
		if status, ok := statuses[body[i+1:]]; ok {
			s.status, body = status, strings.TrimSpace(body[:i])
		}
	}
	s.name = strings.TrimSuffix(body, ":")
	if s.name == "policy" {
		s.name = ""
		return s, s.status != bt.Idle
	}
	return s, s.name != ""
}
