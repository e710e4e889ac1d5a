package policy_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/dsl"
	"dryad/policy"
)

// row is a row of a table of docs/language.md.
type row struct {
	line                            int
	node                            string
	children                        []string
	answers, result, ticked, halted []string // one cell a tick
}

// readTables returns the rows of the tables that have the columns of a test.
func readTables(t *testing.T) []row {
	t.Helper()
	text, err := os.ReadFile("../docs/language.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	inTable := false
	for i, line := range strings.Split(string(text), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		switch {
		case slices.Equal(cells, []string{"node", "children", "answers", "result", "ticked", "halted"}):
			inTable = true
		case !strings.HasPrefix(line, "|"):
			inTable = false
		case inTable && !strings.HasPrefix(cells[0], "---"):
			ticks := func(cell string) []string {
				all := strings.Split(cell, ";")
				for j := range all {
					all[j] = strings.TrimSpace(all[j])
				}
				return all
			}
			r := row{line: i + 1, node: cells[0], children: strings.Fields(cells[1]),
				answers: ticks(cells[2]), result: ticks(cells[3]), ticked: ticks(cells[4]), halted: ticks(cells[5])}
			n := len(r.answers)
			if len(r.result) != n || len(r.ticked) != n || len(r.halted) != n {
				t.Fatalf("line %d: the columns have %d, %d, %d and %d ticks", i+1, n, len(r.result), len(r.ticked), len(r.halted))
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// source writes the row's tree in the language.
func (r row) source() string {
	var b strings.Builder
	fmt.Fprintf(&b, "tree main:\n  %s:\n", r.node)
	for i, child := range r.children {
		leaf := fmt.Sprintf("task: a%d", i+1)
		if child == "g" {
			leaf = fmt.Sprintf("condition: g%d", i+1)
		}
		switch {
		case strings.HasPrefix(r.node, "utility"):
			fmt.Fprintf(&b, "    score 1:\n      %s\n", leaf)
		case strings.HasPrefix(r.node, "random"):
			fmt.Fprintf(&b, "    weight 1:\n      %s\n", leaf)
		default:
			fmt.Fprintf(&b, "    %s\n", leaf)
		}
	}
	return b.String()
}

var letters = map[string]bt.Status{"S": bt.Success, "F": bt.Failure, "R": bt.Running, ".": bt.Idle}

// TestLanguageTables runs the tables of docs/language.md.
func TestLanguageTables(t *testing.T) {
	rows := readTables(t)
	if len(rows) < 60 {
		t.Fatalf("only %d rows found", len(rows))
	}
	kinds := map[dsl.Kind]bool{}
	for _, r := range rows {
		t.Run(fmt.Sprintf("line %d %s", r.line, r.node), func(t *testing.T) {
			s := newStage()
			p, faults := policy.Parse("row", []byte(r.source()), s, policy.Params{})
			if p == nil {
				t.Fatal(faults.Err())
			}
			kinds[p.File.Main().Root.Kind] = true
			for _, watched := range []bool{true, false} {
				r.play(t, p, s, watched)
			}
		})
	}
	for _, k := range dsl.Kinds() {
		if class := k.Class(); (class == dsl.Composite || class == dsl.Decorator) && !kinds[k] {
			t.Errorf("no table says what a %s does", k)
		}
	}
}

// play plays the row. Which guards were ticked only a watched agent tells.
func (r row) play(t *testing.T, p *policy.Policy, s *stage, watched bool) {
	agent := p.NewAgent(1, 0)
	agent.SetTrace(watched)
	batch := policy.NewBatch()
	for now := range r.answers {
		s.log = nil
		status := "-"
		var ticked, halted []string
		if r.answers[now] == "halt" {
			agent.Halt(s, now)
		} else {
			for i, a := range strings.Fields(r.answers[now]) {
				s.answers[i] = letters[a]
			}
			status = string(strings.ToUpper(agent.Tick(s, now, batch).String())[0])
			batch.Run()
			agent.Finish(s)
		}
		for _, entry := range s.log {
			name, halt := strings.CutPrefix(entry, "halt ")
			number := name[1:2]
			if halt {
				halted = append(halted, number)
			} else {
				ticked = append(ticked, number)
			}
		}
		if watched && status != "-" {
			ticked = merge(p, agent.Trace(), ticked)
		}
		if watched || !slices.Contains(r.children, "g") {
			r.compare(t, now, "ticked", dash(ticked), r.ticked[now])
		}
		r.compare(t, now, "result", status, r.result[now])
		r.compare(t, now, "halted", dash(halted), r.halted[now])
	}
}

func (r row) compare(t *testing.T, tick int, what, got, want string) {
	if got != want {
		t.Errorf("tick %d: %s %s, the table says %s", tick, what, got, want)
	}
}

func dash(list []string) string {
	if len(list) == 0 {
		return "-"
	}
	return strings.Join(list, " ")
}

// merge puts the guards that were ticked among the tasks, whose order is that
// of the tree except below a utility, which has no guards here.
func merge(p *policy.Policy, trace []bt.Status, tasks []string) []string {
	guards := false
	var all []string
	for i, status := range trace {
		n := p.Program.Node(i)
		source := p.Line(i)
		if source == nil || len(n.Children) > 0 || status == bt.Idle {
			continue
		}
		word := source.Word
		if source.Kind == dsl.Condition {
			guards, word = true, source.Expression()
		}
		if _, err := strconv.Atoi(word[1:]); err == nil {
			all = append(all, word[1:])
		}
	}
	if !guards {
		return tasks
	}
	return all
}
