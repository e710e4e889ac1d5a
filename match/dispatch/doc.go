// Package dispatch hands matches to whoever plays them. In this process a match
// travels as a number and its policies stay compiled; to other processes it
// travels in the form of [match.Assign].
//
//	d := &dispatch.Dispatcher{Workers: 2}
//	outcomes, err := d.Play(ctx, []match.Params{first, second})
//
// Searches and tournaments share it, so that both play the same match in the
// same way wherever it is played.
package dispatch
