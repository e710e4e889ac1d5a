// Package shell runs a command line that a person gave, so that nothing of it
// outlives it.
//
//	process := shell.Command(ctx, "train.sh | tee log")
//	process.Stdout = os.Stdout
//	err := shell.Run(process)
//
// It is not for lines that come from a model or from a file.
package shell
