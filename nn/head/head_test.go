package head_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"dryad/nn/head"
)

// cases are heads with outputs; every output is exact in a few bits, so that a step
// of 2^-10 loses nothing in float32.
var cases = map[string]struct {
	head    head.Head
	outputs []float32
	actions [][]float32
}{
	"softmax":  {head.Softmax{Choices: 4}, []float32{0.5, -1.25, 2, 0}, [][]float32{{0}, {1}, {2}, {3}}},
	"gaussian": {head.Gaussian{Actions: 2}, []float32{0.5, -1.25, -0.75, 0.5}, [][]float32{{0.25, 1}, {1, -2}}},
	"mixed": {head.Mixed{Numbers: 2, Switches: 1, Choices: 3}, []float32{0.5, -1.25, 0.75, 1, -0.5, 0.25, -0.75, 0.5},
		[][]float32{{0.25, 1, 1, 2}, {1, -2, 0, 0}}},
	"bernoulli": {head.Bernoulli{Actions: 3}, []float32{0.5, -1.25, 2}, [][]float32{{0, 1, 0}, {1, 1, 0}, {0, 0, 1}}},
}

// TestGradients compares gradients with central differences. With a step of 2^-10,
// exact in float32, these are off by a third derivative times 2^-20/6, 1.6e-7. The
// largest third derivative here is 4z² of a Gaussian with z² < 1.9, which makes
// 1.3e-6; rounding a gradient below 3 to float32 adds 0.2e-6.
func TestGradients(t *testing.T) {
	for name, c := range cases {
		size, _ := c.head.Size()
		gradient := make([]float32, size)
		compare := func(what string, value func() float64) {
			t.Helper()
			for i, old := range c.outputs {
				const step = 1.0 / 1024
				c.outputs[i] = old + step
				up := value()
				c.outputs[i] = old - step
				down := value()
				c.outputs[i] = old
				if want := (up - down) / (2 * step); math.Abs(want-float64(gradient[i])) > 1.5e-6 {
					t.Errorf("%s: derivative %d of the %s is %v, differences say %v", name, i, what, gradient[i], want)
				}
			}
		}
		for _, action := range c.actions {
			c.head.LogProbability(c.outputs, action, gradient)
			compare("log-probability", func() float64 { return c.head.LogProbability(c.outputs, action, nil) })
		}
		c.head.Entropy(c.outputs, gradient)
		compare("entropy", func() float64 { return c.head.Entropy(c.outputs, nil) })
	}
}

// TestValues compares with the formulas, computed by package math.
func TestValues(t *testing.T) {
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	s := cases["softmax"]
	sum := 0.0
	for _, v := range s.outputs {
		sum += math.Exp(float64(v))
	}
	entropy := 0.0
	for i, v := range s.outputs {
		p := math.Exp(float64(v)) / sum
		entropy -= p * math.Log(p)
		near("softmax", s.head.LogProbability(s.outputs, []float32{float32(i)}, nil), math.Log(p))
	}
	near("confidence of softmax", head.Softmax{Choices: 4}.Confidence(s.outputs), math.Exp(2)/sum)
	near("entropy of softmax", s.head.Entropy(s.outputs, nil), entropy)
	g := head.Gaussian{Actions: 1}
	near("gaussian", g.LogProbability([]float32{1, 0.5}, []float32{2}, nil), -math.Exp(-1)/2-0.5-math.Log(2*math.Pi)/2)
	near("entropy of gaussian", g.Entropy([]float32{1, 0.5}, nil), 0.5+math.Log(2*math.Pi*math.E)/2)
	b := head.Bernoulli{Actions: 1}
	p := 1 / (1 + math.Exp(-1.5))
	near("bernoulli", b.LogProbability([]float32{1.5}, []float32{1}, nil), math.Log(p))
	near("bernoulli", b.LogProbability([]float32{1.5}, []float32{0}, nil), math.Log(1-p))
	near("entropy of bernoulli", b.Entropy([]float32{1.5}, nil), -p*math.Log(p)-(1-p)*math.Log(1-p))
}

