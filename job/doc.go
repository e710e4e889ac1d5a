// Package job is the frame that all long-running commands share: the run
// folder that holds what a job has finished, the reasons for which it stops,
// its budgets, and the progress line with an estimate of the time left.
//
//	run, err := job.Create(job.Params{Kind: "tournament", Dir: dir, Version: version, Settings: settings})
//	defer run.Close()
//	budget := job.NewBudget(maxMatches, maxMinutes)
//	progress := job.NewProgress(job.ProgressParams{Out: os.Stderr, Unit: "matches", Total: 200})
//	for stop == "" {
//		... one piece of work, written to the database at run.Database()
//		progress.Add(1)
//		stop = budget.Stop(ctx, done)
//	}
//	progress.Close()
//	fmt.Println(run.ResumeCommand())
//
// A run folder holds run.json (what the job is and how it was set up),
// run.db (its database, which package store opens), and whatever else the job
// leaves: replays/, report.html, a champion.
//
// The package does no work itself and starts no goroutine; it does not open
// the database.
package job
