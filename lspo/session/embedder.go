package session

import (
	"context"
	"sync"

	"dryad/llm/embed"
	"dryad/llm/embed/sentence"
	"dryad/lspo/vectors"
)

// embedder returns the embedder of the settings, with its vectors kept in the
// run's store.
func (s *Session) embedder() (embed.Embedder, error) {
	kept := vectors.In(s.store)
	settings := &s.params.Settings
	switch settings.Embedder {
	case NGrams:
		return embed.NewNGrams(0), nil
	case Endpoint:
		e := &lateEmbedder{kept: kept, params: embed.ClientParams{
			BaseURL: settings.EmbeddingURL, Key: s.params.EmbeddingKey, Model: settings.EmbeddingModel,
		}}
		return embed.NewCached(e, kept, e.name()), nil
	}
	encoder, err := sentence.New(sentence.Params{})
	if err != nil {
		return nil, err
	}
	return embed.NewCached(encoder, kept, sentence.Name), nil
}

// lateEmbedder asks an endpoint for what is not in the store. It connects only
// then, so that a finished run can be looked at without the endpoint.
type lateEmbedder struct {
	params     embed.ClientParams
	kept       embed.Cache
	mutex      sync.Mutex
	client     *embed.Client
	dimensions int
}

// probe is the word whose vector tells the number of dimensions.
const probe = "test"

func (e *lateEmbedder) name() string { return "endpoint/" + e.params.Model }

// connect is called with the mutex held.
func (e *lateEmbedder) connect(ctx context.Context) error {
	if e.client != nil {
		return nil
	}
	client, err := embed.Connect(ctx, e.params)
	if err != nil {
		return err
	}
	e.client, e.dimensions = client, client.Dimensions()
	return nil
}

// ready learns the number of dimensions, from the store if it is there.
func (e *lateEmbedder) ready(ctx context.Context) error {
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
// reached: the error is that of Embed.
func (e *lateEmbedder) Dimensions() int {
	if e.ready(context.Background()) != nil {
		return 0
	}
	return e.dimensions
}

// Embed implements embed.Embedder.
func (e *lateEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if err := e.ready(ctx); err != nil {
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
