package lspo

import (
	"errors"

	"dryad/cmd/dryad/cli/frame"
	"dryad/lspo/session"
	"dryad/lspo/werewolf"
)

// settings determine the result of a run: those of the session, and the chat
// model that speaks.
type settings struct {
	session.Settings

	Model         string            `json:"model,omitempty"`
	Deeds         string            `json:"deeds,omitempty"`
	Constrain     bool              `json:"constrain,omitempty"`
	TrainerExec   string            `json:"trainer_exec,omitempty"`
	TrainerFormat string            `json:"trainer_format,omitempty"`
	Asking        *frame.ModelFlags `json:"asking,omitempty"`
}

func (c *runCommand) settings() settings {
	s := settings{
		Settings: session.Settings{
			Game: c.Game, Iterations: 3, Embedder: c.Embedder, Seed: c.Seed,
			Preset: c.Preset, Players: c.Players, Clusters: c.Clusters, Games: c.Games, CFR: c.CFR, Steps: c.Steps,
			Train: c.Train, LowerRegret: c.LowerRegret, Payoff: c.Payoff, CommonNumbers: c.CommonNumbers, Rounds: c.Rounds, Momentum: c.Momentum,
			EmbeddingModel: c.EmbeddingModel, EmbeddingURL: c.EmbeddingURL,
		},
		Model: c.Model, Deeds: c.Deeds, Constrain: c.Constrain != "off", TrainerExec: c.TrainerExec, TrainerFormat: c.TrainerFormat,
	}
	if c.Iterations != nil {
		s.Iterations = *c.Iterations
	}
	if s.Abstraction = c.Abstraction; s.Abstraction == "" && s.Game == session.Werewolf {
		s.Abstraction = werewolf.DefaultAbstraction(s.Players)
	}
	if s.Abstraction == werewolf.Targets {
		s.Beliefs = c.Beliefs
	}
	if s.Embedder == session.Endpoint && s.EmbeddingURL == "" {
		s.EmbeddingURL = c.BaseURL
	}
	if c.Asked(c.Model) || s.Embedder == session.Endpoint {
		s.Asking = &c.ModelFlags
	}
	return s
}

// extend takes over what a resuming command line may change: the length of the
// run and what it may spend.
func (s *settings) extend(c *runCommand) {
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

// talks reports whether a chat model is the speaker.
func (s *settings) talks() bool { return s.Asking != nil && s.Asking.Asked(s.Model) }

// remote reports whether agents of the run ask an endpoint as they play.
func (s *settings) remote() bool { return s.talks() || s.Embedder == session.Endpoint }

// check reports what is wrong with the settings of a new run.
func (s *settings) check() error {
	switch {
	case s.Game != session.Werewolf && s.Game != "" && (s.talks() || s.TrainerExec != ""):
		return errors.New("a model and a trainer are for werewolf")
	case s.TrainerExec != "" && !s.talks():
		return errors.New("--trainer-exec trains a chat model: give --model and --base-url, or --llm-exec 'COMMAND'")
	case s.Constrain && s.Asking != nil && s.Asking.LLMExec != "":
		return errors.New("--constrain is for an endpoint: what --llm-exec runs is sent no schema")
	case s.talks() && (s.Train != "dpo" || s.Rounds > 1 || s.Momentum != 0):
		return errors.New("--train, --rounds and --momentum are for the embedded speaker: a model is trained by --trainer-exec")
	}
	return s.Settings.Check()
}
