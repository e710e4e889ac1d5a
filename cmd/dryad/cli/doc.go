// Package cli is dryad's command line. Each file holds one command or one
// family of commands; [Main] parses the arguments and runs the one that was
// asked for.
//
//	os.Exit(cli.Main(os.Args[1:], cli.Standard()))
//
// A command is a struct with kong tags and a method Run(*Env) error. It reads
// and writes only through the Env that it is given, so that it can be tested
// as a person types it.
//
// The package holds wiring only: what a command does lives in the package of
// that stage (dsl, match, evolve, tournament, ...).
package cli
