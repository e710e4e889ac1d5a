package lspo

import (
	"fmt"
	"path/filepath"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/label"
	"dryad/job"
	"dryad/llm"
	"dryad/lspo/chat"
	"dryad/lspo/prefer"
	"dryad/lspo/session"
)

// answersFile is the file that a model's answers are recorded in.
const answersFile = "model.jsonl"

// opened is a session with the chat model that speaks in it.
type opened struct {
	*session.Session
	env      *frame.Env
	settings settings
	model    *frame.ModelSession // nil unless a chat model was asked
}

// open opens the run of a folder. The caller closes it.
func open(env *frame.Env, folder string, s settings) (*opened, error) {
	o := &opened{env: env, settings: s}
	p := session.Params{Folder: folder, Settings: s.Settings, Acts: acts, Version: frame.Version}
	if s.Asking != nil {
		p.EmbeddingKey = env.Getenv(s.Asking.KeyVariable)
	}
	if s.talks() {
		language, err := o.chat(folder)
		if err != nil {
			return nil, err
		}
		p.Language = language
		// Most of the time of a match is waiting.
		p.Workers = max(workers(), s.Asking.LLMConcurrent)
	}
	var err error
	o.Session, err = session.Open(env.Context, p)
	return o, err
}

// acts are those of the embedded speaker's grammar.
func acts(v *rules.View, text string) (int, bool) {
	act, _, known := label.Of(v, text)
	return act, known
}

// inspect opens a run to read it.
func inspect(env *frame.Env, folder string) (*opened, error) {
	var s settings
	kind, _, err := job.Inspect(folder, &s)
	if err != nil {
		return nil, err
	}
	if kind != "lspo" {
		return nil, fmt.Errorf("%s is a run of %q, not of lspo", folder, kind)
	}
	return open(env, folder, s)
}

func (o *opened) close() {
	if o.model != nil {
		o.model.Close()
	}
	o.Close()
}

// chat returns the chat model of the settings as a speaker. Nothing is asked
// before somebody speaks.
func (o *opened) chat(folder string) (*chat.Language, error) {
	s := &o.settings
	p := chat.Params{
		Model: s.Model, Provider: func(model string) (llm.Provider, error) { return o.provider(folder, model) },
		MaxTokens: s.Asking.AnswerTokens, Temperature: s.Asking.Temperature,
		TalkOnly: s.Deeds == "belief", Constrain: s.Constrain,
		Fault: func(err error) { o.env.Logf("no use of an answer: %v", err) },
	}
	if s.TrainerExec != "" {
		p.Trainer = &chat.Trainer{
			Command: s.TrainerExec, Folder: filepath.Join(folder, "trainer"),
			Format: prefer.Format(s.TrainerFormat), Output: o.env.Stderr,
		}
	}
	return chat.New(p)
}

// provider returns who answers for a model, under the run's budget and
// recording.
func (o *opened) provider(folder, model string) (llm.Provider, error) {
	if o.model == nil {
		asked, err := o.settings.Asking.Open(o.env, model, filepath.Join(folder, answersFile))
		if err != nil {
			return nil, err
		}
		o.model = asked
		return asked.Provider, nil
	}
	return o.model.Named(o.env, o.settings.Asking, model)
}

// asked is what a run has asked a chat model.
type asked struct {
	PromptTokens int     `json:"prompt_tokens"`
	AnswerTokens int     `json:"answer_tokens"`
	Dollars      float64 `json:"dollars"`
	Estimated    bool    `json:"estimated"`
}

// asked returns what was spent on a model, nil without one that costs.
func (o *opened) asked() *asked {
	if o.model == nil || o.model.Replay {
		return nil
	}
	usage, dollars := o.model.Budget.Spent()
	return &asked{usage.Prompt, usage.Answer, dollars, usage.Estimated}
}
