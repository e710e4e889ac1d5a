// Package session runs LSPO as a whole job in a folder: it opens or goes on with a
// run, goes through its iterations, and leaves figures and a report.
//
//	s, err := session.Open(ctx, session.Params{
//		Folder:   "runs/lspo-1",
//		Settings: session.Settings{Game: session.Werewolf, Players: 4},
//	})
//	defer s.Close()
//	report, err := s.Run(ctx, session.RunParams{})
//	for _, it := range report.Iterations {
//		fmt.Println(it.Line)
//	}
//
// The folder holds run.db with every stage and embedding, lspo.json with the
// figures of every iteration, report.html, and stage.draft with the state of the
// solver while it works. A run that was stopped goes on when it is opened and run
// again with the same settings, to the same result. One process at a time may use
// a folder: package job has a lock for that.
//
// The package prints nothing. A chat model comes as Params.Language.
package session
