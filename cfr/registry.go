package cfr

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrSetting is returned by [New] for a setting that the algorithm does not use.
var ErrSetting = errors.New("setting that the algorithm does not use")

// Setting describes a field of [Params] that some algorithms use.
type Setting struct {
	// Name is the name on the command line: "step-size" for StepSize.
	Name string
	// Help states what it does, and its default.
	Help string

	isSet func(*Params) bool
	clear func(*Params)
}

// setting describes a field whose zero value means that it is not set.
func setting[T comparable](name, help string, field func(*Params) *T) Setting {
	var zero T
	return Setting{
		Name: name, Help: help,
		isSet: func(p *Params) bool { return *field(p) != zero },
		clear: func(p *Params) { *field(p) = zero },
	}
}

// settings lists the settings. One thread is what every algorithm runs on, so
// that a number of threads is set from 2 on.
var settings = []Setting{
	setting("gamma", "Averaging exponent of the CFR family; 3 is usual with dcfr in production.", func(p *Params) *float64 { return &p.Gamma }),
	setting("prediction", "Weight of the prediction; 1 by default, 1/3 is the cautious choice.", func(p *Params) *float64 { return &p.Prediction }),
	setting("horizon", "Iterations that the schedule is stretched over; 1000 by default.", func(p *Params) *int { return &p.Horizon }),
	{
		Name: "threads", Help: "Threads; 1 by default. Results are the same bits for any number.",
		isSet: func(p *Params) bool { return p.Threads > 1 },
		clear: func(p *Params) { p.Threads = 0 },
	},
	setting("float32", "Single precision tables.", func(p *Params) *bool { return &p.Float32 }),
	setting("history-form", "Walk histories also where the sequence form would do.", func(p *Params) *bool { return &p.HistoryForm }),
	setting("track-regret", "Keep the plain sums of regrets.", func(p *Params) *bool { return &p.TrackRegret }),
	setting("seed", "Seed of the samples.", func(p *Params) *uint64 { return &p.Seed }),
	setting("epsilon", "How often it explores; 0.6 by default.", func(p *Params) *float64 { return &p.Epsilon }),
	setting("baselines", "Reduce the variance of sampled values by baselines.", func(p *Params) *bool { return &p.Baselines }),
	setting("prune", "Leave out actions of a mean regret below this negative number.", func(p *Params) *float64 { return &p.Prune }),
	setting("temperature", "Temperature, in units of the returns; a tenth of the greatest return by default.", func(p *Params) *float64 { return &p.Temperature }),
	setting("step-size", "Step size, in inverse units of the returns; by default 1 over the greatest return, with mmd 50 over it.", func(p *Params) *float64 { return &p.StepSize }),
	setting("simultaneous", "Move all players at once, as in the paper, and not in turn.", func(p *Params) *bool { return &p.Simultaneous }),
	setting("drift", "How far the magnet moves towards the policy in an iteration; 0 by default.", func(p *Params) *float64 { return &p.Drift }),
}

// Settings returns the settings that algorithms have.
func Settings() []Setting { return slices.Clone(settings) }

// Algorithm is a row of the registry: an algorithm and the settings that it
// uses.
type Algorithm struct {
	// Name is what Params.Algorithm holds.
	Name string
	// Summary is one line; the rule or the solver documents the paper.
	Summary string
	// Settings are the names of the settings that the algorithm uses.
	Settings []string

	rule  func(Params) Rule // of the CFR family
	build func(*Tree, Params) (Solver, error)
}

// Uses reports whether the algorithm uses a setting.
func (a *Algorithm) Uses(setting string) bool { return slices.Contains(a.Settings, setting) }

// Only returns p for this algorithm, with the settings that it uses and no
// others.
func (a *Algorithm) Only(p Params) Params {
	p.Algorithm = a.Name
	for _, s := range settings {
		if !a.Uses(s.Name) {
			s.clear(&p)
		}
	}
	return p
}

// check returns an error that wraps [ErrSetting] if p sets what the algorithm
// does not use.
func (a *Algorithm) check(p Params) error {
	for _, name := range p.Set() {
		if a.Uses(name) {
			continue
		}
		uses := "it has no settings"
		if len(a.Settings) > 0 {
			uses = "it uses " + strings.Join(a.Settings, ", ")
		}
		return fmt.Errorf("%w: %s does not use %s; %s", ErrSetting, a.Name, name, uses)
	}
	switch {
	case !(p.Gamma >= 0):
		return fmt.Errorf("gamma %v must be positive", p.Gamma)
	case !(p.Prediction >= 0):
		return fmt.Errorf("prediction %v must be positive", p.Prediction)
	case p.Horizon < 0:
		return fmt.Errorf("horizon %d must be positive", p.Horizon)
	case !(p.Prune <= 0):
		return fmt.Errorf("prune %v must be negative", p.Prune)
	case !(p.Epsilon >= 0 && p.Epsilon <= 1):
		return fmt.Errorf("epsilon %v is not between 0 and 1", p.Epsilon)
	case !(p.Temperature >= 0), !(p.StepSize >= 0), !(p.Drift >= 0):
		return fmt.Errorf("temperature %v, step size %v and drift %v must not be negative", p.Temperature, p.StepSize, p.Drift)
	}
	return nil
}

