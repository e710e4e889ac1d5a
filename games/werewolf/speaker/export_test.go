package speaker

// Nudge changes one parameter.
func (s *Speaker) Nudge(i int, x float64) { s.theta[i] += x }
