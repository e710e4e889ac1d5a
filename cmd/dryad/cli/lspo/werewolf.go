package lspo

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"dryad/cfr/deep"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/chat"
	"dryad/lspo/latent"
	"dryad/lspo/werewolf"
)

// estimate says how long a run with the paper's numbers will take.
func (s *lspoSession) estimate() error {
	p, err := s.settings.werewolf()
	if err != nil {
		return err
	}
	s.env.Logf("the paper's numbers: %d matches and %d iterations of Deep CFR in each iteration; measuring how long that takes", p.Games, p.Iterations)
	// A chat model is not asked for this: its answers would cost.
	p.Embedder, p.Workers = embed.NewNGrams(0), runtime.GOMAXPROCS(0)
	game, err := werewolf.New(p)
	if err != nil {
		return err
	}
	e, err := game.Estimate(s.env.Context, s.settings.Seed)
	if err != nil {
		return err
	}
	each := game.Iteration(e)
	s.env.Logf("one iteration of Deep CFR takes %v here: expect about %s for each iteration, %s for all %d",
		e.CFR.Round(time.Millisecond), inWords(each), inWords(time.Duration(s.settings.Iterations)*each), s.settings.Iterations)
	if s.settings.talks() {
		s.env.Logf("the time of the model's answers comes on top")
	}
	return nil
}

// inWords says a long time roughly.
func inWords(d time.Duration) string {
	switch {
	case d < 90*time.Minute:
		return fmt.Sprintf("%.0f minutes", max(1, d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%.0f hours", d.Hours())
	}
	return fmt.Sprintf("%.1f days", d.Hours()/24)
}

// werewolf returns the parameters of the game that the settings describe, but
// for the embedder.
func (s *lspoSettings) werewolf() (werewolf.Params, error) {
	set, err := rules.Default("classic", s.Players)
	if err != nil {
		return werewolf.Params{}, err
	}
	if s.Clusters < 0 || s.Games < 0 || s.CFR < 0 || s.Steps < 0 || s.Clusters > 20 {
		return werewolf.Params{}, fmt.Errorf("--clusters %d, --games %d, --cfr %d, --steps %d: out of range", s.Clusters, s.Games, s.CFR, s.Steps)
	}
	p := werewolf.Params{
		Set: set, Clusters: s.Clusters, Literal: s.Literal, Payoff: s.Payoff,
		Language: werewolf.Embedded{Train: speaker.Params{Method: s.Train, Rounds: s.Rounds, Momentum: s.Momentum}},
	}
	if p.Abstraction = s.Abstraction; p.Abstraction == "" {
		p.Abstraction = werewolf.Clusters
	}
	p.Learned = s.Beliefs == "learned"
	if !s.talks() {
		p.Thoughts = 12 // a chat model is asked once
	}
	if s.Preset == "paper" {
		p.Games, p.Iterations, p.Pairs = 1000, 1500, 1<<20
		p.Deep = deep.Params{
			Depth: 3, Traversals: 200, Steps: 100, Batch: 4096, LearningRate: 1e-3, Buffer: 500_000, AverageBuffer: 500_000,
		}
	} else {
		p.Games, p.Iterations = 400, 30
		p.Deep = deep.Params{
			Depth: 3, Traversals: 60, Steps: 80, AverageSteps: 800, Batch: 128, Buffer: 40_000, AverageBuffer: 40_000,
		}
		if p.Abstraction == werewolf.Targets {
			p.Iterations = 40
			p.Deep.Traversals, p.Deep.Batch, p.Deep.AverageSteps, p.Deep.Hidden = 90, 256, 2000, []int{32}
			p.Deep.WeightDecay, p.Deep.Explore = 4, 0.1
		}
	}
	if p.Abstraction == werewolf.Targets {
		p.Deep.Common, p.Deep.AnchorRegret = true, 0.3
	}
	if s.Games > 0 {
		p.Games = s.Games
	}
	if s.CFR > 0 {
		p.Iterations = s.CFR
	}
	if s.Steps > 0 {
		p.Deep.AverageSteps = s.Steps
	}
	return p, nil
}

// werewolfDomain says what there is to say about Werewolf.
type werewolfDomain struct {
	game  *werewolf.Game
	talks bool // by a chat model
}

func (werewolfDomain) groups(space []byte) ([]*latent.Group, error) {
	s, err := werewolf.ReadSpace(space)
	if err != nil {
		return nil, err
	}
	return s.Groups, nil
}

// werewolfFigures is an iteration of werewolf in lspo.json.
type werewolfFigures struct {
	Iteration int                `json:"iteration"`
	Clusters  map[string]int     `json:"clusters"`
	Width     map[string]float64 `json:"silhouette"`
	Pairs     int                `json:"pairs"`
	Lost      int                `json:"lost_turns"`
	Model     string             `json:"model,omitempty"`
	Abstract  *werewolf.Exact    `json:"abstract,omitempty"`
}

func (d werewolfDomain) figures(it lspo.Iteration) (any, string, error) {
	s, err := werewolf.ReadSpace(it.Space)
	if err != nil {
		return nil, "", err
	}
	solution, err := werewolf.ReadSolution(it.Solution)
	if err != nil {
		return nil, "", err
	}
	pairs, err := d.game.Pairs(context.Background(), it)
	if err != nil {
		return nil, "", err
	}
	f := werewolfFigures{
		Iteration: it.Number, Clusters: map[string]int{}, Width: map[string]float64{}, Pairs: len(pairs), Lost: s.Lost(), Abstract: solution.Exact,
	}
	line := fmt.Sprintf("iteration %d", it.Number)
	for _, g := range s.Groups {
		f.Clusters[g.Name], f.Width[g.Name] = len(g.Clusters), g.Silhouette
		line += fmt.Sprintf("\t%s %d", g.Name, len(g.Clusters))
	}
	line += fmt.Sprintf("\t%d pairs", len(pairs))
	if d.talks {
		policy, err := chat.ReadPolicy(it.Policy)
		if err != nil {
			return nil, "", err
		}
		f.Model = policy.Model
		line += fmt.Sprintf("\t%d turns lost\t%s", f.Lost, f.Model)
	}
	if e := solution.Exact; e != nil {
		line += fmt.Sprintf("\tabstract value of the werewolf %.3f, of the networks %.3f", e.Value, e.DeepValue)
	}
	return f, line, nil
}