// Set returns the names of the settings that p sets, in the order of
// [Settings].
func (p Params) Set() []string {
	var names []string
	for _, s := range settings {
		if s.isSet(&p) {
			names = append(names, s.Name)
		}
	}
	return names
}

// What the members of the CFR family share.
var (
	tables    = []string{"threads", "float32", "history-form", "track-regret"}
	averaging = append([]string{"gamma"}, tables...)
	predicted = append([]string{"prediction"}, averaging...)
	scheduled = append([]string{"horizon"}, tables...)
)

// registry lists the algorithms, in the order in which help shows them. It is
// filled by init, since the solvers refer to it.
var registry []Algorithm

func init() {
	fixed := func(rule func() Rule) func(Params) Rule { return func(Params) Rule { return rule() } }
	sampled := func(kind int) func(*Tree, Params) (Solver, error) {
		return func(t *Tree, p Params) (Solver, error) { return newMCCFR(t, p, kind), nil }
	}
	magnets := []string{"temperature", "step-size", "simultaneous", "drift"}
	registry = []Algorithm{
		{Name: "auto", Summary: "DCFR, PCFR+ and PDCFR+ side by side for 200 iterations; the least exploitable continues alone", Settings: tables,
			build: func(t *Tree, p Params) (Solver, error) { return newAuto(t, p) }},
		{Name: "cfr", Summary: "counterfactual regret minimisation, players in turn", Settings: averaging, rule: fixed(CFRRule)},
		{Name: "cfr-simultaneous", Summary: "counterfactual regret minimisation, all players at once", Settings: averaging,
			rule: func(Params) Rule {
				rule := CFRRule()
				rule.Simultaneous = true
				return rule
			}},
		{Name: "cfr+", Summary: "CFR+ with linear averaging", Settings: averaging, rule: fixed(CFRPlusRule)},
		{Name: "linear-cfr", Summary: "linear CFR", Settings: averaging, rule: fixed(LinearCFRRule)},
		{Name: "dcfr", Summary: "discounted CFR", Settings: averaging, rule: fixed(DCFRRule)},
		{Name: "dcfr+", Summary: "discounted CFR+", Settings: averaging, rule: fixed(DCFRPlusRule)},
		{Name: "pcfr+", Summary: "predictive CFR+", Settings: predicted, rule: fixed(PCFRPlusRule)},
		{Name: "pdcfr+", Summary: "predictive discounted CFR+", Settings: predicted, rule: fixed(PDCFRPlusRule)},
		{Name: "hs-dcfr", Summary: "discounted CFR with a schedule of its exponents", Settings: scheduled,
			rule: func(p Params) Rule { return HSDCFRRule(p.horizon()) }},
		{Name: "hs-pcfr+", Summary: "predictive CFR+ with a schedule of its averaging", Settings: append([]string{"prediction"}, scheduled...),
			rule: func(p Params) Rule { return HSPCFRPlusRule(p.horizon()) }},
		{Name: "mccfr-external", Summary: "Monte Carlo CFR with external sampling", Settings: []string{"seed", "baselines", "prune"}, build: sampled(externalSampling)},
		{Name: "mccfr-outcome", Summary: "Monte Carlo CFR with outcome sampling", Settings: []string{"seed", "baselines", "epsilon"},
			build: sampled(outcomeSampling)},
		{Name: "mccfr-chance", Summary: "Monte Carlo CFR with chance sampling", Settings: []string{"seed"}, build: sampled(chanceSampling)},
		{Name: "mmd", Summary: "magnetic mirror descent, annealed towards a Nash equilibrium", Settings: magnets,
			build: func(t *Tree, p Params) (Solver, error) { return newMMD(t, p, true) }},
		{Name: "mmd-fixed", Summary: "magnetic mirror descent with a fixed magnet, towards the quantal equilibrium of its temperature", Settings: magnets,
			build: func(t *Tree, p Params) (Solver, error) { return newMMD(t, p, false) }},
		{Name: "xfp", Summary: "extensive-form fictitious play",
			build: func(t *Tree, p Params) (Solver, error) { return newXFP(t, p) }},
		{Name: "psro", Summary: "policy-space response oracles with exact best responses (double oracle)",
			build: func(t *Tree, p Params) (Solver, error) { return newPSRO(t, p) }},
		{Name: "lp", Summary: "the exact sequence-form linear program, for small games",
			build: func(t *Tree, p Params) (Solver, error) { return newLinear(t, p) }},
	}
}

// Registry returns the algorithms that [New] knows, in the order in which help
// lists them.
func Registry() []Algorithm { return slices.Clone(registry) }

// Lookup returns the algorithm of a name, or false.
func Lookup(name string) (*Algorithm, bool) {
	for i := range registry {
		if registry[i].Name == name {
			return &registry[i], true
		}
	}
	return nil, false
}

// Algorithms returns the names that [New] knows, in the order of [Registry].
func Algorithms() []string {
	var names []string
	for i := range registry {
		names = append(names, registry[i].Name)
	}
	return names
}
