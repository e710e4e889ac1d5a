package session

import (
	"errors"
	"fmt"

	"dryad/cfr/deep"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/llm/embed"
	"dryad/llm/embed/sentence"
	"dryad/lspo/werewolf"
)

// The games.
const (
	Werewolf    = "werewolf"
	RPSLS       = "rpsls"
	Negotiation = "negotiation"
)

// The embedders.
const (
	Sentence = "sentence" // Universal Sentence Encoder lite, built in
	NGrams   = "ngrams"   // hashed words
	Endpoint = "endpoint" // /v1/embeddings of an endpoint
)

// Settings determine the result of a run. Their zero values are the defaults;
// those from Preset on are for Werewolf.
type Settings struct {
	Game       string `json:"game"`
	Iterations int    `json:"iterations"` // 3 by default
	Embedder   string `json:"embedder"`   // Sentence by default
	Seed       uint64 `json:"seed"`
	// Preset is "quick", the default, or "paper": the numbers of the paper.
	Preset string `json:"preset"`
	// Players at the table; 7 by default.
	Players int `json:"players"`
	// Clusters of every role in every iteration; 0 for the paper's growing
	// numbers.
	Clusters int `json:"clusters"`
	// Games, CFR and Steps, when positive, are used in place of the preset's
	// matches, iterations of Deep CFR, and training steps.
	Games int `json:"games"`
	CFR   int `json:"cfr,omitempty"`
	Steps int `json:"steps,omitempty"`
	// Train is how the embedded speaker learns: dpo, the default, ipo, kto, sppo
	// or inpo; in so many Rounds (1 by default) with Momentum between them.
	Train    string  `json:"train"`
	Rounds   int     `json:"rounds,omitempty"`
	Momentum float64 `json:"momentum,omitempty"`
	// LowerRegret, Payoff and Abstraction are those of werewolf.Params.
	LowerRegret bool   `json:"lower_regret,omitempty"`
	Payoff      string `json:"payoff,omitempty"`
	Abstraction string `json:"abstraction,omitempty"`
	// Beliefs is "cautious", the default, or "learned".
	Beliefs string `json:"beliefs,omitempty"`
	// CommonNumbers is "on" or "off", the default: whether Deep CFR gives the
	// actions of a decision the same random numbers.
	CommonNumbers string `json:"common_numbers,omitempty"`
	// EmbeddingModel and EmbeddingURL are for the embedder Endpoint.
	EmbeddingModel string `json:"embedding_model,omitempty"`
	EmbeddingURL   string `json:"embedding_url,omitempty"`
}

// complete fills in the defaults.
func (s *Settings) complete() {
	for _, d := range []struct {
		value    *string
		standard string
	}{{&s.Embedder, Sentence}, {&s.Preset, "quick"}, {&s.Train, "dpo"}} {
		if *d.value == "" {
			*d.value = d.standard
		}
	}
	for _, d := range []struct {
		value    *int
		standard int
	}{{&s.Iterations, 3}, {&s.Players, 7}, {&s.Rounds, 1}} {
		if *d.value == 0 {
			*d.value = d.standard
		}
	}
}

// Check reports what is wrong with the settings of a new run. The messages name
// the flags of dryad lspo run.
func (s *Settings) Check() error {
	if s.Iterations < 1 {
		return fmt.Errorf("--iterations %d: there must be at least 1", s.Iterations)
	}
	if s.Embedder == Endpoint && s.EmbeddingModel == "" {
		return errors.New("--embedder endpoint needs --embedding-model")
	}
	switch s.Game {
	case Negotiation:
		if s.Games < 0 || s.CFR < 0 {
			return fmt.Errorf("--games %d, --cfr %d: out of range", s.Games, s.CFR)
		}
		if s.Clusters != 0 || s.Steps != 0 || s.LowerRegret || s.Rounds > 1 || s.Momentum != 0 || s.Payoff == "shaped" || s.Abstraction != "" || s.CommonNumbers != "" || s.Train != "dpo" {
			return errors.New("--clusters, --steps, --train, --lower-regret, --payoff, --abstraction, --common-numbers, --rounds and --momentum are for werewolf")
		}
		return nil
	case RPSLS:
		if s.Clusters != 0 || s.Games != 0 || s.CFR != 0 || s.Steps != 0 || s.LowerRegret || s.Rounds > 1 || s.Momentum != 0 || s.Payoff == "shaped" || s.Abstraction != "" || s.CommonNumbers != "" {
			return errors.New("--clusters, --games, --cfr, --steps, --lower-regret, --payoff, --abstraction, --common-numbers, --rounds and --momentum are for werewolf")
		}
		return nil
	case Werewolf:
		return s.checkWerewolf()
	case "":
		return errors.New("name a game: dryad lspo run werewolf, negotiation or rpsls")
	}
	return fmt.Errorf("lspo does not play %q: there are werewolf, negotiation and rpsls", s.Game)
}

func (s *Settings) checkWerewolf() error {
	if _, err := s.Werewolf(); err != nil {
		return err
	}
	switch {
	case s.CommonNumbers != "" && s.CommonNumbers != "on" && s.CommonNumbers != "off":
		return fmt.Errorf("--common-numbers %q: it is on or off", s.CommonNumbers)
	case s.Rounds < 1 || s.Rounds > 100:
		return fmt.Errorf("--rounds %d: 1 to 100 are possible", s.Rounds)
	case s.Momentum < 0 || s.Momentum >= 1:
		return fmt.Errorf("--momentum %g: it is 0 to below 1", s.Momentum)
	case s.Momentum > 0 && s.Rounds == 1:
		return errors.New("--momentum acts between rounds: give --rounds 2 or more")
	}
	return nil
}

// Werewolf returns the parameters of the game that the settings describe, with
// the embedded speaker and without an embedder.
func (s *Settings) Werewolf() (werewolf.Params, error) {
	set, err := rules.Default("classic", s.Players)
	if err != nil {
		return werewolf.Params{}, err
	}
	if s.Clusters < 0 || s.Games < 0 || s.CFR < 0 || s.Steps < 0 || s.Clusters > 20 {
		return werewolf.Params{}, fmt.Errorf("--clusters %d, --games %d, --cfr %d, --steps %d: out of range", s.Clusters, s.Games, s.CFR, s.Steps)
	}
	p := werewolf.Params{
		Set: set, Clusters: s.Clusters, LowerRegret: s.LowerRegret, Payoff: s.Payoff, Abstraction: s.Abstraction,
		LearnedBeliefs: s.Beliefs == "learned", MaxSampleAttempts: 60,
		Language: werewolf.Embedded{Train: speaker.Params{Method: s.Train, Rounds: s.Rounds, Momentum: s.Momentum}},
	}
	if p.Abstraction == "" {
		p.Abstraction = werewolf.DefaultAbstraction(s.Players)
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
			p.Deep.WeightDecay, p.Deep.Epsilon = 4, 0.1
		}
	}
	p.Deep.Common = s.CommonNumbers == "on"
	if p.Abstraction == werewolf.Targets {
		p.Deep.AnchorRegret = 0.3
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

// EmbedderInMemory returns the embedder of the settings with a cache in memory,
// for agents that outlive the session. It is not for the embedder Endpoint.
func (s *Settings) EmbedderInMemory() (embed.Embedder, error) {
	if s.Embedder == NGrams {
		return embed.NewNGrams(0), nil
	}
	encoder, err := sentence.New(sentence.Params{})
	if err != nil {
		return nil, err
	}
	return embed.NewCached(encoder, embed.NewMemory(), sentence.Name), nil
}
