// Package label tells which speech act was behind an utterance of the embedded
// speaker, for measuring how well clusters of the texts recover the acts.
//
//	n, name, ok := label.Of(view, text)
//
// It is a package of its own so that what learns from text alone can be kept
// from it: package lspo must not import it, and a test keeps it so.
package label
