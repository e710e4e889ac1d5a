package kernel

import "math"

// The functions here stand in for math.Exp and its like, whose results differ
// between platforms. They compute in float64 with every product rounded on its
// own, which leaves the rounded float32 result within one unit in the last place.

const (
	log2E  = 1.4426950408889634
	ln2Hi  = 6.93147180369123816490e-01
	ln2Lo  = 1.90821492927058770002e-10
	expMax = 700
)

// Exp is e^x. It saturates outside [-700, 700] and keeps NaN.
func Exp(x float64) float64 {
	if x != x {
		return x
	}
	x = min(max(x, -expMax), expMax)
	n := math.Floor(float64(x*log2E) + 0.5)
	r := (x - float64(n*ln2Hi)) - float64(n*ln2Lo)
	// Taylor on |r| <= 0.347; the first term left out is r^12/12! < 7e-15.
	p := 1.0 / 39916800
	p = float64(p*r) + 1.0/3628800
	p = float64(p*r) + 1.0/362880
	p = float64(p*r) + 1.0/40320
	p = float64(p*r) + 1.0/5040
	p = float64(p*r) + 1.0/720
	p = float64(p*r) + 1.0/120
	p = float64(p*r) + 1.0/24
	p = float64(p*r) + 1.0/6
	p = float64(p*r) + 0.5
	p = float64(p*r) + 1
	p = float64(p*r) + 1
	return float64(p * math.Float64frombits(uint64(int64(n)+1023)<<52))
}

// Log is the natural logarithm of a positive, finite, normal number.
func Log(x float64) float64 {
	bits := math.Float64bits(x)
	exponent := int64(bits>>52) - 1023
	m := math.Float64frombits(bits&(1<<52-1) | 1023<<52)
	if m > math.Sqrt2 {
		m /= 2
		exponent++
	}
	// log m = 2 atanh(s) with s = (m-1)/(m+1), |s| < 0.172.
	s := (m - 1) / (m + 1)
	s2 := float64(s * s)
	p := 1.0 / 17
	for _, c := range [...]float64{1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1} {
		p = float64(p*s2) + c
	}
	return float64(float64(2*s)*p) + float64(float64(exponent)*math.Ln2)
}

// Sigmoid is 1/(1+e^-x).
func Sigmoid(x float32) float32 { return float32(1 / (1 + Exp(-float64(x)))) }

// Tanh is the hyperbolic tangent.
func Tanh(x float32) float32 {
	v := float64(x)
	if v > -0.1 && v < 0.1 {
		// Near zero 1 - 2/(e^2x+1) cancels; the series does not.
		s := float64(v * v)
		p := 62.0 / 2835
		p = float64(p*s) - 17.0/315
		p = float64(p*s) + 2.0/15
		p = float64(p*s) - 1.0/3
		return float32(v + float64(v*float64(p*s)))
	}
	return float32(1 - 2/(Exp(float64(2*v))+1))
}

// Softplus is Log(1+e^x).
func Softplus(x float64) float64 {
	if x > 0 {
		return x + Log(1+Exp(-x))
	}
	return Log(1 + Exp(x))
}

// Softmax writes the probabilities of the logits to out, which may be logits.
// Where mask is not nil, logits whose mask is 0 get probability 0. It returns
// the logarithm of the normaliser.
func Softmax(out, logits, mask []float32) float64 {
	highest := math.Inf(-1)
	for i, v := range logits {
		if (mask == nil || mask[i] != 0) && float64(v) > highest {
			highest = float64(v)
		}
	}
	if math.IsInf(highest, 0) {
		// Nothing to choose from, or every logit is NaN or infinite.
		for i, v := range logits {
			out[i] = v - v
		}
		if mask != nil {
			for i := range out {
				if mask[i] == 0 {
					out[i] = 0
				}
			}
		}
		return 0
	}
	sum := 0.0
	for i, v := range logits {
		if mask == nil || mask[i] != 0 {
			sum += Exp(float64(v) - highest)
		}
	}
	scale := 1 / sum
	for i, v := range logits {
		if mask == nil || mask[i] != 0 {
			out[i] = float32(Exp(float64(v)-highest) * scale)
		} else {
			out[i] = 0
		}
	}
	return highest + Log(sum)
}
