package solve

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/cmd/dryad/cli/frame"
)

// deepRow describes deep-cfr beside the algorithms of package cfr. Its
// variants are --variant.
var deepRow = cfr.Algorithm{
	Name: deepAlgorithm, Summary: "networks that learn regrets: --variant deep-cfr, dream or vr-deeppdcfr+",
	Settings: []string{"threads", "seed"},
}

// rows are the algorithms that --algorithm takes.
func rows() []cfr.Algorithm { return append(cfr.Registry(), deepRow) }

// row returns the algorithm of a name, or an error that lists the names.
func row(name string) (*cfr.Algorithm, error) {
	all := rows()
	for i := range all {
		if all[i].Name == name {
			return &all[i], nil
		}
	}
	return nil, fmt.Errorf("no algorithm %q: there are %s", name, strings.Join(names(all), ", "))
}

func names(all []cfr.Algorithm) []string {
	var out []string
	for _, a := range all {
		out = append(out, a.Name)
	}
	return out
}

// Vars are what the help texts of the family interpolate: the algorithms, and
// for each setting its help and the algorithms that use it.
func Vars() map[string]string {
	all := rows()
	vars := map[string]string{"solve_algorithms": strings.Join(names(all), ", ")}
	for _, s := range cfr.Settings() {
		var users []string
		for _, a := range all {
			if a.Uses(s.Name) {
				users = append(users, a.Name)
			}
		}
		vars["solve_"+strings.ReplaceAll(s.Name, "-", "_")] = s.Help + " For " + strings.Join(users, ", ") + "."
	}
	return vars
}

// tuning are the flags that tune an algorithm.
type tuning struct {
	Gamma       float64 `help:"${solve_gamma}" placeholder:"G"`
	Prediction  float64 `help:"${solve_prediction}" placeholder:"W"`
	Threads     int     `default:"1" help:"${solve_threads}"`
	Float32     bool    `help:"${solve_float32}"`
	Seed        uint64  `help:"${solve_seed} 1 by default." placeholder:"SEED"`
	Epsilon     float64 `help:"${solve_epsilon}" placeholder:"P"`
	Baselines   bool    `help:"${solve_baselines}"`
	Prune       float64 `help:"${solve_prune}" placeholder:"R"`
	Temperature float64 `help:"${solve_temperature}" placeholder:"T"`
	StepSize    float64 `help:"${solve_step_size}" placeholder:"S"`
	AllAtOnce   bool    `name:"simultaneous" help:"${solve_simultaneous}"`
	Drift       float64 `help:"${solve_drift}" placeholder:"D"`
	Variant     string  `default:"" enum:",deep-cfr,dream,vr-deeppdcfr+" help:"What deep-cfr runs: deep-cfr (as first published), dream or vr-deeppdcfr+ (the default)." placeholder:"NAME"`
}

// chosen are the settings that the flags set, for any algorithm.
func (f *tuning) chosen() cfr.Params {
	return cfr.Params{
		Gamma: f.Gamma, Prediction: f.Prediction, Threads: f.Threads, Float32: f.Float32, Seed: f.Seed,
		Epsilon: f.Epsilon, Baselines: f.Baselines, Prune: f.Prune, Temperature: f.Temperature, StepSize: f.StepSize,
		Simultaneous: f.AllAtOnce, Drift: f.Drift,
	}
}

// params returns the settings for an algorithm that runs for a number of
// iterations, or 0 where that is not known. Flags that no algorithm of the
// command uses are an error.
func (f *tuning) params(algorithm string, iterations int, command []string) (cfr.Params, error) {
	var rows []*cfr.Algorithm
	for _, name := range command {
		a, err := row(name)
		if err != nil {
			return cfr.Params{}, err
		}
		rows = append(rows, a)
	}
	a, err := row(algorithm)
	if err != nil {
		return cfr.Params{}, err
	}
	for _, name := range f.chosen().Set() {
		if !slices.ContainsFunc(rows, func(a *cfr.Algorithm) bool { return a.Uses(name) }) {
			uses := "it has no settings"
			if len(a.Settings) > 0 {
				uses = "it uses " + strings.Join(a.Settings, ", ")
			}
			return cfr.Params{}, fmt.Errorf("--%s has no effect on %s; %s", name, strings.Join(command, ", "), uses)
		}
	}
	if f.Variant != "" && !slices.Contains(command, deepAlgorithm) {
		return cfr.Params{}, errors.New("--variant is for --algorithm deep-cfr")
	}
	p := f.chosen()
	p.Horizon = iterations
	if p.Seed == 0 {
		p.Seed = 1
	}
	p = a.Only(p)
	p.Threads = max(p.Threads, 1)
	return p, nil
}

// variant is the variant of deep-cfr.
func (f *tuning) variant() string {
	if f.Variant == "" {
		return deep.VRDeepPDCFR
	}
	return f.Variant
}

// solveAlgorithms prints the registry.
type solveAlgorithms struct{}

func (c *solveAlgorithms) Run(env *frame.Env) error {
	for _, a := range rows() {
		env.Printf("%-17s %s\n", a.Name, a.Summary)
		if len(a.Settings) > 0 {
			env.Printf("%-17s settings: %s\n", "", strings.Join(a.Settings, ", "))
		}
	}
	return nil
}
