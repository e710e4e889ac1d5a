// Package report writes the page that a run of evolve leaves: one
// self-contained HTML file with the held-out table, the way the search took,
// the champion's tree, pictures, and the command that makes it all again.
//
//	page, err := report.Write(report.Page{Result: result, Command: "dryad evolve arena --seed 1"})
//
// The page loads nothing from anywhere. Package evolve does the search; this
// package only shows it.
package report
