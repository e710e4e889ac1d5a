package lspo

import (
	"errors"
	"fmt"

	"dryad/cmd/dryad/cli/frame"
	"dryad/lspo/werewolf"
)

// lspoSettings determine the result of a run. Those from Preset on are for
// werewolf.
type lspoSettings struct {
	Game       string  `json:"game"`
	Iterations int     `json:"iterations"`
	Embedder   string  `json:"embedder"`
	Seed       uint64  `json:"seed"`
	Preset     string  `json:"preset"`
	Players    int     `json:"players"`
	Clusters   int     `json:"clusters"`
	Games      int     `json:"games"`
	CFR        int     `json:"cfr,omitempty"`
	Steps      int     `json:"steps,omitempty"`
	Train      string  `json:"train"`
	Literal    bool    `json:"literal"`
	Payoff     string  `json:"payoff,omitempty"`
	Rounds     int     `json:"rounds,omitempty"`
	Momentum   float64 `json:"momentum,omitempty"`
	// Abstraction is empty in runs from before there was a choice.
	Abstraction string `json:"abstraction,omitempty"`
	Beliefs     string `json:"beliefs,omitempty"`

	Model          string            `json:"model,omitempty"`
	Deeds          string            `json:"deeds,omitempty"`
	TrainerExec    string            `json:"trainer_exec,omitempty"`
	TrainerFormat  string            `json:"trainer_format,omitempty"`
	EmbeddingModel string            `json:"embedding_model,omitempty"`
	EmbeddingURL   string            `json:"embedding_url,omitempty"`
	Asking         *frame.ModelFlags `json:"asking,omitempty"`
}

func (c *runCommand) settings() lspoSettings {
	s := lspoSettings{
		Game: c.Game, Iterations: 3, Embedder: c.Embedder, Seed: c.Seed,
		Preset: c.Preset, Players: c.Players, Clusters: c.Clusters, Games: c.Games, CFR: c.CFR, Steps: c.Steps, Train: c.Train, Literal: c.Literal,
		Payoff: c.Payoff, Rounds: c.Rounds, Momentum: c.Momentum,
		Model: c.Model, Deeds: c.Deeds, TrainerExec: c.TrainerExec, TrainerFormat: c.TrainerFormat,
		EmbeddingModel: c.EmbeddingModel, EmbeddingURL: c.EmbeddingURL,
	}
	if c.Iterations != nil {
		s.Iterations = *c.Iterations
	}
	if s.Abstraction = c.Abstraction; s.Abstraction == "" && s.Game == "werewolf" {
		s.Abstraction = werewolf.Targets
		if s.Players <= 4 {
			s.Abstraction = werewolf.Clusters
		}
	}
	if s.Abstraction == werewolf.Targets {
		s.Beliefs = c.Beliefs
	}
	if s.Embedder == "endpoint" && s.EmbeddingURL == "" {
		s.EmbeddingURL = c.BaseURL
	}
	if c.Asked(c.Model) || s.Embedder == "endpoint" {
		s.Asking = &c.ModelFlags
	}
	return s
}

// extend takes over what a resuming command line may change: the length of the
// run and what it may spend.
func (s *lspoSettings) extend(c *runCommand) {
	if c.Iterations != nil {
		s.Iterations = max(s.Iterations, *c.Iterations)
	}
	if s.Asking == nil {
		return
	}
	if c.MaxTokens > 0 {
		s.Asking.MaxTokens = c.MaxTokens
	}
	if c.MaxDollars > 0 {
		s.Asking.MaxDollars = c.MaxDollars
	}
}

// talks says whether a chat model is the speaker.
func (s *lspoSettings) talks() bool { return s.Asking != nil && s.Asking.Asked(s.Model) }

// remote says whether agents of the run ask an endpoint as they play.
func (s *lspoSettings) remote() bool { return s.talks() || s.Embedder == "endpoint" }

func (s *lspoSettings) check() error {
	if s.Iterations < 1 {
		return fmt.Errorf("--iterations %d: there must be at least 1", s.Iterations)
	}
	if s.Embedder == "endpoint" && s.EmbeddingModel == "" {
		return errors.New("--embedder endpoint needs --embedding-model")
	}
	switch s.Game {
	case "rpsls":
		if s.Clusters != 0 || s.Games != 0 || s.CFR != 0 || s.Steps != 0 || s.Literal || s.Rounds > 1 || s.Momentum != 0 || s.Payoff == "shaped" || s.Abstraction != "" {
			return errors.New("--clusters, --games, --cfr, --steps, --literal, --payoff, --abstraction, --rounds and --momentum are for werewolf")
		}
		if s.talks() || s.TrainerExec != "" {
			return errors.New("a model and a trainer are for werewolf")
		}
		return nil
	case "werewolf":
		return s.checkWerewolf()
	case "":
		return errors.New("name a game: dryad lspo run werewolf, or rpsls")
	}
	return fmt.Errorf("lspo does not play %q: there are werewolf and rpsls", s.Game)
}

func (s *lspoSettings) checkWerewolf() error {
	if _, err := s.werewolf(); err != nil {
		return err
	}
	switch {
	case s.TrainerExec != "" && !s.talks():
		return errors.New("--trainer-exec trains a chat model: give --model and --base-url, or --llm-exec 'COMMAND'")
	case s.talks() && (s.Train != "dpo" || s.Rounds > 1 || s.Momentum != 0):
		return errors.New("--train, --rounds and --momentum are for the embedded speaker: a model is trained by --trainer-exec")
	case s.Rounds < 1 || s.Rounds > 100:
		return fmt.Errorf("--rounds %d: 1 to 100 are possible", s.Rounds)
	case s.Momentum < 0 || s.Momentum >= 1:
		return fmt.Errorf("--momentum %g: it is 0 to below 1", s.Momentum)
	case s.Momentum > 0 && s.Rounds == 1:
		return errors.New("--momentum acts between rounds: give --rounds 2 or more")
	}
	return nil
}
