// Package speaker is the embedded speaker: a probabilistic grammar over speech
// acts whose choices are log-linear in features of what the seat knows.
//
//	s := speaker.New()
//	text := s.Say(view, draw)                    // one utterance
//	texts := s.Candidates(view, 3, draw)         // three that differ in what they do
//	l := s.LogLikelihood(view, text)             // exact
//	trained, report, err := speaker.Train(ctx, s, pairs, speaker.Params{Method: speaker.DPO})
//	err = trained.Write(w)
//
// An utterance is drawn as a chain of choices: the act, its target or role, the
// sentence, an opener, a tail. Each is a softmax of a linear function, so the
// likelihood of a text (the sum over all ways to make it) and its gradient are
// exact, and preference optimisation runs on the speaker's own likelihood.
//
// It is not a language model, understands no prompt and says only what its
// grammar has. What act was meant by a text is not told here; package label
// tells it, for measuring.
package speaker
