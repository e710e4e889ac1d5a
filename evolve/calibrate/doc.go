// Package calibrate measures a critic: it plays policies with a planted fault and
// the same policies without it, in the same matches, and asks the critic to rate
// both without telling which is which.
//
//	faults, err := calibrate.Faults()
//	result, err := calibrate.Run(ctx, calibrate.Params{Faults: faults, Critic: vision, Seed: 1})
//	fmt.Println(result.Lower, result.Of) // how often the faulty one was rated lower
//
// A critic that guesses rates the faulty one lower half of the time.
package calibrate
