package sentence

import (
	"context"
	"sync"
	"sync/atomic"
)

// Dimensions is the length of every vector.
const Dimensions = width

// Name tells this encoder's vectors from all others in a cache.
const Name = "use-lite-en-int8"

// Params says how an encoder works.
type Params struct {
	// Workers is the number of goroutines of one Embed; 0 means 1. It never
	// changes a result.
	Workers int
}

// Encoder embeds sentences. Any number of goroutines may use it at once.
type Encoder struct {
	weights *weights
	workers int
	spaces  sync.Pool
}

// New makes an encoder. The first call of a process decodes the weights, which
// takes some 30 MB that all encoders share.
func New(p Params) (*Encoder, error) {
	w, err := loadWeights()
	if err != nil {
		return nil, err
	}
	return &Encoder{weights: w, workers: max(p.Workers, 1)}, nil
}

// Dimensions is the length of every vector.
func (e *Encoder) Dimensions() int { return Dimensions }

// Embed returns a vector of length 1 for each text. A vector depends on nothing
// but its text. The only error is that of a context that ends.
func (e *Encoder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	all := make([]float32, len(texts)*width)
	for i := range vectors {
		vectors[i] = all[i*width : (i+1)*width : (i+1)*width]
	}
	batches := e.batches(texts)
	var next atomic.Int64
	var group sync.WaitGroup
	work := func() {
		s, _ := e.spaces.Get().(*space)
		if s == nil {
			s = &space{}
		}
		defer e.spaces.Put(s)
		for i := int(next.Add(1)) - 1; i < len(batches) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
			e.weights.encode(s, batches[i], vectors)
		}
	}
	for range min(e.workers, len(batches)) - 1 {
		group.Go(work)
	}
	work()
	group.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return vectors, nil
}

// batchTokens bounds the tokens of a batch: enough of them share each pass over
// the weights, and the activations still fit the cache.
const batchTokens = positions

// batch is a number of texts whose tokens go through the layers together.
type batch struct {
	// first is the index of the first text.
	first int
	// tokens of all texts, one after the other; ends[i] is where text i ends.
	tokens []int32
	ends   []int
}

func (e *Encoder) batches(texts []string) []batch {
	var batches []batch
	for i, text := range texts {
		tokens := e.weights.tokens.encode(text)
		tokens = tokens[:min(len(tokens), positions)]
		last := len(batches) - 1
		if last < 0 || len(batches[last].tokens)+len(tokens) > batchTokens {
			batches = append(batches, batch{first: i})
			last++
		}
		b := &batches[last]
		b.tokens = append(b.tokens, tokens...)
		b.ends = append(b.ends, len(b.tokens))
	}
	return batches
}
