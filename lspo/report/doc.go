// Package report writes the page that a run of lspo leaves: one self-contained
// HTML file with the latent strategies of every iteration, how much each is used
// before and after solving, curves over the iterations, and tables.
//
//	page, err := report.Write(report.Page{Title: "A run of lspo", Iterations: iterations, Curves: curves})
//
// The page loads nothing from anywhere. The package measures nothing.
package report
