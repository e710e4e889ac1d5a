// Package scheduler learns which tree of a library to run (PORTAL, section 3.7).
//
//	s, err := scheduler.New(scheduler.Params{Library: trees, Games: definitions, Seed: 1})
//	for !s.Done() {
//		point, err := s.Round(ctx)
//	}
//	text, err := s.Policy("chief")
//
// The options are the trees. While it learns, a network draws an option every two
// seconds, and at once when the tree of an option has ended; what an option is worth
// is what the seat's team gains on the best other team meanwhile. What it has learned is
// a policy file of its own form, "policy NAME for GAME by scheduler" (dsl.Neuron): the
// library's trees, below a utility node whose scores are the network's outputs. It
// replays, is shown by the viewer, exports to C, and can be changed by hand.
//
// Uniform and EXP3 (Auer et al. 2002) choose among the same options without
// learning beforehand, for comparison.
package scheduler
