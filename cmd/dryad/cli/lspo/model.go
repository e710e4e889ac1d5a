package lspo

import (
	"context"
	"errors"
	"path/filepath"
	"sync"

	"dryad/job"
	"dryad/llm"
	"dryad/llm/embed"
	"dryad/llm/embed/sentence"
	"dryad/lspo/chat"
	"dryad/lspo/prefer"
	"dryad/lspo/vectors"
)

// lspoAnswers is the file that a model's answers are recorded in.
const lspoAnswers = "model.jsonl"

// chatter returns the chat model of the settings as a speaker. Nothing is asked
// before somebody speaks.
func (s *lspoSession) chatter() (*chat.Language, error) {
	p := chat.Params{
		Model: s.settings.Model, Provider: s.provider,
		MaxTokens: s.settings.Asking.AnswerTokens, Temperature: s.settings.Asking.Temperature,
		TalkOnly: s.settings.Deeds == "belief",
		Fault:    func(err error) { s.env.Logf("no use of an answer: %v", err) },
	}
	if s.settings.TrainerExec != "" {
		p.Trainer = &chat.Trainer{
			Command: s.settings.TrainerExec, Folder: filepath.Join(s.folder, "trainer"),
			Format: prefer.Format(s.settings.TrainerFormat), Output: s.env.Stderr,
		}
	}
	return chat.New(p)
}

// provider returns who answers for a model, under the run's budget and
// recording.
func (s *lspoSession) provider(model string) (llm.Provider, error) {
	if s.model == nil {
		session, err := s.settings.Asking.Open(s.env, model, filepath.Join(s.folder, lspoAnswers))
		if err != nil {
			return nil, err
		}
		s.model = session
		return session.Provider, nil
	}
	return s.model.Named(s.env, s.settings.Asking, model)
}

// lspoAsked is what a run has asked a chat model.
type lspoAsked struct {
	PromptTokens int     `json:"prompt_tokens"`
	AnswerTokens int     `json:"answer_tokens"`
	Dollars      float64 `json:"dollars"`
	Estimated    bool    `json:"estimated"`
}

// asked returns what was spent on a model, nil without one that costs.
func (s *lspoSession) asked() *lspoAsked {
	if s.model == nil || s.model.Replay {
		return nil
	}
	usage, dollars := s.model.Budget.Spent()
	return &lspoAsked{usage.Prompt, usage.Answer, dollars, usage.Estimated}
}

// spentReason returns the reason of an error that says that a model's budget is
// spent; GoOn for every other.
func spentReason(err error) job.Stop {
	var spent *llm.SpentError
	switch {
	case !errors.As(err, &spent):
		return job.GoOn
	case spent.Dollars:
		return job.MaxDollars
	}
	return job.MaxTokens
}

// embedder returns the embedder of the settings, with its vectors kept in the
// run's store.
func (s *lspoSession) embedder() (embed.Embedder, error) {
	kept := vectors.In(s.store)
	switch s.settings.Embedder {
	case "ngrams":
		return embed.NewNGrams(0), nil
	case "endpoint":
		e := &lateEmbedder{session: s, kept: kept}
		return embed.NewCached(e, kept, e.name()), nil
	}
	encoder, err := sentence.New(sentence.Params{})
	if err != nil {
		return nil, err
	}
	return embed.NewCached(encoder, kept, sentence.Name), nil
}

// lateEmbedder asks an endpoint for what is not in the store, and connects to it
// only then: a finished run is looked at without it.
type lateEmbedder struct {
	session    *lspoSession
	kept       embed.Cache
	mutex      sync.Mutex
	client     *embed.Client
	dimensions int
}

// probe is the word whose vector tells the number of dimensions.
const probe = "test"

func (e *lateEmbedder) name() string { return "endpoint/" + e.session.settings.EmbeddingModel }

// connect is called with the mutex held.
func (e *lateEmbedder) connect(ctx context.Context) error {
	if e.client != nil {
		return nil
	}
	asking := e.session.settings.Asking
	client, err := embed.Connect(ctx, embed.ClientParams{
		BaseURL: e.session.settings.EmbeddingURL, Key: e.session.env.Getenv(asking.KeyVariable), Model: e.session.settings.EmbeddingModel,
	})
	if err != nil {
		return err
	}
	e.client, e.dimensions = client, client.Dimensions()
	return nil
}

// ready learns the number of dimensions, from the store if it is there.
func (e *lateEmbedder) ready() error {
	ctx := e.session.env.Context
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.dimensions > 0 {
		return nil
	}
	known, err := e.kept.Lookup(ctx, e.name(), []string{probe})
	if err != nil {
		return err
	}
	if e.dimensions = len(known[0]); e.dimensions > 0 {
		return nil
	}
	if err := e.connect(ctx); err != nil {
		return err
	}
	vector, err := e.client.Embed(ctx, []string{probe})
	if err != nil {
		return err
	}
	return e.kept.Keep(ctx, e.name(), []string{probe}, vector)
}

// Dimensions implements embed.Embedder; it is 0 if the endpoint cannot be
// reached, which Embed will say.
func (e *lateEmbedder) Dimensions() int {
	if e.ready() != nil {
		return 0
	}
	return e.dimensions
}

// Embed implements embed.Embedder.
func (e *lateEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if err := e.ready(); err != nil {
		return nil, err
	}
	e.mutex.Lock()
	err := e.connect(ctx)
	e.mutex.Unlock()
	if err != nil {
		return nil, err
	}
	return e.client.Embed(ctx, texts)
}
