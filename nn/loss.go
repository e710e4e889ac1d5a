package nn

import (
	"math"

	"dryad/nn/kernel"
)

// Loss compares one row of outputs with its targets. Mask is nil or has one value
// for each output.
//
// Row returns the loss and sets gradient to its derivative with respect to each
// output. A loss is summed over the outputs of a row; Trainer takes the weighted
// mean over rows.
type Loss interface {
	Row(output, target, mask, gradient []float32) float64
}

var (
	_ Loss = MSE{}
	_ Loss = Huber{}
	_ Loss = CrossEntropy{}
	_ Loss = BinaryCrossEntropy{}
)

func masked(mask []float32, i int) float64 {
	if mask == nil {
		return 1
	}
	return float64(mask[i])
}

// MSE is the squared error; a mask value multiplies its output's share.
type MSE struct{}

// Row implements Loss.
func (MSE) Row(output, target, mask, gradient []float32) float64 {
	loss := 0.0
	for i, v := range output {
		m := masked(mask, i)
		if m == 0 {
			gradient[i] = 0
			continue
		}
		d := float64(v) - float64(target[i])
		loss += float64(m * float64(d*d))
		gradient[i] = float32(2 * m * d)
	}
	return loss
}

// Huber is half the squared error up to Delta and linear beyond.
type Huber struct {
	// Delta is where the loss turns linear; 0 means 1.
	Delta float64
}

// Row implements Loss.
func (h Huber) Row(output, target, mask, gradient []float32) float64 {
	delta := h.Delta
	if delta == 0 {
		delta = 1
	}
	loss := 0.0
	for i, v := range output {
		m := masked(mask, i)
		if m == 0 {
			gradient[i] = 0
			continue
		}
		d := float64(v) - float64(target[i])
		if size := math.Abs(d); size > delta {
			loss += float64(m * float64(delta*(size-float64(delta/2))))
			gradient[i] = float32(m * math.Copysign(delta, d))
		} else {
			loss += float64(m * float64(d*d) / 2)
			gradient[i] = float32(m * d)
		}
	}
	return loss
}

// CrossEntropy takes logits and target probabilities. Outputs whose mask is 0 are
// left out of the softmax, as illegal actions are; other mask values mean nothing.
type CrossEntropy struct{}

// Row implements Loss.
func (CrossEntropy) Row(output, target, mask, gradient []float32) float64 {
	normaliser := kernel.Softmax(gradient, output, mask)
	loss, total := 0.0, 0.0
	for i, v := range output {
		if masked(mask, i) != 0 {
			loss += float64(float64(target[i]) * (normaliser - float64(v)))
			total += float64(target[i])
		}
	}
	for i := range gradient {
		if masked(mask, i) != 0 {
			gradient[i] = float32(float64(float64(gradient[i])*total) - float64(target[i]))
		}
	}
	return loss
}

// BinaryCrossEntropy takes one logit and one target in [0, 1] for each output; a
// mask value multiplies its output's share.
type BinaryCrossEntropy struct{}

// Row implements Loss.
func (BinaryCrossEntropy) Row(output, target, mask, gradient []float32) float64 {
	loss := 0.0
	for i, v := range output {
		m := masked(mask, i)
		if m == 0 {
			gradient[i] = 0
			continue
		}
		x, t := float64(v), float64(target[i])
		loss += float64(m * (kernel.Softplus(x) - float64(t*x)))
		gradient[i] = float32(m * (1/(1+kernel.Exp(-x)) - t))
	}
	return loss
}
