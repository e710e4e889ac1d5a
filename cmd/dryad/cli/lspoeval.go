package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/games/werewolf/speaker/label"
	"dryad/job"
	"dryad/lspo"
	"dryad/lspo/cluster"
	"dryad/lspo/werewolf"
	"dryad/store"
)

type lspoEvalCommand struct {
	RunFolder string `arg:"" name:"run" help:"Folder of a run of dryad lspo run werewolf."`
	Games     int    `default:"2000" help:"Matches in each cell; match i of every cell has the same deal." placeholder:"N"`
	Hearing   int    `default:"3" help:"Weight of what is said in votes and night moves, beside the solved policy; 0 is the policy alone, as in the paper." placeholder:"N"`

	seedFlag
	jsonFlag
}

// Help is the long help of the command.
func (lspoEvalCommand) Help() string {
	return strings.TrimSpace(`
Every iteration plays the werewolves and the village against the last one, and
the last one plays both sides against the baselines and without a part of what
it learned. All cells are played on the same deals, so that differences are
taken pair by pair; intervals are of 95 %.

  dryad lspo eval runs/lspo-1 --games 2000 --json`)
}

// lspoEval is the last line of lspo eval --json.
type lspoEval struct {
	Run        string              `json:"run"`
	Hearing    int                 `json:"hearing"`
	Iterations []lspoEvalIteration `json:"iterations"`
	Baselines  []lspoEvalAgent     `json:"baselines"`
	Ablations  []lspoEvalAgent     `json:"ablations"`
	Clusters   []lspoEvalClusters  `json:"clusters"`
	Missed     float64             `json:"no_candidate"` // part of the last iteration's speeches
	Seeds      lspoEvalSeeds       `json:"seeds"`
}

type lspoEvalSeeds struct {
	Run  uint64 `json:"run"`
	Eval uint64 `json:"eval"`
}

type lspoEvalIteration struct {
	Iteration  int                 `json:"iteration"`
	AsWolves   lspoEvalSide        `json:"as_wolves"`
	AsVillage  lspoEvalSide        `json:"as_village"`
	Prediction map[string]float64  `json:"prediction"`
	LastGains  lspoEvalDifferences `json:"last_over_this"`
}

// lspoEvalDifferences are win rates of the last iteration less those of this
// one, on the same deals.
type lspoEvalDifferences struct {
	AsWolves  werewolf.Gain `json:"as_wolves"`
	AsVillage werewolf.Gain `json:"as_village"`
}

type lspoEvalSide struct {
	Games      int                `json:"games"`
	WinRate    float64            `json:"win_rate"`
	Low        float64            `json:"ci_low"`
	High       float64            `json:"ci_high"`
	Prediction map[string]float64 `json:"prediction,omitempty"`
}

type lspoEvalAgent struct {
	Agent     string       `json:"agent"`
	AsWolves  lspoEvalSide `json:"as_wolves"`
	AsVillage lspoEvalSide `json:"as_village"`
}

type lspoEvalClusters struct {
	Iteration int     `json:"iteration"`
	Role      string  `json:"role"`
	Clusters  int     `json:"clusters"`
	Agreement float64 `json:"adjusted_rand"`
}

