package cfr_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dryad/cfr"
)

// every returns parameters with all settings set, which are in range.
func every() cfr.Params {
	return cfr.Params{
		Gamma: 3, Prediction: 0.5, Horizon: 50, Threads: 2, Float32: true, HistoryForm: true, TrackRegret: true, Seed: 3,
		Epsilon: 0.5, Baselines: true, Prune: -1, Temperature: 0.1, StepSize: 0.1, Simultaneous: true, Drift: 0.1,
	}
}

// TestRegistry: each algorithm takes the settings that its row lists and
// refuses every other one.
func TestRegistry(t *testing.T) {
	var names []string
	for _, s := range cfr.Settings() {
		names = append(names, s.Name)
		if s.Help == "" {
			t.Errorf("setting %s has no help", s.Name)
		}
	}
	if got := every().Set(); !slices.Equal(got, names) {
		t.Fatalf("settings %v, set %v", names, got)
	}
	tree := kuhn(t)
	for _, a := range cfr.Registry() {
		if a.Summary == "" {
			t.Errorf("%s has no summary", a.Name)
		}
		p := a.Only(every())
		if got := p.Set(); len(got) != len(a.Settings) || p.Algorithm != a.Name {
			t.Errorf("%s: %v of %v", a.Name, got, a.Settings)
		}
		solver, err := cfr.New(tree, p)
		if err != nil {
			t.Errorf("%s: %v", a.Name, err)
			continue
		}
		solver.Run(2)
		for _, name := range names {
			if a.Uses(name) {
				continue
			}
			// All settings but those that the algorithm does not use, and name.
			one := p
			switch name {
			case "threads":
				one.Threads = 2
			default:
				one = only(name)
				one.Algorithm = a.Name
			}
			if _, err := cfr.New(tree, one); !errors.Is(err, cfr.ErrSetting) || !strings.Contains(err.Error(), name) {
				t.Errorf("%s with %s: %v", a.Name, name, err)
			}
		}
	}
}

// only returns parameters with one setting set.
func only(name string) cfr.Params {
	p := every()
	for _, a := range []cfr.Algorithm{{Settings: []string{name}}} {
		p = a.Only(p)
	}
	return p
}

func TestSettingsOutOfRange(t *testing.T) {
	tree := kuhn(t)
	for _, p := range []cfr.Params{
		{Algorithm: "dcfr", Gamma: -1}, {Algorithm: "pcfr+", Prediction: -1}, {Algorithm: "hs-dcfr", Horizon: -1},
		{Algorithm: "mccfr-external", Prune: 1}, {Algorithm: "mccfr-outcome", Epsilon: 2}, {Algorithm: "mmd", Drift: -1},
		{Algorithm: "dcfr", Threads: -1},
	} {
		if _, err := cfr.New(tree, p); err == nil {
			t.Errorf("%+v: no error", p)
		}
	}
}
