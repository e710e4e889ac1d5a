// Package report writes the page that a training leaves: one self-contained HTML
// file with the learning curve and how the network does on maps that it has not
// seen.
//
//	page, err := report.Write(report.Page{Title: "aim", Curve: trainer.Curve()})
//
// The page loads nothing from anywhere.
package report
