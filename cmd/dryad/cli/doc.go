// Package cli is dryad's command line. Each family of commands is a package of
// its own below this one; [Main] parses the arguments and runs the command that
// was asked for.
//
//	os.Exit(cli.Main(os.Args[1:], frame.Standard()))
//
// A command is a struct with kong tags and a method Run(*frame.Env) error. It
// reads and writes only through the Env that it is given, so that it can be
// tested as a person types it. What the families share is in package frame
// (environment, flags, printing), package seats (games and players by name) and
// package view (recorded matches and pictures).
//
// The packages hold wiring only: what a command does lives in the package of
// that stage (dsl, match, evolve, tournament, ...).
package cli
