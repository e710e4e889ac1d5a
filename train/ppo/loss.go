package ppo

import (
	"dryad/nn"
	"dryad/nn/kernel"
)

// valueWeight is the share of the value in the loss.
const valueWeight = 0.5

// policyLoss is the loss of a row of outputs against what was answered then. The
// first target of a row is its number.
type policyLoss struct {
	all    *Experience
	action int // values of an action
}

var _ nn.Loss = policyLoss{}

func (e *Experience) loss() policyLoss {
	_, action := e.params.Head.Size()
	return policyLoss{e, action}
}

// Row implements nn.Loss: the surrogate of PPO (Schulman et al. 2017, equations 7
// and 9), or that of MDPO (Tomar et al. 2020, equation 9) with the divergence
// estimated from the answers.
func (l policyLoss) Row(output, target, _, gradient []float32) float64 {
	p := &l.all.params
	row := int(target[0])
	action := l.all.actions[row*l.action : (row+1)*l.action]
	advantage := l.all.advantages[row]
	outputs, _ := p.Head.Size()
	value := gradient[outputs:]
	gradient = gradient[:outputs]
	answer := bound(p.Head, output[:outputs])

	logRatio := max(-20, min(20, p.Head.LogProbability(answer, action, gradient)-l.all.chances[row]))
	ratio := kernel.Exp(logRatio)
	surrogate, slope := float64(ratio*advantage), float64(ratio*advantage) // slope by the logarithm of the probability
	if p.Mirror {
		surrogate -= (float64(ratio*logRatio) - (ratio - 1)) / p.Clip
		slope -= float64(ratio*logRatio) / p.Clip
	} else if bound := float64(max(1-p.Clip, min(1+p.Clip, ratio)) * advantage); bound < surrogate {
		surrogate, slope = bound, 0
	}
	bonus := make([]float32, outputs)
	entropy := p.Head.Entropy(answer, bonus)
	for i := range gradient {
		gradient[i] = float32(-float64(slope*float64(gradient[i])) - float64(p.Entropy*float64(bonus[i])))
	}
	hold(p.Head, output[:outputs], gradient)
	d := float64(output[outputs]) - l.all.returns[row]
	value[0] = float32(2 * valueWeight * d)
	return float64(valueWeight*float64(d*d)) - surrogate - float64(p.Entropy*entropy)
}
