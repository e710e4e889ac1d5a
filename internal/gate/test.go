package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// test runs go test with the arguments and reports what it did.
func test(args []string, stdout, stderr io.Writer) error {
	logs := len(args) > 0 && args[0] == "--logs"
	if logs {
		args = args[1:]
	}
	command := exec.Command("go", arguments(args)...)
	command.Env = append(os.Environ(), "GORACE="+cmp.Or(os.Getenv("GORACE"), "atexit_sleep_ms=0"))
	command.Stderr = stderr
	output, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	report := newReport(stdout, logs)
	readErr := report.read(output)
	err = command.Wait()
	report.summary()
	var exit *exec.ExitError
	switch {
	case readErr != nil:
		return fmt.Errorf("read the output of go test: %w", readErr)
	case err != nil && !errors.As(err, &exit):
		return fmt.Errorf("run go test: %w", err)
	case err != nil && report.failed == 0:
		return fmt.Errorf("go test: %w, with no test that failed", err)
	case report.failed > 0:
		return errors.New("tests failed")
	case len(report.skipped) > 0:
		return errors.New("tests were skipped")
	}
	return nil
}

// libraries are packages that the race detector does not follow: they compute,
// and what they read and write belongs to one caller at a time. Followed, they
// take most of the time of a command that draws pictures. What other packages do
// with the same memory is followed. A package that instantiates generic types of
// sync or sync/atomic must not stand here: the linker could take its copies of
// their methods, which the detector does not see, for those of all packages, and
// then the detector reports races that are none.
var libraries = []string{"compress/flate", "image/..."}

// arguments are those of the go command for a test with args. Another check
// vets, no debugger is told where the variables are, and no time limit applies.
func arguments(args []string) []string {
	all := []string{"test", "-json", "-timeout", "0", "-vet=off", "-ldflags=-w"}
	if slices.Contains(args, "-race") {
		for _, packages := range libraries {
			all = append(all, "-gcflags="+packages+"=-race=false")
		}
	}
	return append(all, args...)
}

// event is a line of go test -json; go doc test2json describes the fields.
type event struct {
	Action, Package, Test, Output string
	ImportPath, FailedBuild       string
	Elapsed                       float64
}

// running is what is known of a package that has not ended.
type running struct {
	tests  []string // in the order in which they started
	output map[string]*strings.Builder
	failed map[string]bool
	ended  map[string]bool
}

// report prints what go test -json says, package by package.
type report struct {
	out      io.Writer
	logs     bool // print what tests that pass log
	packages map[string]*running
	builds   map[string]*strings.Builder // the compiler's output by import path
	passed   int
	failed   int // tests, and packages that failed without one
	skipped  []string
}

func newReport(out io.Writer, logs bool) *report {
	return &report{out: out, logs: logs, packages: map[string]*running{}, builds: map[string]*strings.Builder{}}
}

func (r *report) read(lines io.Reader) error {
	decoder := json.NewDecoder(lines)
	for {
		var e event
		if err := decoder.Decode(&e); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		r.add(e)
	}
}

func (r *report) add(e event) {
	if e.Action == "build-output" {
		b := r.builds[e.ImportPath]
		if b == nil {
			b = &strings.Builder{}
			r.builds[e.ImportPath] = b
		}
		b.WriteString(e.Output)
		return
	}
	if e.Package == "" {
		return
	}
	p := r.packages[e.Package]
	if p == nil {
		p = &running{output: map[string]*strings.Builder{}, failed: map[string]bool{}, ended: map[string]bool{}}
		r.packages[e.Package] = p
	}
	b := p.output[e.Test]
	if b == nil {
		b = &strings.Builder{}
		p.output[e.Test] = b
		p.tests = append(p.tests, e.Test)
	}
	b.WriteString(e.Output)
	if e.Test == "" {
		r.end(e, p)
		return
	}
	switch e.Action {
	case "pass":
		r.passed++
		if r.logs {
			r.printLog(b.String())
		}
		b.Reset()
		p.ended[e.Test] = true
	case "fail":
		r.failed++
		p.failed[e.Test] = true
		p.ended[e.Test] = true
	case "skip":
		r.skipped = append(r.skipped, e.Package+" "+e.Test+"\n"+b.String())
		b.Reset()
		p.ended[e.Test] = true
	}
}

// end handles the events of a package as a whole.
func (r *report) end(e event, p *running) {
	switch e.Action {
	case "pass":
		fmt.Fprintf(r.out, "ok    %s %.1fs\n", e.Package, e.Elapsed)
	case "fail":
		fmt.Fprintf(r.out, "FAIL  %s %.1fs\n", e.Package, e.Elapsed)
		if b := r.builds[e.FailedBuild]; b != nil {
			fmt.Fprint(r.out, b.String())
		}
		// Where no test failed by itself, the process ended: what had begun and
		// what the process printed tell why.
		alone := len(p.failed) == 0
		if alone {
			r.failed++
		}
		for _, test := range p.tests {
			if test != "" && (p.failed[test] || alone && !p.ended[test]) {
				fmt.Fprint(r.out, p.output[test].String())
			}
		}
		fmt.Fprint(r.out, p.output[""].String())
	case "skip": // no test files
	default:
		return
	}
	delete(r.packages, e.Package)
}

// printLog prints the lines that a test logged.
func (r *report) printLog(output string) {
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "=== ") {
			fmt.Fprint(r.out, line)
		}
	}
}

// summary prints the totals, and what was skipped.
func (r *report) summary() {
	for _, s := range slices.Sorted(slices.Values(r.skipped)) {
		fmt.Fprintf(r.out, "SKIP  %s", s)
	}
	fmt.Fprintf(r.out, "%d passed, %d failed, %d skipped\n", r.passed, r.failed, len(r.skipped))
}
