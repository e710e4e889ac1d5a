package export

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dryad/policy"
)

var goTrees = flag.Int("go-trees", 40, "random trees that are exported to Go and compared")

// goCommon is the file around exported trees that answers and logs.
const goCommon = `package main

import (
	"fmt"
	"math"
)

type script struct{ seed, tick, calls uint64 }

func finalise(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

const golden = 0x9e3779b97f4a7c15

func more(h, key uint64) uint64 { return finalise(h ^ finalise(key+golden)) }

func (s *script) answer(question uint64) uint64 {
	s.calls++
	return more(more(more(finalise(s.seed+golden), s.tick), question), s.calls)
}

func (s *script) feature(kind int, reading uint64) float64 {
	h := more(more(finalise(s.seed+golden), s.tick), reading)
	switch kind {
	case 1:
		return float64(h & 1)
	case 4:
		return float64(h % 3)
	case 5:
		return float64(h % 40)
	case 2:
		return float64(h%7) - 2
	case 6:
		return float64(h%360) - 179
	}
	return (float64(h%29) - 9) / 4
}

func value(given bool, number float64, kind, id, x, y, z int32) {
	fmt.Printf(" (%t %x %d %d %d %d %d)", given, math.Float64bits(number), kind, id, x, y, z)
}

func fnv(bytes []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range bytes {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}
`

// goDriver plays one exported tree.
const goDriver = `package main

import (
	"fmt"
	"math"

	"trees/{{.Prefix}}"
)
{{$p := .Policy}}{{$x := .Prefix}}
type P_host struct{ *script }

func P_values(v []{{$x}}.Value) {
	for _, a := range v {
		value(a.Given, a.Number, a.Target.Kind, a.Target.ID, a.Target.X, a.Target.Y, a.Target.Z)
	}
}

func P_describe(c *{{$x}}.Call, n int, state bool) {
	P_values(c.Arguments[:n])
	fmt.Printf(" draw %x state", c.Draw)
	for _, w := range c.State {
		if state {
			fmt.Printf(" %x", w)
		}
	}
}
{{range .Choosers}}
func (h P_host) {{.Field}}(draw uint64) ({{$x}}.Target, bool) {
	a := h.answer(300 + {{.Index}})
	fmt.Printf("choose %d draw %x\n", {{.Index}}, draw)
	return {{$x}}.Target{Kind: {{targetKind $p .Index}}, ID: int32(a), X: int32(a >> 8), Y: int32(a >> 16), Z: int32(a >> 24)}, a%5 != 0
}
{{end}}{{range .Tasks}}{{if not .Net}}
func (h P_host) {{.Field}}(c *{{$x}}.Call) {{$x}}.Status {
	a := h.answer(100 + {{.Index}})
	for i := range c.State {
		c.State[i] += c.Draw + uint64(i) + 1
	}
	status := [...]{{$x}}.Status{1, 1, 2, 3}[a%4]
	c.Used = uint32(a>>8) & c.May
	fmt.Printf("task %d", {{.Index}})
	P_describe(c, {{params $p .Index}}, true)
	fmt.Printf(" started %t may %d -> %d %d\n", c.Started, c.May, status, c.Used)
	return status
}
{{end}}{{end}}{{range .Nets}}
func (h P_host) {{.Input}}(c *{{$x}}.Call, input []float32) {
	a := h.answer(500 + {{.Index}})
	for i := range input {
		input[i] = (float32(more(finalise(a+golden), uint64(i))%41) - 20) / 8
	}
	if a%6 == 0 {
		input[0] = float32(math.Inf(1))
	}
	fmt.Printf("input %d", {{.Index}})
	P_describe(c, {{params $p (add (taskCount $p) .Index)}}, false)
	fmt.Printf(" started %t may %d\n", c.Started, c.May)
}

func (h P_host) {{.Output}}(c *{{$x}}.Call, output []float32) uint32 {
	a := h.answer(700 + {{.Index}})
	fmt.Printf("output %d", {{.Index}})
	P_describe(c, {{params $p (add (taskCount $p) .Index)}}, false)
	fmt.Printf(" started %t may %d:", c.Started, c.May)
	for _, v := range output {
		fmt.Printf(" %x", math.Float32bits(v))
	}
	fmt.Println()
	return uint32(a>>8) & c.May
}
{{end}}
func (h P_host) Halt(task {{$x}}.Task, c *{{$x}}.Call) {
	counts := [...]int{0{{range .Policy.Game.Vocabulary.Tasks}}, {{len .Params}}{{end}}}
	fmt.Printf("halt %d", task-1)
	P_describe(c, counts[task], true)
	fmt.Println()
}

func P_play() {
	counts := [...]int{0{{range $i, $t := .Policy.Game.Vocabulary.Tasks}}, {{params $p $i}}{{end}}{{range $i, $t := .Policy.Game.Vocabulary.Nets}}, {{params $p (add (taskCount $p) $i)}}{{end}}}
	s := &script{seed: {{.Seed}}}
	host := P_host{s}
	agent := {{$x}}.NewAgent(s.seed, 3)
	var commands {{$x}}.Commands
	now := int64(0)
	for s.tick = 0; s.tick < {{.Ticks}}; s.tick++ {
		h := more(more(finalise(s.seed+golden), s.tick), 900)
		s.calls = 0
		now++
		if h%8 == 0 {
			now++
		}
		if h>>8%23 == 0 {
			agent.Halt(now, host)
			now++
		}
		if h>>16%11 == 0 {
			saved := agent.Save(nil)
			agent = {{$x}}.NewAgent(1, 1)
			if agent.Restore(saved) != nil || agent.Restore(saved[1:]) == nil {
				panic("restore")
			}
		}
		var f {{$x}}.Features
{{- range .Features}}
		f.{{.Field}} = {{if eq .Type "bool"}}s.feature(1, {{reading $p .Index}}) != 0{{else if eq .Type "int32"}}int32(s.feature(4, {{reading $p .Index}})){{else}}s.feature({{kind $p .Index}}, {{reading $p .Index}}){{end}}
{{- end}}
		status := agent.Tick(now, &f, host, &commands)
{{- range .Keys}}{{if .Team}}
		if v, ok := agent.{{.Published}}(); ok {
			agent.{{.Set}}(v)
		}
{{- end}}{{end}}
		fmt.Printf("tick %d status %d", now, status)
{{- range .Channels}}
		fmt.Printf(" [%d", commands.{{.Field}}.Task)
		P_values(commands.{{.Field}}.Arguments[:counts[commands.{{.Field}}.Task]])
		fmt.Print("]")
{{- end}}
		fmt.Printf(" %x\n", fnv(agent.Save(nil)))
	}
	_, _ = counts, math.Pi
}
`

