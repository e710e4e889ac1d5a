package policy

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl"
	"dryad/internal/atomicfile"
	"dryad/policy"
	"dryad/policy/scenario"
)

type testCommand struct {
	File      string   `arg:"" help:"Policy to test."`
	Scenarios []string `arg:"" optional:"" help:"Files of scenarios; the policy's name with .scenario by default."`
	Draft     bool     `help:"First write scenarios that take the policy's branches as it is now; a file that exists is kept."`
	Mutate    bool     `help:"Change the policy in small ways and list the changes that no scenario notices."`
	gameFlag
	frame.NetFlag
	frame.JSONFlag
}

// testResult is what test prints with --json.
type testResult struct {
	OK        bool              `json:"ok"`
	Scenarios []scenario.Result `json:"scenarios"`
	Branches  int               `json:"branches"`
	Missed    []string          `json:"missed"`
	Mutants   int               `json:"mutants"`
	Survivors []scenario.Mutant `json:"survivors"`
}

func (c *testCommand) Run(env *frame.Env) error {
	if err := c.ReadNets(env, ""); err != nil {
		return err
	}
	p, err := checkPolicy(env, c.File, c.gameFlag)
	if err != nil {
		return err
	}
	if err := p.usable(env); err != nil {
		return err
	}
	checker, err := p.checker()
	if err != nil {
		return err
	}
	if len(c.Scenarios) == 0 {
		c.Scenarios = []string{strings.TrimSuffix(c.File, filepath.Ext(c.File)) + ".scenario"}
	}
	if c.Draft {
		if err := c.draft(env, p.file, checker); err != nil {
			return err
		}
	}
	suite := &scenario.Suite{}
	places := map[int]string{} // of the scenarios, by their number
	for _, path := range c.Scenarios {
		source, err := seats.ReadSource(env, path)
		if errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("there are no scenarios in %s; dryad policy test %s --draft writes first ones", path, c.File)
		}
		if err != nil {
			return fmt.Errorf("read the scenarios: %w", err)
		}
		one, faults := scenario.Read(path, source)
		if !faults.OK() {
			fmt.Fprint(env.Stderr, dsl.Render(faults, dsl.RenderParams{Path: path, Source: source, Colour: env.Colour(), Width: env.Columns()}))
			return frame.ExitCode(frame.ExitFailed)
		}
		for _, s := range one.Scenarios {
			places[len(suite.Scenarios)] = path
			suite.Scenarios = append(suite.Scenarios, s)
		}
	}
	report, faults := suite.Run(p.file, checker)
	if !faults.OK() {
		p.faults = faults
		return p.usable(env)
	}
	result := testResult{OK: report.OK(), Scenarios: report.Results, Branches: report.Branches, Missed: report.Missed, Survivors: []scenario.Mutant{}}
	for i, r := range report.Results {
		verdict := "ok"
		if !r.OK {
			verdict = "FAILED"
		}
		env.Logf("%-6s %s", verdict, r.Name)
		for _, f := range r.Failures {
			env.Logf("       %s:%d: %s", places[i], f.Line, f.Message)
		}
	}
	env.Logf("branches taken: %d of %d", report.Branches-len(report.Missed), report.Branches)
	for _, m := range report.Missed {
		env.Logf("       missed: %s", m)
	}
	if c.Mutate && report.OK() {
		mutants := scenario.Mutants(p.file, checker)
		result.Mutants = len(mutants)
		result.Survivors = suite.Survivors(mutants, checker)
		env.Logf("mutants noticed: %d of %d", len(mutants)-len(result.Survivors), len(mutants))
		for _, m := range result.Survivors {
			env.Logf("       unnoticed: %s:%d: %s", c.File, m.Line, m.Change)
		}
	}
	if c.JSON {
		if err := env.JSON(result); err != nil {
			return err
		}
	}
	if !report.OK() {
		return frame.ExitCode(frame.ExitFailed)
	}
	return nil
}

// draft writes scenarios drafted from the policy.
func (c *testCommand) draft(env *frame.Env, file *dsl.File, checker *policy.Checker) error {
	if len(c.Scenarios) != 1 {
		return errors.New("--draft writes one file of scenarios")
	}
	path := c.Scenarios[0]
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists; --draft overwrites nothing: name another file after %s", path, c.File)
	}
	text, faults := scenario.Draft(file, checker, 1)
	if !faults.OK() {
		return faults.Err()
	}
	if err := atomicfile.Write(path, []byte(text)); err != nil {
		return err
	}
	env.Logf("%s: drafted from what the policy does now; read it, and say what it should do", path)
	return nil
}
