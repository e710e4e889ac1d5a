package sentence

import (
	"math"

	"dryad/nn/kernel"
)

// space holds the activations of one batch.
type space struct {
	x, normal, qkv, mixed, next, wide []float32
	head                              []float32
	probabilities                     []float32
	zeros                             [positions]float32
}

func resize(s *[]float32, n int) []float32 {
	if cap(*s) < n {
		*s = make([]float32, n)
	}
	*s = (*s)[:n]
	return *s
}

func (m *matrix) apply(dst, x []float32, rows int) {
	kernel.DotRows(dst, x, m.weights, m.bias, rows, m.out, m.in)
}

// encode writes the vectors of the texts of a batch.
func (w *weights) encode(s *space, b batch, vectors [][]float32) {
	x := w.embed(s, b)
	for i := range w.layers {
		x = w.layers[i].apply(s, x, b)
	}
	from := 0
	var mean, out [width]float32
	for i, to := range b.ends {
		clear(mean[:])
		kernel.AddRows(mean[:], []float32{1}, 0, x[from*width:], to-from)
		for j := range mean {
			mean[j] /= float32(max(to-from, 1))
		}
		w.hidden.apply(out[:], mean[:], 1)
		square := 0.0
		for j, v := range out {
			out[j] = kernel.Tanh(v)
			square += float64(float64(out[j]) * float64(out[j]))
		}
		scale := 1 / math.Sqrt(max(square, 1e-12))
		vector := vectors[b.first+i]
		for j, v := range out {
			vector[j] = float32(float64(v) * scale)
		}
		from = to
	}
}

// embed looks the tokens up; the timing signal is added to twice the embedding,
// as the published graph has it.
func (w *weights) embed(s *space, b batch) []float32 {
	x := resize(&s.x, len(b.tokens)*embedded)
	position, text := 0, 0
	for t, token := range b.tokens {
		for b.ends[text] <= t {
			text++
			position = 0
		}
		row := x[t*embedded : (t+1)*embedded]
		codes := w.embedding[int(token)*embedded:][:embedded]
		timing := w.timing[position*embedded:][:embedded]
		scale := w.embedScale[token]
		for i, code := range codes {
			v := float32(float32(int8(code)) * scale)
			row[i] = v + (v + timing[i])
		}
		position++
	}
	return x
}

// apply runs one layer: attention, then a feed-forward network, each over the
// normalised input and added to its residual.
func (l *layer) apply(s *space, x []float32, b batch) []float32 {
	rows := len(b.tokens)
	normal := resize(&s.normal, rows*l.in)
	normalise(normal, x, l.normScale, l.normBias)
	qkv := resize(&s.qkv, rows*3*l.in)
	l.qkv.apply(qkv, normal, rows)
	mixed := resize(&s.mixed, rows*l.in)
	from := 0
	for _, to := range b.ends {
		l.attend(s, mixed[from*l.in:to*l.in], qkv[from*3*l.in:to*3*l.in], to-from)
		from = to
	}
	y := resize(&s.next, rows*width)
	l.output.apply(y, mixed, rows)
	residual := x
	if l.residual != nil {
		residual = resize(&s.wide, rows*width)
		l.residual.apply(residual, x, rows)
	}
	for i, v := range residual {
		y[i] += v
	}
	normal = resize(&s.normal, rows*width)
	normalise(normal, y, l.feedScale, l.feedBias)
	wide := resize(&s.wide, rows*hidden)
	l.feedIn.apply(wide, normal, rows)
	kernel.Rectify(wide)
	out := resize(&s.x, rows*width)
	l.feedOut.apply(out, wide, rows)
	for i, v := range y {
		out[i] += v
	}
	return out
}

// attend mixes the tokens of one text, head by head.
func (l *layer) attend(s *space, mixed, qkv []float32, rows int) {
	n := l.headWidth
	head := resize(&s.head, 3*rows*n)
	q, k, v := head[:rows*n], head[rows*n:2*rows*n], head[2*rows*n:]
	probabilities := resize(&s.probabilities, rows*rows)
	for h := range heads {
		for r := range rows {
			at := qkv[r*3*l.in+h*n:]
			for i, value := range at[:n] {
				q[r*n+i] = value * l.attentionScale
			}
			copy(k[r*n:(r+1)*n], at[l.in:])
			copy(v[r*n:(r+1)*n], at[2*l.in:])
		}
		kernel.DotRows(probabilities, q, k, s.zeros[:rows], rows, rows, n)
		for r := range rows {
			row := probabilities[r*rows : (r+1)*rows]
			kernel.Softmax(row, row, nil)
			out := mixed[r*l.in+h*n:][:n]
			clear(out)
			kernel.AddRows(out, row, 1, v, rows)
		}
	}
}

// normalise gives every row mean 0 and variance 1, then scales and shifts it.
func normalise(dst, x, scale, bias []float32) {
	n := len(scale)
	for from := 0; from < len(x); from += n {
		row, out := x[from:from+n], dst[from:from+n]
		mean := 0.0
		for _, v := range row {
			mean += float64(v)
		}
		mean /= float64(n)
		variance := 0.0
		for _, v := range row {
			d := float64(v) - mean
			variance += float64(d * d)
		}
		inverse := float32(1 / math.Sqrt(variance/float64(n)+1e-6))
		m := float32(mean)
		for i, v := range row {
			out[i] = float32(float32(scale[i]*inverse)*(v-m)) + bias[i]
		}
	}
}
