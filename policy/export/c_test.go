package export

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dryad/policy"
)

var (
	trees    = flag.Int("trees", 150, "random trees that are exported to C and compared")
	sanitize = flag.Bool("sanitize", false, "compile all of them with the sanitizers, and not every tenth alone")
)

// cCommon begins the program around exported trees: the hash that answers, and
// what it logs.
const cCommon = `
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct script { uint64_t seed, tick, calls; } script;

static uint64_t finalise(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}
#define GOLDEN 0x9e3779b97f4a7c15u
static uint64_t more(uint64_t h, uint64_t key) { return finalise(h ^ finalise(key + GOLDEN)); }
static uint64_t answer(script *s, uint64_t question)
{
    s->calls++;
    return more(more(more(finalise(s->seed + GOLDEN), s->tick), question), s->calls);
}
static double feature(int kind, const script *s, int reading)
{
    uint64_t h = more(more(finalise(s->seed + GOLDEN), s->tick), (uint64_t)reading);
    switch (kind) {
    case 1: return (double)(h & 1);
    case 4: return (double)(h % 3);
    case 5: return (double)(h % 40);
    case 2: return (double)(h % 7) - 2;
    case 6: return (double)(h % 360) - 179;
    }
    return ((double)(h % 29) - 9) / 4;
}
static uint64_t bits(double v) { uint64_t w; memcpy(&w, &v, sizeof w); return w; }
static uint32_t bits32(float v) { uint32_t w; memcpy(&w, &v, sizeof w); return w; }
static uint64_t fnv(const unsigned char *p, size_t n)
{
    uint64_t h = 14695981039346656037u;
    while (n--) h = (h ^ *p++) * 1099511628211u;
    return h;
}
static const char *truth(bool b) { return b ? "true" : "false"; }
`