// TestLargeOutputs: outputs far from zero stay finite.
func TestLargeOutputs(t *testing.T) {
	for name, c := range map[string]struct {
		head            head.Head
		outputs, action []float32
	}{
		"softmax":   {head.Softmax{Choices: 3}, []float32{1e4, -1e4, 0}, []float32{0}},
		"gaussian":  {head.Gaussian{Actions: 1}, []float32{1e4, 20}, []float32{-1e4}},
		"bernoulli": {head.Bernoulli{Actions: 2}, []float32{1e4, -1e4}, []float32{1, 1}},
	} {
		gradient := make([]float32, len(c.outputs))
		values := []float64{c.head.LogProbability(c.outputs, c.action, gradient), c.head.Entropy(c.outputs, nil)}
		for _, g := range gradient {
			values = append(values, float64(g))
		}
		for _, v := range values {
			if v-v != 0 {
				t.Errorf("%s: %v", name, values)
				break
			}
		}
	}
}

// TestSettle: the outputs that an action settles to make it the most probable.
func TestSettle(t *testing.T) {
	m := head.Mixed{Numbers: 1, Switches: 2, Choices: 3}
	outputs := make([]float32, m.Plain())
	m.Settle([]float32{0.5, 0, 1, 2}, outputs)
	if want := []float32{0.5, -1, 1, 0, 0, 1}; !slices.Equal(outputs, want) {
		t.Errorf("%v, want %v", outputs, want)
	}
}

// TestRefusesOtherSizes: what does not fit a head panics.
func TestRefusesOtherSizes(t *testing.T) {
	h := head.Softmax{Choices: 2}
	for name, call := range map[string]func(){
		"outputs":  func() { h.Entropy([]float32{1}, nil) },
		"action":   func() { h.LogProbability([]float32{1, 2}, []float32{0, 1}, nil) },
		"gradient": func() { h.Entropy([]float32{1, 2}, []float32{1}) },
		"choice":   func() { h.LogProbability([]float32{1, 2}, []float32{2}, nil) },
		"half":     func() { h.LogProbability([]float32{1, 2}, []float32{0.5}, nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}

// TestSamples draws 20000 actions of each head from a fixed source and compares the
// mean of their log-probability with the entropy, which is its expectation negated.
// The variance of a log-probability is below 3 here, so that five standard errors
// are 0.062.
func TestSamples(t *testing.T) {
	for name, c := range cases {
		const draws = 20000
		random := rand.New(rand.NewPCG(3, 4))
		_, size := c.head.Size()
		action, sum := make([]float32, size), 0.0
		for range draws {
			c.head.Sample(random, c.outputs, action)
			sum -= c.head.LogProbability(c.outputs, action, nil) / draws
		}
		if want := c.head.Entropy(c.outputs, nil); math.Abs(sum-want) > 0.062 {
			t.Errorf("%s: the mean over samples is %v, the entropy %v", name, sum, want)
		}
	}
}

// TestSameBitsOnEveryPlatform compares samples and values with a recorded digest.
func TestSameBitsOnEveryPlatform(t *testing.T) {
	digest := sha256.New()
	add := func(v any) {
		if err := binary.Write(digest, binary.LittleEndian, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"softmax", "gaussian", "bernoulli"} {
		c := cases[name]
		random := rand.New(rand.NewPCG(5, 6))
		outputs, size := c.head.Size()
		action, gradient := make([]float32, size), make([]float32, outputs)
		for range 200 {
			c.head.Sample(random, c.outputs, action)
			add(action)
			add(c.head.LogProbability(c.outputs, action, gradient))
			add(gradient)
		}
		add(c.head.Entropy(c.outputs, gradient))
		add(gradient)
	}
	const want = "54f9ea32c34351803284140a92d39af3"
	if got := hex.EncodeToString(digest.Sum(nil)[:16]); got != want {
		t.Errorf("digest %s, recorded %s", got, want)
	}
}
