package deep

// MergedTargets returns the targets of rows of one feature and one move each,
// merged with linear weights.
func MergedTargets(inputs, targets, when []float32) []float32 {
	s := samples{features: 1, moves: 1}
	for i := range inputs {
		at := s.add(int(when[i]))
		s.input(at)[0], s.target(at)[0], s.mask(at)[0] = inputs[i], targets[i], 1
	}
	return s.merged(1).targets
}