// cDriver plays one exported tree.
const cDriver = `
#include "{{.Prefix}}.c"

static void P_values(const P_value *v, int n)
{
    for (; n-- > 0; v++)
        printf(" (%s %" PRIx64 " %d %d %d %d %d)", truth(v->given), bits(v->number), v->target.kind, v->target.id, v->target.x, v->target.y, v->target.z);
}
{{if .Leaves}}{{end}}
{{- if .Tasks}}
static void P_describe(const P_call *c, int n, bool state)
{
    int i;
    P_values(c->arguments, n);
    printf(" draw %" PRIx64 " state", c->draw);
    for (i = 0; state && i < c->words; i++)
        printf(" %" PRIx64, c->state[i]);
}
{{end}}
{{- $p := .Policy}}
{{range .Choosers}}
static bool P_do_chooser_{{.Index}}(void *context, uint64_t draw, P_target *t)
{
    uint64_t h = answer(context, 300 + {{.Index}});
    printf("choose %d draw %" PRIx64 "\n", {{.Index}}, draw);
    t->kind = {{targetKind $p .Index}};
    t->id = (int32_t)(uint32_t)h;
    t->x = (int32_t)(uint32_t)(h >> 8);
    t->y = (int32_t)(uint32_t)(h >> 16);
    t->z = (int32_t)(uint32_t)(h >> 24);
    return h % 5 != 0;
}
{{end}}
{{range .Tasks}}{{if not .Net}}
static P_status P_do_task_{{.Index}}(void *context, P_call *c)
{
    static const P_status statuses[] = { P_running, P_running, P_success, P_failure };
    uint64_t h = answer(context, 100 + {{.Index}});
    int32_t i;
    for (i = 0; i < c->words; i++)
        c->state[i] += c->draw + (uint64_t)i + 1;
    c->used = (uint32_t)(h >> 8) & c->may;
    printf("task %d", {{.Index}});
    P_describe(c, {{params $p .Index}}, true);
    printf(" started %s may %u -> %d %u\n", truth(c->started), c->may, statuses[h % 4], c->used);
    return statuses[h % 4];
}
{{end}}{{end}}
{{range .Nets}}
static void P_do_input_{{.Index}}(void *context, const P_call *c, float *input)
{
    uint64_t h = answer(context, 500 + {{.Index}});
    int i;
    for (i = 0; i < {{.Inputs}}; i++)
        input[i] = ((float)(more(finalise(h + GOLDEN), (uint64_t)i) % 41) - 20) / 8;
    if (h % 6 == 0) {
        uint32_t infinity = 0x7f800000;
        memcpy(input, &infinity, 4);
    }
    printf("input %d", {{.Index}});
    P_describe(c, {{params $p (add (taskCount $p) .Index)}}, false);
    printf(" started %s may %u\n", truth(c->started), c->may);
}
static uint32_t P_do_output_{{.Index}}(void *context, P_call *c, const float *output)
{
    uint64_t h = answer(context, 700 + {{.Index}});
    int i;
    printf("output %d", {{.Index}});
    P_describe(c, {{params $p (add (taskCount $p) .Index)}}, false);
    printf(" started %s may %u:", truth(c->started), c->may);
    for (i = 0; i < {{.Outputs}}; i++)
        printf(" %x", bits32(output[i]));
    printf("\n");
    return (uint32_t)(h >> 8) & c->may;
}
{{end}}
{{- if .Tasks}}
static void P_do_halt(void *context, P_task task, P_call *c)
{
    static const int counts[] = { 0{{range .Policy.Game.Vocabulary.Tasks}}, {{len .Params}}{{end}} };
    (void)context;
    printf("halt %d", (int)task - 1);
    P_describe(c, counts[task], true);
    printf("\n");
}
{{end}}
static void P_play(void)
{
    static const int counts[] = { 0{{range $i, $t := .Policy.Game.Vocabulary.Tasks}}, {{params $p $i}}{{end}}{{range $i, $t := .Policy.Game.Vocabulary.Nets}}, {{params $p (add (taskCount $p) $i)}}{{end}} };
    static unsigned char saved[{{.Bytes}}];
    script s = { {{.Seed}}, 0, 0 };
    P_agent agent;
    P_commands commands;
    P_features f;
    P_host host;
    int64_t now = 0;
    memset(&host, 0, sizeof host);
    host.context = &s;
{{- range .Choosers}}
    host.{{.Field}} = P_do_chooser_{{.Index}};
{{- end}}
{{- range .Tasks}}{{if not .Net}}
    host.{{.Field}} = P_do_task_{{.Index}};
{{- end}}{{end}}
{{- range .Nets}}
    host.{{.Input}} = P_do_input_{{.Index}};
    host.{{.Output}} = P_do_output_{{.Index}};
{{- end}}
{{- if .Tasks}}
    host.halt = P_do_halt;
{{- end}}
    P_start(&agent, s.seed, 3);
    for (s.tick = 0; s.tick < {{.Ticks}}; s.tick++) {
        uint64_t h = more(more(finalise(s.seed + GOLDEN), s.tick), 900);
        P_status status;
        s.calls = 0;
        now += 1 + (h % 8 == 0);
        if ((h >> 8) % 23 == 0)
            P_halt(&agent, now++, &host);
        if ((h >> 16) % 11 == 0) {
            P_save(&agent, saved);
            P_start(&agent, 1, 1);
            if (!P_restore(&agent, saved, sizeof saved))
                abort();
            saved[0]++;
            if (P_restore(&agent, saved, sizeof saved) || P_restore(&agent, saved, 3))
                abort();
        }
        memset(&f, 0, sizeof f);
{{- range .Features}}
        f.{{.Field}} = {{if eq .Type "bool"}}feature(1, &s, {{reading $p .Index}}) != 0{{else if eq .Type "int32_t"}}(int32_t)feature(4, &s, {{reading $p .Index}}){{else}}feature({{kind $p .Index}}, &s, {{reading $p .Index}}){{end}};
{{- end}}
        status = P_tick(&agent, now, &f, &host, &commands);
{{- range .Keys}}{{if .Team}}
        {
            double value;
            if ({{.Published}}(&agent, &value))
                {{.Set}}(&agent, value);
        }
{{- end}}{{end}}
        printf("tick %d status %d", (int)now, (int)status);
{{- range .Channels}}
        printf(" [%d", (int)commands.{{.Field}}.task);
        P_values(commands.{{.Field}}.arguments, counts[commands.{{.Field}}.task]);
        printf("]");
{{- end}}
        P_save(&agent, saved);
        printf(" %" PRIx64 "\n", fnv(saved, sizeof saved));
    }
    (void)counts;
}
`

