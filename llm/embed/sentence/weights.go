package sentence

import (
	_ "embed"
	"fmt"
	"sync"

	"dryad/nn/safetensors"
)

//go:embed data/encoder.safetensors
var weightsFile []byte

// The sizes of the encoder.
const (
	width     = 512 // of a vector
	embedded  = 256 // of the embedding of a token
	hidden    = 1536
	heads     = 4
	positions = 128 // tokens of a text that count
)

// matrix maps rows of in values to rows of out values.
type matrix struct {
	in, out       int
	weights, bias []float32 // weights[out][in]
}

// layer is one layer of the transformer.
type layer struct {
	in                  int
	residual            *matrix // nil where the input is added as it is
	normScale, normBias []float32
	qkv, output         matrix
	feedScale, feedBias []float32
	feedIn, feedOut     matrix
	headWidth           int
	attentionScale      float32
}

type weights struct {
	tokens     *tokenizer
	embedding  []byte // int8 [pieces][embedded]
	embedScale []float32
	timing     []float32 // [positions][embedded]
	layers     [2]layer
	hidden     matrix
}

// loadWeights decodes the embedded files once for all encoders of the process.
var loadWeights = sync.OnceValues(func() (*weights, error) {
	w, err := decodeWeights(weightsFile, vocabularyText)
	if err != nil {
		return nil, fmt.Errorf("sentence encoder: %w", err)
	}
	return w, nil
})

func decodeWeights(data []byte, vocabulary string) (*weights, error) {
	file, err := safetensors.Decode(data)
	if err != nil {
		return nil, err
	}
	r := &reader{file: file}
	w := &weights{}
	if w.tokens, err = newTokenizer(vocabulary); err != nil {
		return nil, err
	}
	embedding, err := file.Tensor("embedding")
	if err != nil {
		return nil, err
	}
	pieces := len(w.tokens.scores)
	if embedding.DType != safetensors.I8 || len(embedding.Data)%embedded != 0 || len(embedding.Data)/embedded < pieces {
		return nil, fmt.Errorf("embedding has shape %v, want at least %d rows of %d", embedding.Shape, pieces, embedded)
	}
	w.embedding = embedding.Data
	w.embedScale = r.vector("embedding.scale", len(embedding.Data)/embedded)
	w.timing = r.vector("timing", positions*embedded)
	w.hidden = r.matrix("hidden", width, width)
	residual := r.matrix("0.residual", embedded, width)
	w.layers[0] = r.layer("0", embedded, 0.125)
	w.layers[0].residual = &residual
	w.layers[1] = r.layer("1", width, 0.0883883461356163)
	return w, r.err
}

// reader collects the first error of a number of reads.
type reader struct {
	file *safetensors.File
	err  error
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reader) vector(name string, size int) []float32 {
	t, err := r.file.Tensor(name)
	if err != nil {
		r.fail(err)
		return nil
	}
	values, err := t.Float32s()
	if err == nil && len(values) != size {
		err = fmt.Errorf("tensor %q has %d values, want %d", name, len(values), size)
	}
	if err != nil {
		r.fail(err)
	}
	return values
}

func (r *reader) matrix(name string, in, out int) matrix {
	scales, bias := r.vector(name+".scale", out), r.vector(name+".bias", out)
	t, err := r.file.Tensor(name)
	if err == nil && (t.DType != safetensors.I8 || len(t.Data) != in*out) {
		err = fmt.Errorf("tensor %q has type %s and shape %v, want I8 [%d %d]", name, t.DType, t.Shape, out, in)
	}
	if err != nil {
		r.fail(err)
	}
	if r.err != nil {
		return matrix{}
	}
	m := matrix{in: in, out: out, weights: make([]float32, in*out), bias: bias}
	for i, v := range t.Data {
		m.weights[i] = float32(int8(v)) * scales[i/in]
	}
	return m
}

func (r *reader) layer(prefix string, in int, attentionScale float32) layer {
	return layer{
		in:             in,
		normScale:      r.vector(prefix+".norm.scale", in),
		normBias:       r.vector(prefix+".norm.bias", in),
		qkv:            r.matrix(prefix+".qkv", in, 3*in),
		output:         r.matrix(prefix+".output", in, width),
		feedScale:      r.vector(prefix+".feed.norm.scale", width),
		feedBias:       r.vector(prefix+".feed.norm.bias", width),
		feedIn:         r.matrix(prefix+".feed.in", width, hidden),
		feedOut:        r.matrix(prefix+".feed.out", hidden, width),
		headWidth:      in / heads,
		attentionScale: attentionScale,
	}
}
