package frame

import "fmt"

// Exit codes of the program.
const (
	ExitOK          = 0   // the command did what was asked
	ExitFailed      = 1   // the command ran and the answer is no, or it failed
	ExitUsage       = 2   // the command line could not be understood
	ExitInterrupted = 130 // stopped by Ctrl-C or SIGTERM; long jobs can be resumed
)

// ExitCode is an error that only sets the exit status; its text was printed
// already.
type ExitCode int

func (e ExitCode) Error() string { return fmt.Sprintf("exit status %d", int(e)) }