// compareGo exports policies as Go packages, builds one program of them, and
// compares what it logs with what dryad's engine logs.
func compareGo(t *testing.T, policies []*policy.Policy, seeds []uint64) {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	calls := "package main\n\nimport \"fmt\"\n\nfunc main() {\n"
	for i, p := range policies {
		prefix := fmt.Sprint("p", i)
		files, err := Write(p, Params{To: Go, Prefix: prefix})
		if err != nil {
			t.Fatal(err)
		}
		write(prefix+"/"+files[0].Name, string(files[0].Data))
		write("play"+prefix+".go", driver(t, goDriver, p, prefix, seeds[i], playTicks, Go))
		calls += fmt.Sprintf("\tfmt.Println(\"== %d\")\n\tp%d_play()\n", i, i)
	}
	write("main.go", calls+"}\n")
	write("script.go", goCommon)
	write("go.mod", "module trees\n\ngo 1.22\n")
	build := exec.Command("go", "run", ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOTOOLCHAIN=local", "CGO_ENABLED=0")
	var stderr bytes.Buffer
	build.Stderr = &stderr
	out, err := build.Output()
	if err != nil {
		t.Fatalf("go run: %v\n%s", err, stderr.Bytes()[:min(stderr.Len(), 4000)])
	}
	logs := strings.Split(string(out), "== ")[1:]
	for i, p := range policies {
		_, got, _ := strings.Cut(logs[i], "\n")
		if want := play(p, seeds[i], playTicks); got != want {
			t.Fatalf("%s\n%s", p.Canonical, difference(got, want))
		}
	}
}

// TestRandomTreesInGo: exported to Go, random trees do tick by tick what dryad's
// engine does.
func TestRandomTreesInGo(t *testing.T) {
	game := stage()
	var policies []*policy.Policy
	var seeds []uint64
	for i := range *goTrees {
		policies, seeds = append(policies, randomPolicy(t, game, i)), append(seeds, playSeed(i))
	}
	compareGo(t, policies, seeds)
}