func (c *lspoEvalCommand) Run(env *Env) error {
	if c.Games < 1 || c.Hearing < 0 || c.Hearing > 10 {
		return fmt.Errorf("--games %d, --hearing %d: out of range", c.Games, c.Hearing)
	}
	session, err := inspectLSPO(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer session.close()
	if session.wolves == nil {
		return fmt.Errorf("%s is a run of %s: its figures are in %s", c.RunFolder, session.settings.Game, lspoResult)
	}
	iterations, err := session.complete()
	if err != nil {
		return err
	}
	e := &lspoEvaluation{command: c, game: session.wolves, iterations: iterations, result: lspoEval{
		Run: c.RunFolder, Hearing: c.Hearing, Seeds: lspoEvalSeeds{Run: session.settings.Seed, Eval: c.Seed},
	}}
	e.progress = job.NewProgress(job.ProgressParams{
		Out: env.Stderr, Terminal: env.Terminal, Label: "evaluate", Unit: "matches",
		Total: c.Games * (2*len(iterations) - 1 + 2*len(lspoBaselines()) + 4),
	})
	err = e.run(env.Context)
	e.progress.Close()
	if err != nil {
		return err
	}
	e.print(env)
	if c.JSON {
		return env.JSON(e.result)
	}
	return nil
}

// inspectLSPO opens the store of a run to read it.
func inspectLSPO(env *Env, folder string) (*lspoSession, error) {
	var settings lspoSettings
	kind, _, err := job.Inspect(folder, &settings)
	if err != nil {
		return nil, err
	}
	if kind != "lspo" {
		return nil, fmt.Errorf("%s is a run of %q, not of lspo", folder, kind)
	}
	return openLSPO(env, folder, settings)
}

// complete returns the iterations that are complete.
func (s *lspoSession) complete() ([]lspo.Iteration, error) {
	policy, err := s.store.WorkResult(s.env.Context, lspoID, "start")
	var all []lspo.Iteration
	for n := 1; err == nil; n++ {
		it := lspo.Iteration{Number: n, Policy: policy}
		for _, part := range []struct {
			stage string
			into  *[]byte
		}{{"construct", &it.Space}, {"solve", &it.Solution}, {"expand", &it.Next}} {
			if err == nil {
				*part.into, err = s.store.WorkResult(s.env.Context, lspoID, fmt.Sprintf("iteration %d/%s", n, part.stage))
			}
		}
		if err == nil {
			all = append(all, it)
			policy = it.Next
		}
	}
	if !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if len(all) == 0 {
		return nil, errors.New("the run has no complete iteration yet: go on with dryad lspo run --resume")
	}
	return all, nil
}

// lspoBaselines are who the last iteration is measured against.
func lspoBaselines() []struct {
	name  string
	agent wolf.Agent
} {
	return []struct {
		name  string
		agent wolf.Agent
	}{
		{"random", agents.Random{}},
		{"talker", agents.Talker{Speaker: speaker.New()}},
		{"heuristic", agents.Heuristic{}},
	}
}

// lspoEvaluation plays the cells.
type lspoEvaluation struct {
	command    *lspoEvalCommand
	game       *werewolf.Game
	iterations []lspo.Iteration
	progress   *job.Progress
	result     lspoEval
}

func (e *lspoEvaluation) meet(ctx context.Context, wolves, village wolf.Agent) (*werewolf.Cell, error) {
	return e.game.Meet(ctx, wolves, village, e.command.Games, e.command.Seed, func() { e.progress.Add(1) })
}

func (e *lspoEvaluation) run(ctx context.Context) error {
	var players []*werewolf.Agent
	for _, it := range e.iterations {
		a, err := e.game.Agent(it, werewolf.AgentParams{Hearing: e.command.Hearing})
		if err != nil {
			return err
		}
		players = append(players, a)
	}
	last := players[len(players)-1]
	both, err := e.meet(ctx, last, last)
	if err != nil {
		return err
	}
	speeches, missed := last.Missed()
	e.result.Missed = float64(missed) / float64(max(speeches, 1))
	for i, a := range players {
		asWolves, asVillage := both, both
		if a != last {
			if asWolves, err = e.meet(ctx, a, last); err != nil {
				return err
			}
			if asVillage, err = e.meet(ctx, last, a); err != nil {
				return err
			}
		}
		row := lspoEvalIteration{
			Iteration: i + 1, AsWolves: e.side(asWolves, rules.Wolves), AsVillage: e.side(asVillage, rules.Village),
			Prediction: e.prediction(asVillage, rules.Village),
			LastGains:  lspoEvalDifferences{AsWolves: both.Over(asWolves), AsVillage: asVillage.Over(both)},
		}
		e.result.Iterations = append(e.result.Iterations, row)
	}
	for _, b := range lspoBaselines() {
		row, err := e.against(ctx, b.name, b.agent, last)
		if err != nil {
			return err
		}
		e.result.Baselines = append(e.result.Baselines, row)
	}
	final := e.iterations[len(e.iterations)-1]
	for _, ablation := range []struct {
		name   string
		params werewolf.AgentParams
	}{
		{"without fine-tuning", werewolf.AgentParams{Hearing: e.command.Hearing, Untrained: true}},
		{"without policy learning", werewolf.AgentParams{Unsolved: true}},
	} {
		if ablation.params.Untrained {
			final.Policy = e.iterations[0].Policy
		}
		a, err := e.game.Agent(final, ablation.params)
		if err != nil {
			return err
		}
		row, err := e.against(ctx, ablation.name, a, last)
		if err != nil {
			return err
		}
		e.result.Ablations = append(e.result.Ablations, row)
	}
	return e.agreement()
}

// against plays both sides of an agent against the last iteration.
func (e *lspoEvaluation) against(ctx context.Context, name string, a wolf.Agent, last *werewolf.Agent) (lspoEvalAgent, error) {
	row := lspoEvalAgent{Agent: name}
	cell, err := e.meet(ctx, a, last)
	if err != nil {
		return row, err
	}
	row.AsWolves = e.side(cell, rules.Wolves)
	if cell, err = e.meet(ctx, last, a); err != nil {
		return row, err
	}
	row.AsVillage = e.side(cell, rules.Village)
	return row, nil
}

// side returns the record of a cell as one side sees it.
func (e *lspoEvaluation) side(c *werewolf.Cell, team int) lspoEvalSide {
	record := c.Record()
	if team == rules.Village {
		record = record.Reversed()
	}
	interval := record.Interval(0.95)
	return lspoEvalSide{
		Games: record.Games(), WinRate: record.Score(), Low: interval.Low, High: interval.High, Prediction: e.prediction(c, team),
	}
}

// prediction returns how often a side was right about others' roles.
func (e *lspoEvaluation) prediction(c *werewolf.Cell, team int) map[string]float64 {
	p := &c.Predictions[team]
	all := map[string]float64{}
	for _, role := range e.game.Set().Kinds() {
		name := role.String()
		if role == rules.Werewolf {
			name = "wolf"
		}
		if p.All[role] > 0 {
			all[name] = p.Accuracy(role)
		}
	}
	if len(all) > 0 {
		all["all"] = p.Accuracy(rules.Unknown)
	}
	return all
}

// agreement compares clusters with the speech acts behind the texts.
func (e *lspoEvaluation) agreement() error {
	for _, it := range e.iterations {
		said, err := e.game.Said(context.Background(), it)
		if err != nil {
			return err
		}
		for _, role := range e.game.Set().Kinds() {
			var clusters, acts []int
			different := map[int]bool{}
			for _, s := range said {
				if act, _, ok := label.Of(s.View, s.Text); ok && s.View.Role == role {
					clusters, acts = append(clusters, s.Strategy), append(acts, act)
					different[s.Strategy] = true
				}
			}
			index, err := cluster.AdjustedRand(clusters, acts)
			if err != nil {
				return err
			}
			e.result.Clusters = append(e.result.Clusters, lspoEvalClusters{it.Number, role.String(), len(different), index})
		}
	}
	return nil
}

// print writes the tables for people.
func (e *lspoEvaluation) print(env *Env) {
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	show := func(s lspoEvalSide) string { return fmt.Sprintf("%.3f [%.3f, %.3f]", s.WinRate, s.Low, s.High) }
	fmt.Fprintf(w, "against iteration %d\tas wolves\tas village\tlast is better as wolves by\tas village by\n", len(e.iterations))
	for _, it := range e.result.Iterations {
		wolves, village := it.LastGains.AsWolves, it.LastGains.AsVillage
		fmt.Fprintf(w, "iteration %d\t%s\t%s\t%+.3f [%+.3f, %+.3f]\t%+.3f [%+.3f, %+.3f]\n", it.Iteration, show(it.AsWolves), show(it.AsVillage),
			wolves.Mean, wolves.Low, wolves.High, village.Mean, village.Low, village.High)
	}
	for _, a := range append(e.result.Baselines, e.result.Ablations...) {
		fmt.Fprintf(w, "%s\t%s\t%s\n", a.Agent, show(a.AsWolves), show(a.AsVillage))
	}
	w.Flush()
	env.Printf("\nroles predicted rightly, by the village\n")
	w = tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, it := range e.result.Iterations {
		fmt.Fprintf(w, "iteration %d", it.Iteration)
		for _, role := range []string{"wolf", "seer", "doctor", "villager", "all"} {
			if p, ok := it.Prediction[role]; ok {
				fmt.Fprintf(w, "\t%s %.2f", role, p)
			}
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	env.Printf("\nclusters against the acts behind the texts, adjusted Rand index\n")
	w = tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, c := range e.result.Clusters {
		fmt.Fprintf(w, "iteration %d\t%s\t%d clusters\t%.2f\n", c.Iteration, c.Role, c.Clusters, c.Agreement)
	}
	w.Flush()
	env.Printf("\nin %.0f%% of the last iteration's speeches no candidate was of the strategy drawn\n", 100*e.result.Missed)
}
