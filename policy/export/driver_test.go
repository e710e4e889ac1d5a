package export

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"text/template"

	"dryad/policy"
	"dryad/vocab"
)

// kinds are the kinds of a scripted game's readings by name of the field, for
// the drivers.
var kindOf = template.FuncMap{
	"reading": func(p *policy.Policy, input int) int { return int(p.Readings()[input]) },
	"kind": func(p *policy.Policy, input int) int {
		v, r := p.Game.Vocabulary(), int(p.Readings()[input])
		if r >= len(v.Features) {
			return int(vocab.Bool)
		}
		return int(v.Features[r].Kind)
	},
	"targetKind": func(p *policy.Policy, chooser int) int { return int(p.Game.Vocabulary().Choosers[chooser].Kind) },
	"taskCount":  func(p *policy.Policy) int { return len(p.Game.Vocabulary().Tasks) },
	"params": func(p *policy.Policy, task int) int {
		v := p.Game.Vocabulary()
		if task >= len(v.Tasks) {
			name := v.Nets[task-len(v.Tasks)].Rule
			task, _ = v.Task(name)
		}
		return len(v.Tasks[task].Params)
	},
	"add": func(a, b int) int { return a + b },
}

// driven is what the template of a driver is filled with.
type driven struct {
	*written
	Policy *policy.Policy
	Seed   uint64
	Ticks  int
}

// driver writes a driver of a policy from a template.
func driver(t testing.TB, text string, p *policy.Policy, prefix string, seed uint64, ticks int, to Language) string {
	t.Helper()
	m, err := newModel(p, prefix)
	if err != nil {
		t.Fatal(err)
	}
	w := m.fill()
	if to == C {
		m.nameC(w)
	} else {
		m.nameGo(w)
	}
	text = strings.ReplaceAll(text, "P_", own)
	var out bytes.Buffer
	if err := template.Must(template.New("driver").Funcs(kindOf).Parse(text)).Execute(&out, driven{w, p, seed, ticks}); err != nil {
		t.Fatal(err)
	}
	if to == C {
		return string(prefixed(out.String(), prefix))
	}
	return strings.ReplaceAll(out.String(), own, prefix+"_")
}

// number of a play's seed and ticks.
const playTicks = 60

func playSeed(number int) uint64 { return uint64(number)*7 + 3 }

// difference shows where two logs part.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			from := max(0, i-3)
			return fmt.Sprintf("line %d:\n got %s\nwant %s", i+1, strings.Join(g[from:i+1], "\n     "), strings.Join(w[from:i+1], "\n     "))
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
