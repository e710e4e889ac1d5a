package export

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"dryad/nn"
	"dryad/policy"
)

// parse reads a policy of the stage.
func parse(t testing.TB, text string, params policy.Params) *policy.Policy {
	t.Helper()
	p, faults := policy.Parse("test", []byte(text), stage(), params)
	if p == nil {
		t.Fatal(faults.Err())
	}
	return p
}

// TestKeywords: words of a game that are keywords, or names of the written code
// itself, get an underscore.
func TestKeywords(t *testing.T) {
	p := parse(t, "policy int for stage\ntree main:\n  sequence:\n    condition: default > 1 and while\n    task: switch\n    task: halt\n", policy.Params{})
	files, err := Write(p, Params{To: C})
	if err != nil {
		t.Fatal(err)
	}
	if files[0].Name != "policy_int.h" {
		t.Errorf("the file is called %s", files[0].Name)
	}
	for _, want := range []string{"double default_;", "bool while_;", "(*switch_)(", "(*halt_)(", "policy_int_command register_;"} {
		if !strings.Contains(string(files[0].Data), want) {
			t.Errorf("the header has no %q", want)
		}
	}
	p = parse(t, "policy Range for stage\ntree main:\n  task: halt\n", policy.Params{})
	if files, err = Write(p, Params{To: Go}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"package policy_range\n", "Halt_(call *Call) Status"} {
		if !strings.Contains(string(files[0].Data), want) {
			t.Errorf("the Go file has no %q", want)
		}
	}
}

// TestRefusals: what cannot be exported is named.
func TestRefusals(t *testing.T) {
	plain := parse(t, "tree main:\n  task: switch\n", policy.Params{})
	lua := parse(t, "tree main:\n  selector:\n    lua: think\n    task: switch\n", policy.Params{Script: []byte("function think() return 'success' end")})
	large := parse(t, "tree main:\n  net: steer someone\n", policy.Params{Net: func(string) (*nn.Network, error) {
		return nn.New(nn.MLP(4, 600, 600, 3), 1)
	}})
	curved := parse(t, "tree main:\n  net: steer someone\n", policy.Params{Net: func(string) (*nn.Network, error) {
		return nn.New(nn.Architecture{Input: nn.Vector(4), Layers: []nn.Layer{nn.GELU(), nn.Dense(3)}}, 1)
	}})
	small := func(string) (*nn.Network, error) { return nn.New(nn.MLP(4, 3), 1) }
	late := parse(t, "tree main:\n  net: steer someone\n", policy.Params{Net: small, Budget: policy.Budget{Deadline: 11}})
	// A deadline that all networks together keep changes nothing.
	if _, err := Write(parse(t, "tree main:\n  net: steer someone\n", policy.Params{Net: small, Budget: policy.Budget{Deadline: 12}}), Params{To: C}); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		policy *policy.Policy
		params Params
		want   string
	}{
		{late, Params{To: C}, "leaves neural tasks to their rules after 11 multiply-adds in a tick"},
		{plain, Params{To: C, Prefix: "9lives"}, `the prefix "9lives" is no name`},
		{plain, Params{To: C, Prefix: "class"}, `the prefix "class" is a word of the language c`},
		{plain, Params{To: Go, Prefix: "range"}, `the prefix "range" is a word of the language go`},
		{plain, Params{To: "cobol"}, `there is no language "cobol"`},
		{lua, Params{To: C}, "line 3: lua: think: a function in Lua cannot be exported"},
		{curved, Params{To: Go}, `the network "steer" has a layer gelu, which cannot be exported as source code`},
		{large, Params{To: C}, "at most 262144 can be exported"},
	} {
		if _, err := Write(c.policy, c.params); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want an error with %q", err, c.want)
		}
	}
}

// TestHeaderInCPlusPlus: a program in C++ uses the header.
func TestHeaderInCPlusPlus(t *testing.T) {
	dir := t.TempDir()
	files, err := Write(shipped(t)[0], Params{To: C, Prefix: "bot"})
	if err != nil {
		t.Fatal(err)
	}
	program := "#include \"bot.h\"\nint main() { bot_agent a; bot_start(&a, 1, 2); bot_host h = {}; bot_features f = {}; bot_commands c;\n" +
		"  return bot_tick(&a, 0, &f, &h, &c) == bot_running ? 0 : 1; }\n"
	for _, f := range append(files, File{"main.cc", []byte(program)}) {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"gcc", "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-O2", "-c", "bot.c"},
		{"g++", "-std=c++11", "-pedantic", "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers", "main.cc", "bot.o", "-o", "main"},
		{"./main"},
	} {
		run := exec.Command(args[0], args[1:]...)
		run.Dir = dir
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
}

// benchC is a program that ticks an exported tree; it prints ns a tick.
const benchC = `#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <time.h>
#include "{{.Prefix}}.h"
int main(void)
{
    struct timespec from, to;
    P_agent agent;
    P_features f[2];
    P_host host = { 0 };
    P_commands commands;
    long i, n = 2000000, sum = 0;
    unsigned char *bytes = (unsigned char *)f;
    for (i = 0; i < (long)sizeof f; i++)
        bytes[i] = 0;
    P_start(&agent, 1, 0);
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (i = 0; i < n; i++)
        sum += P_tick(&agent, i, &f[i & 1], &host, &commands);
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.2f %ld\n", ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / (double)n, sum);
    return 0;
}
`

// BenchmarkTick ticks the shipped policy veteran: dryad's engine with a body
// that does nothing, and beside it ("c-ns/tick") the C code with empty callbacks.
func BenchmarkTick(b *testing.B) {
	var veteran *policy.Policy
	for _, p := range shipped(b) {
		if p.Name == "veteran" {
			veteran = p
		}
	}
	game := &idle{veteran.Game.(*scripted)}
	p, faults := policy.Parse("veteran", []byte(veteran.Canonical), game, policy.Params{})
	if p == nil {
		b.Fatal(faults.Err())
	}
	dir := b.TempDir()
	files, err := Write(p, Params{To: C, Prefix: "bot"})
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range append(files, File{"main.c", []byte(driver(b, benchC, p, "bot", 1, 1, C))}) {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	out, err := exec.Command(gcc(b, dir, "main.c", "-O2", "bot.c")).Output()
	if err != nil {
		b.Fatal(err)
	}
	text, _, _ := strings.Cut(string(out), " ")
	c, err := strconv.ParseFloat(text, 64)
	if err != nil {
		b.Fatal(err)
	}
	agent, batch, body := p.NewAgent(1, 0), policy.NewBatch(), &idleBody{}
	b.ReportAllocs()
	now := 0
	for b.Loop() {
		agent.Tick(body, now, batch)
		batch.Run()
		agent.Finish(body)
		now++
	}
	b.ReportMetric(c, "c-ns/tick")
}

func ExampleWrite() {
	game := stage()
	p, _ := policy.Parse("walker", []byte("policy walker for stage\ntree main:\n  task: go_there thing\n"), game, policy.Params{})
	files, err := Write(p, Params{To: C})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range files {
		fmt.Println(f.Name)
	}
	// Output:
	// walker.h
	// walker.c
}
