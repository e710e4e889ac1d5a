package main

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// reported reads lines of go test -json and returns what is printed.
func reported(t *testing.T, lines string) (string, *report) {
	t.Helper()
	var out strings.Builder
	r := newReport(&out, false)
	if err := r.read(strings.NewReader(lines)); err != nil {
		t.Fatal(err)
	}
	r.summary()
	return out.String(), r
}

// TestFailedTestsArePrinted: all that a failed test wrote, nothing that a
// passed one wrote.
func TestFailedTestsArePrinted(t *testing.T) {
	got, _ := reported(t, `{"Action":"start","Package":"p"}
{"Action":"run","Package":"p","Test":"TestGood"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"fine\n"}
{"Action":"pass","Package":"p","Test":"TestGood","Elapsed":0}
{"Action":"run","Package":"p","Test":"TestBad"}
{"Action":"output","Package":"p","Test":"TestBad","Output":"=== RUN   TestBad\n"}
{"Action":"output","Package":"p","Test":"TestBad","Output":"    bad_test.go:7: 3, want 4\n"}
{"Action":"fail","Package":"p","Test":"TestBad","Elapsed":0}
{"Action":"output","Package":"p","Output":"FAIL\n"}
{"Action":"fail","Package":"p","Elapsed":1.25}
{"Action":"start","Package":"q"}
{"Action":"pass","Package":"q","Elapsed":0.5}
`)
	if want := "FAIL  p 1.2s\n=== RUN   TestBad\n    bad_test.go:7: 3, want 4\nFAIL\nok    q 0.5s\n1 passed, 1 failed, 0 skipped\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestEndedProcess: a package that fails with no failed test shows what had
// begun, and what does not compile shows why.
func TestEndedProcess(t *testing.T) {
	got, r := reported(t, `{"Action":"run","Package":"p","Test":"TestDone"}
{"Action":"output","Package":"p","Test":"TestDone","Output":"done\n"}
{"Action":"pass","Package":"p","Test":"TestDone","Elapsed":0}
{"Action":"run","Package":"p","Test":"TestExits"}
{"Action":"output","Package":"p","Test":"TestExits","Output":"about to exit\n"}
{"Action":"output","Package":"p","Output":"exit status 3\n"}
{"Action":"fail","Package":"p","Elapsed":0}
{"ImportPath":"q","Action":"build-output","Output":"q/q.go:1:1: undefined: x\n"}
{"ImportPath":"q","Action":"build-fail"}
{"Action":"fail","Package":"q","Elapsed":0,"FailedBuild":"q"}
`)
	if want := "FAIL  p 0.0s\nabout to exit\nexit status 3\nFAIL  q 0.0s\nq/q.go:1:1: undefined: x\n1 passed, 2 failed, 0 skipped\n"; got != want || r.failed != 2 {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestSkipsAreNamed: a skipped test is named with its reason.
func TestSkipsAreNamed(t *testing.T) {
	got, r := reported(t, `{"Action":"run","Package":"p","Test":"TestLater"}
{"Action":"output","Package":"p","Test":"TestLater","Output":"    a_test.go:1: not today\n"}
{"Action":"skip","Package":"p","Test":"TestLater","Elapsed":0}
{"Action":"pass","Package":"p","Elapsed":0}
{"Action":"skip","Package":"without","Elapsed":0}
`)
	if want := "ok    p 0.0s\nSKIP  p TestLater\n    a_test.go:1: not today\n0 passed, 0 failed, 1 skipped\n"; got != want || len(r.skipped) != 1 {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestOnlyAnInputFails: the engine's own faults are told from those of a target.
func TestOnlyAnInputFails(t *testing.T) {
	for out, want := range map[string]bool{
		"--- FAIL: FuzzX (10.03s)\n    context deadline exceeded\nFAIL\n":                                                  false,
		"--- FAIL: FuzzX (0.02s)\n    --- FAIL: FuzzX (0.00s)\n    Failing input written to testdata/fuzz/FuzzX/1\nFAIL\n": true,
		"failure while testing seed corpus entry: FuzzX/seed#0\n--- FAIL: FuzzX (0.02s)\n":                                 true,
		"--- FAIL: FuzzX (3.02s)\n    fuzzing process hung or terminated unexpectedly while minimizing: EOF\nFAIL\n":       false,
		"panic: in the harness\n": false,
	} {
		if got := hasInput([]byte(out)); got != want {
			t.Errorf("%q: %v", out, got)
		}
	}
}

// TestTargets: the folders of the module that have fuzz targets are found.
func TestTargets(t *testing.T) {
	t.Chdir("../..")
	all, err := targets(nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for folder, names := range all {
		found[folder] = names
	}
	if len(found["dsl"]) < 2 || len(found["replay"]) < 2 {
		t.Errorf("%v", found)
	}
}

// synchronising is a method of a generic type of sync or sync/atomic in the
// list that go tool nm makes.
var synchronising = regexp.MustCompile(`(?m) T (internal/sync|sync|sync/atomic)\..*\[.*$`)

// TestLibrariesDoNotSynchronise: what the race detector does not follow has no
// copy of a method by which goroutines synchronise.
func TestLibrariesDoNotSynchronise(t *testing.T) {
	args := arguments([]string{"-race"})
	command := exec.Command("go", "list", "-race", "-export", "-f", "{{.Export}}")
	for _, arg := range args {
		if strings.HasPrefix(arg, "-gcflags=") {
			command.Args = append(command.Args, arg)
		}
	}
	command.Args = append(command.Args, libraries...)
	command.Env = append(os.Environ(), "CGO_ENABLED=1")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	files := strings.Fields(string(out))
	if len(files) < len(libraries) {
		t.Fatalf("%q", files)
	}
	for _, file := range files {
		symbols, err := exec.Command("go", "tool", "nm", file).Output()
		if err != nil {
			t.Fatal(err)
		}
		if found := synchronising.Find(symbols); found != nil {
			t.Errorf("%s has%s", file, found)
		}
	}
	if all := arguments([]string{"./..."}); slices.ContainsFunc(all, func(arg string) bool { return strings.HasPrefix(arg, "-gcflags") }) {
		t.Errorf("flags of the race detector without it: %q", all)
	}
}
