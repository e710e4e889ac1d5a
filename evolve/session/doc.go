// Package session runs a whole search as library code: it keeps what was
// played, studies the champion for authors who want to be told, plays the
// finals, and leaves a folder with champion, report, replays and pictures.
//
//	checker := policy.NewChecker(tag.New(), policy.Params{})
//	result, err := session.Run(ctx, session.Params{
//		Checker: checker,
//		Settings: session.Settings{
//			Seed: 1, Start: start, Training: training, HeldOut: heldOut, MaxMatches: 2000,
//		},
//	})
//	fmt.Println(result.Champion.Source)
//
// Without a folder nothing is written. With one, a run that was interrupted goes
// on to the same result.
//
// The package reads no flags and prints nothing but through job.Progress; it
// opens no language model: a caller hands in its provider.
package session
