package frame

import "dryad/job"

// Leave ends a job whose result has been shown: it prints the command that goes
// on with a run that can be resumed, and returns the exit code of one that was
// interrupted, or nil.
func Leave(env *Env, run *job.Run, stopped job.Stop) error {
	if stopped.Resumable() {
		env.Logf("go on with: %s", run.ResumeCommand())
	}
	if stopped == job.Interrupted {
		return ExitCode(ExitInterrupted)
	}
	return nil
}
