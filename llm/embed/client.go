package embed

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"
)

// ClientParams says which endpoint to ask and how.
type ClientParams struct {
	// BaseURL is what /embeddings is appended to, such as
	// http://localhost:11434/v1; empty means the service of OpenAI.
	BaseURL string
	// Key is sent as bearer token; local servers need none. It appears in no error.
	Key string
	// Model is the name that the endpoint knows the model by.
	Model string
	// Dimensions asks the endpoint to shorten its vectors, which not every model
	// can; 0 takes them as they come.
	Dimensions int
	// Batch is the number of texts of one request; 0 means 128.
	Batch int
	// Attempts is how often a request is tried; 0 means 5.
	Attempts int
	// Wait is the pause before the second attempt, which doubles with each further
	// one; 0 means one second.
	Wait time.Duration
	// Timeout bounds one attempt; 0 means one minute.
	Timeout time.Duration
}

// Client is an Embedder that asks an endpoint which speaks OpenAI's /v1/embeddings.
type Client struct {
	params     ClientParams
	client     *openai.Client
	dimensions int
}

var _ Embedder = (*Client)(nil)

// Connect embeds one word to learn the number of dimensions, and so tells early
// of a wrong address, key or model.
func Connect(ctx context.Context, p ClientParams) (*Client, error) {
	if p.Model == "" {
		return nil, errors.New("embeddings client: no model is named")
	}
	if p.Batch <= 0 {
		p.Batch = 128
	}
	if p.Attempts <= 0 {
		p.Attempts = 5
	}
	if p.Wait <= 0 {
		p.Wait = time.Second
	}
	if p.Timeout <= 0 {
		p.Timeout = time.Minute
	}
	config := openai.DefaultConfig(p.Key)
	if p.BaseURL != "" {
		config.BaseURL = strings.TrimSuffix(p.BaseURL, "/")
	}
	config.HTTPClient = &bounded{http.Client{
		Timeout: p.Timeout,
		// A redirect would take the key and the texts to another place.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	c := &Client{params: p, client: openai.NewClientWithConfig(config)}
	vectors, err := c.request(ctx, []string{"test"})
	if err != nil {
		return nil, err
	}
	c.dimensions = len(vectors[0])
	return c, nil
}

// Dimensions implements Embedder.
func (c *Client) Dimensions() int { return c.dimensions }

// Embed implements Embedder. Requests follow one another; too many requests,
// faults of the server and broken connections are tried again after a pause.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, 0, len(texts))
	for batch := range slices.Chunk(texts, c.params.Batch) {
		part, err := c.request(ctx, batch)
		if err != nil {
			return nil, err
		}
		vectors = append(vectors, part...)
	}
	return vectors, nil
}

func (c *Client) request(ctx context.Context, texts []string) ([][]float32, error) {
	request := openai.EmbeddingRequest{
		Input:      slices.Clone(texts),
		Model:      openai.EmbeddingModel(c.params.Model),
		Dimensions: c.params.Dimensions,
	}
	for i, text := range texts {
		if text == "" {
			// Endpoints refuse empty inputs.
			request.Input.([]string)[i] = " "
		}
	}
	pause := c.params.Wait
	for attempt := 1; ; attempt++ {
		response, err := c.client.CreateEmbeddings(ctx, requestOf(request))
		if err == nil {
			var vectors [][]float32
			if vectors, err = c.read(response, len(texts)); err == nil {
				return vectors, nil
			}
			return nil, c.explain(err, attempt)
		}
		if ctx.Err() != nil {
			return nil, c.explain(ctx.Err(), attempt)
		}
		if attempt == c.params.Attempts || !passing(err) {
			return nil, c.explain(err, attempt)
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, c.explain(ctx.Err(), attempt)
		case <-timer.C:
		}
		pause *= 2
	}
}

// requestOf lets a plain request be given where go-openai wants a converter.
type requestOf openai.EmbeddingRequest

// Convert implements openai.EmbeddingRequestConverter.
func (r requestOf) Convert() openai.EmbeddingRequest { return openai.EmbeddingRequest(r) }

// read checks an answer and puts its vectors in order.
func (c *Client) read(response openai.EmbeddingResponse, count int) ([][]float32, error) {
	if len(response.Data) != count {
		return nil, fmt.Errorf("the answer has %d vectors for %d texts", len(response.Data), count)
	}
	vectors := make([][]float32, count)
	for _, e := range response.Data {
		if e.Index < 0 || e.Index >= count || vectors[e.Index] != nil {
			return nil, fmt.Errorf("the answer has a vector with index %d, twice or out of range", e.Index)
		}
		want := c.dimensions
		if want == 0 {
			want = max(len(response.Data[0].Embedding), 1)
		}
		if len(e.Embedding) != want {
			return nil, fmt.Errorf("the answer has a vector of %d dimensions, want %d", len(e.Embedding), want)
		}
		normalise(e.Embedding)
		vectors[e.Index] = e.Embedding
	}
	return vectors, nil
}
