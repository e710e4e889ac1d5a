// Package worker is the command dryad worker: it plays matches for a command
// with --listen on another machine.
package worker