// gcc compiles a C file with all warnings as errors and returns the program.
func gcc(t testing.TB, dir, source string, flags ...string) string {
	t.Helper()
	program := filepath.Join(dir, strings.TrimSuffix(source, ".c"))
	args := append([]string{"-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", program, source}, flags...)
	command := exec.Command("gcc", args...)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("gcc %s: %v\n%s", strings.Join(args, " "), err, out[:min(len(out), 4000)])
	}
	return program
}

// sanitizers are the flags under which a fault ends the program.
var sanitizers = []string{"-O0", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"}

// compareC exports policies, compiles them into one program, and compares what it
// logs with what dryad's engine logs.
func compareC(t *testing.T, policies []*policy.Policy, seeds []uint64, flags ...string) {
	t.Helper()
	dir := t.TempDir()
	var program, calls strings.Builder
	for i, p := range policies {
		prefix := fmt.Sprint("p", i)
		files, err := Write(p, Params{To: C, Prefix: prefix})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		program.WriteString(driver(t, cDriver, p, prefix, seeds[i], playTicks, C))
		fmt.Fprintf(&calls, "    printf(\"== %d\\n\");\n    p%d_play();\n", i, i)
	}
	// The exported files come first: they include what they need.
	text := "#include \"p0.h\"\n" + cCommon + program.String() + "\nint main(void)\n{\n" + calls.String() + "    return 0;\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "all.c"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(gcc(t, dir, "all.c", flags...))
	run.Env = append(os.Environ(), "ASAN_OPTIONS=detect_leaks=0")
	var stderr bytes.Buffer
	run.Stderr = &stderr
	out, err := run.Output()
	if err != nil {
		t.Fatalf("the exported trees: %v\n%s", err, stderr.Bytes()[:min(stderr.Len(), 4000)])
	}
	logs := strings.Split(string(out), "== ")[1:]
	if len(logs) != len(policies) {
		t.Fatalf("%d logs of %d trees", len(logs), len(policies))
	}
	for i, p := range policies {
		_, got, _ := strings.Cut(logs[i], "\n")
		if want := play(p, seeds[i], playTicks); got != want {
			t.Fatalf("%s\n%s", p.Canonical, difference(got, want))
		}
	}
}

// TestRandomTreesInC: exported to C, random trees do tick by tick what dryad's
// engine does: the same calls, commands, answers and saved bytes. Every tenth
// runs under the sanitizers.
func TestRandomTreesInC(t *testing.T) {
	game := stage()
	const batch = 50 // in one program
	var plain, checked []int
	for i := range *trees {
		if *sanitize || i%10 == 9 {
			checked = append(checked, i)
		} else {
			plain = append(plain, i)
		}
	}
	compare := func(numbers []int, flags ...string) {
		for part := range slices.Chunk(numbers, batch) {
			var policies []*policy.Policy
			var seeds []uint64
			for _, i := range part {
				policies, seeds = append(policies, randomPolicy(t, game, i)), append(seeds, playSeed(i))
			}
			compareC(t, policies, seeds, flags...)
		}
	}
	compare(plain, "-O0")
	compare(checked, sanitizers...)
}
