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
// is what the seat's team gains on the best other team meanwhile. The network has one
// dense layer over some twenty readings, so that what it has learned is a tree of the
// language itself: a utility node whose children are the library's trees, each with
// the network's output as its score. So a scheduler is a policy file like any other:
// it replays, is shown by the viewer, exports to C, and can be changed by hand.
//
// Uniform and EXP3 (Auer et al. 2002) choose among the same options without
// learning beforehand, for comparison.
package scheduler
