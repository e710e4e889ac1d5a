package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// attempts bounds how often a target runs whose engine ended without an input
// that fails.
const attempts = 5

// fuzz runs the fuzz targets of the module in the current folder.
func fuzz(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("gate fuzz", flag.ContinueOnError)
	times := flags.String("times", "1000x", "how often, or how long, each target runs: 1000x or 60s")
	seed := flags.Int("seed", 1, "where the mutations start; 0 starts anywhere")
	guided := flags.Bool("guided", false, "look for new paths: compile every package, the standard library's too, so that it counts them")
	parallel := flags.Int("parallel", 1, "how many processes fuzz a target")
	if err := flags.Parse(args); err != nil {
		return err
	}
	targets, err := targets(flags.Args())
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "dryad-fuzz-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	// A package keeps one processor busy; what it prints comes out whole.
	var all sync.WaitGroup
	var lock sync.Mutex
	failed, free := 0, make(chan struct{}, runtime.GOMAXPROCS(0))
	for folder, names := range targets {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			var printed bytes.Buffer
			f := fuzzer{folder: folder, scratch: scratch, stdout: &printed, times: *times, seed: *seed, parallel: *parallel, guided: *guided}
			n := f.run(names)
			lock.Lock()
			defer lock.Unlock()
			failed += n
			printed.WriteTo(stdout)
		})
	}
	all.Wait()
	if failed > 0 {
		return fmt.Errorf("%d fuzz targets failed", failed)
	}
	return nil
}

var fuzzFunction = regexp.MustCompile(`(?m)^func (Fuzz[A-Za-z0-9_]+)\(`)

// targets yields the folders that have fuzz targets, and their names, in order.
func targets(folders []string) (func(yield func(string, []string) bool), error) {
	out, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "*_test.go").Output()
	if err != nil {
		return nil, fmt.Errorf("list the test files: %w", err)
	}
	found := map[string][]string{}
	for _, file := range strings.Fields(string(out)) {
		folder := filepath.Dir(file)
		if strings.HasPrefix(file, "bench/") || len(folders) > 0 && !slices.Contains(folders, folder) {
			continue
		}
		text, err := os.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted, not yet committed
		}
		if err != nil {
			return nil, err
		}
		for _, match := range fuzzFunction.FindAllSubmatch(text, -1) {
			found[folder] = append(found[folder], string(match[1]))
		}
	}
	return func(yield func(string, []string) bool) {
		for _, folder := range slices.Sorted(maps.Keys(found)) {
			if !yield(folder, found[folder]) {
				return
			}
		}
	}, nil
}

// fuzzer runs the targets of a package.
type fuzzer struct {
	folder, scratch string
	stdout          io.Writer
	times           string
	seed, parallel  int
	guided          bool
}

// run builds the package's test once, runs its targets, and returns how many
// failed.
func (f *fuzzer) run(names []string) int {
	started := time.Now()
	program := filepath.Join(f.scratch, strings.ReplaceAll(f.folder, "/", "-")+".test")
	build := []string{"test", "-c", "-ldflags=-w", "-o", program}
	if f.guided {
		build = append(build, "-fuzz", ".")
	}
	if out, err := exec.Command("go", append(build, "./"+f.folder)...).CombinedOutput(); err != nil {
		fmt.Fprintf(f.stdout, "FAIL  %s: %v\n%s", f.folder, err, out)
		return len(names)
	}
	defer os.Remove(program)
	built := time.Since(started)
	failed := 0
	for _, name := range names {
		started := time.Now()
		out, ok := f.target(program, name)
		verdict := "ok   "
		if !ok {
			verdict = "FAIL "
			failed++
		}
		fmt.Fprintf(f.stdout, "%s %s %s, built in %.1fs, run in %.1fs\n", verdict, f.folder, name, built.Seconds(), time.Since(started).Seconds())
		if !ok {
			f.stdout.Write(out)
		}
		built = 0
	}
	return failed
}

// target runs a target until the engine ends in order, or with an input.
func (f *fuzzer) target(program, name string) (out []byte, ok bool) {
	for attempt := range attempts {
		corpus := filepath.Join(f.scratch, fmt.Sprintf("corpus-%s-%s-%d", strings.ReplaceAll(f.folder, "/", "-"), name, attempt))
		command := exec.Command(program, "-test.run", "^$", "-test.fuzz", "^"+name+"$", "-test.fuzztime", f.times,
			"-test.fuzzminimizetime", "10x", "-test.fuzzcachedir", corpus, "-test.parallel", fmt.Sprint(f.parallel), "-test.timeout", "0")
		command.Dir = f.folder
		if f.seed != 0 {
			command.Env = append(os.Environ(), fmt.Sprintf("GODEBUG=fuzzseed=%d", f.seed))
		}
		var err error
		out, err = command.CombinedOutput()
		os.RemoveAll(corpus)
		if err == nil {
			return out, true
		}
		if hasInput(out) {
			return out, false
		}
		fmt.Fprintf(f.stdout, "again %s %s: the engine ended without an input that fails\n", f.folder, name)
	}
	return out, false
}

// hasInput reports whether a failed run of the fuzzing engine names an input on
// which the target fails.
func hasInput(out []byte) bool {
	for _, sign := range []string{"Failing input written to", "failure while testing seed corpus entry", "To re-run:"} {
		if bytes.Contains(out, []byte(sign)) {
			return true
		}
	}
	return false
}
